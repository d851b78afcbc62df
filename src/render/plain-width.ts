// Characters that never join with a neighbour, so that widths simply add up. Segmenting a text into graphemes and
// knowing all emoji takes 40 ms and more when first used; most names need neither.

/** One column: ASCII, Latin, Greek, Cyrillic, punctuation, currencies, mathematics, and what charts and rules are made of. */
const NARROW = [
  '\\x20-\\x7e\\xa0-\\xac\\xae-\\u02ff\\u0370-\\u0377\\u037a-\\u037f\\u0391-\\u03a1\\u03a3-\\u0482\\u048a-\\u052f',
  '\\u2010-\\u2027\\u2030-\\u205e\\u20a0-\\u20bf\\u2190-\\u21ff\\u2200-\\u22ff\\u2500-\\u257f\\u2581-\\u2588\\u27e6-\\u27ef',
].join('');
/** Two columns: kana, CJK ideographs and punctuation, Hangul syllables, fullwidth forms. */
const CJK =
  '\\u3001-\\u3003\\u3008-\\u3011\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uff01-\\uff5e';
/** Two columns: emoji that need no selector to be one, without flags' letters and skin tones, which join. */
const EMOJI = '[\\p{Emoji_Presentation}--[\\p{Regional_Indicator}\\p{Emoji_Modifier}]]';

const narrow = new RegExp(`^[${NARROW}]*$`);
let alone: RegExp | undefined; // made when first needed
let wide: RegExp | undefined;

/** Columns that a text takes on a terminal, or undefined if that takes more than adding up its characters. */
export function plainWidth(text: string): number | undefined {
  if (narrow.test(text)) return text.length;
  alone ??= new RegExp(`^[[${NARROW}${CJK}]${EMOJI}]*$`, 'v');
  if (!alone.test(text)) return undefined;
  wide ??= new RegExp(`[[${CJK}]${EMOJI}]`, 'gv');
  return [...text].length + (text.match(wide)?.length ?? 0);
}
