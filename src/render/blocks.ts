import {widthOf} from './layout.ts';
import {wrap} from './message.ts';
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
 * Blocks of facts for people: a title, and below it a label and a text a line, aligned in all blocks. Wrapped between
 * words where a width is known. Everything from outside is made safe here.
 */
export function blockText(blocks: readonly Block[], width: number | undefined, paint: Paint): string {
  const labels = blocks.flatMap(({items}) => items.map(({label}) => widthOf(sanitize(label))));
  const column = Math.max(0, ...labels) + 4;
  const lines = blocks.flatMap(({title, items}, index) => [
    ...(index > 0 ? [''] : []),
    paint(sanitize(title), 'bold'),
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
  const space = ' '.repeat(Math.max(0, column - 2 - widthOf(safe)));
  const said = sanitize(text);
  const room = width === undefined ? Number.POSITIVE_INFINITY : Math.max(20, width - column);
  const [first = '', ...more] = wrap(said, room, '');
  return [`  ${paint(safe, tone)}${space}${first}`, ...more.map(line => ' '.repeat(column) + line)];
}
