// Each pattern consumes what it matches with disjoint classes, so none can backtrack: a name of 1 MB stays fast.

/** CSI: introducer, parameters, intermediates, final byte; a sequence that was cut off counts too. */
const CSI = '(?:\\x1b\\[|\\x9b)[\\x30-\\x3f]*[\\x20-\\x2f]*[\\x40-\\x7e]?';
/** OSC (titles, hyperlinks), DCS, SOS, PM, APC: all up to BEL or ST, because a terminal would swallow it as well. */
const STRING = '(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x9c]*(?:\\x07|\\x1b\\\\|\\x9c)?';
const OTHER_ESCAPE = '\\x1b[\\x20-\\x2f]*[\\x30-\\x7e]?';
const ESCAPES = new RegExp(`${STRING}|${CSI}|${OTHER_ESCAPE}`, 'g');

const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const CONTROLS = /\p{Cc}/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Zero width, bidi controls, fillers: what has no glyph of its own and can hide or reorder text. */
const HIDDEN = '[\\p{Default_Ignorable_Code_Point}\\p{Cf}]';
const INVISIBLE = new RegExp(HIDDEN, 'u');
/** Joiners and variation selectors stay inside the emoji that Unicode recommends, and only there. */
let hiddenOrEmoji: RegExp | undefined; // made when first needed: it takes 20 ms and more

/** No script stacks more marks than this on one letter; what does would paint over the rows above and below. */
const PILED_MARKS = /(\p{M}{8})\p{M}+/gu;
/** The longest emoji takes half of this, in UTF-16 units; a longer grapheme is made to be drawn endlessly. */
const LONGEST_GRAPHEME = 32;
/** Nobody reads a name of more UTF-16 units; emoji and graphemes are costly to find, the latter in square time. */
const LONGEST_NAME = 4_096;

let graphemes: Intl.Segmenter | undefined;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/**
 * Makes text from outside safe for one line of a terminal: no escape sequence, control, bidi or hidden character.
 * Tabs and line breaks become one space, lone surrogates and endless graphemes U+FFFD; what is endless itself is cut.
 */
export function sanitize(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return shortened(text);
  const plain = text.replace(ESCAPES, '').replace(BREAKS, ' ').replace(CONTROLS, '');
  const whole = shortened(plain).replace(LONE_SURROGATES, '\ufffd');
  return withoutEndless(withoutHidden(whole).replace(PILED_MARKS, '$1'));
}

const shortened = (text: string): string =>
  text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}…`;

function withoutHidden(text: string): string {
  if (!INVISIBLE.test(text)) return text;
  // An emoji begins with something that can be seen.
  hiddenOrEmoji ??= new RegExp(`${HIDDEN}|\\p{RGI_Emoji}`, 'gv');
  return text.replace(hiddenOrEmoji, match => (INVISIBLE.test(firstOf(match)) ? '' : match));
}

const firstOf = (text: string): string => String.fromCodePoint(text.codePointAt(0) ?? 0);

function withoutEndless(text: string): string {
  if (text.length <= LONGEST_GRAPHEME) return text;
  graphemes ??= new Intl.Segmenter('en');
  return Array.from(graphemes.segment(text), ({segment}) =>
    segment.length > LONGEST_GRAPHEME ? '\ufffd' : segment,
  ).join('');
}
