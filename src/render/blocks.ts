import {fold, hanging} from './fold.ts';
import {widthOf} from './layout.ts';
import {sanitize} from './sanitize.ts';
import type {Paint, Tone} from './style.ts';

/** A few facts about one thing. */
export interface Block {
  readonly title: string;
  readonly items: readonly Fact[];
}

interface Fact {
  readonly label: string;
  readonly text: string;
  /** Of the label; colour is never all that tells. */
  readonly tone?: Tone;
}

/**
 * Blocks of facts for people: a title, and below it a label and a text a line, aligned in all blocks; one below the
 * other where that is too narrow. Wrapped between words where a width is known. Everything from outside is made safe here.
 */
export function blockText(blocks: readonly Block[], width: number | undefined, paint: Paint): string {
  const labels = blocks.flatMap(({items}) => items.map(({label}) => widthOf(sanitize(label))));
  const column = Math.max(0, ...labels) + 4;
  const lines = blocks.flatMap(({title, items}, index) => [
    ...(index > 0 ? [''] : []),
    ...titleLines(title, width, paint),
    ...items.flatMap(item => factLines(item, column, width, paint)),
  ]);
  return lines.map(line => `${line}\n`).join('');
}

function factLines(
  {label, text, tone = 'dim'}: Fact,
  column: number,
  width: number | undefined,
  paint: Paint,
): string[] {
  const safe = sanitize(label);
  const space = ' '.repeat(column - 2 - widthOf(safe));
  return hanging(`  ${paint(safe, tone)}${space}`, column, sanitize(text), width);
}

/** What stands above facts, or says what they come to. */
export const titleLines = (text: string, width: number | undefined, paint: Paint): string[] =>
  fold(sanitize(text), width ?? Number.POSITIVE_INFINITY).map(line => paint(line, 'bold'));
