import {wrap} from '../../render/message.ts';
import {sanitize} from '../../render/sanitize.ts';
import {painter, type Tone} from '../../render/style.ts';
import type {CheckedEntry, Verdict} from '../../reports/budget-entry.ts';
import type {Context} from '../context.ts';
import {chooseColor} from '../view-options.ts';
import {writeToFile} from '../write-answer.ts';
import {writeToStdout} from '../write-stdout.ts';
import type {CheckFlags} from './flags.ts';
import {verdictText} from './verdict-text.ts';

/** Characters that the longest verdict takes, and one more. */
const WORD = 8;

interface Printing {
  readonly forecast: boolean;
  readonly flags: CheckFlags;
}

/** A line for each budget: what is over first, then what could not be checked. `--quiet` leaves out what is within. */
export async function printVerdicts(
  entries: readonly CheckedEntry[],
  {forecast, flags}: Printing,
  context: Context,
): Promise<void> {
  const {env, stdout} = context;
  const {output, quiet, color} = flags;
  const paint = painter(output === undefined && chooseColor(env, stdout, color));
  const width = output === undefined && stdout.isTerminal ? stdout.columns : undefined;
  const shown = [...entries]
    .sort((a, b) => rankOf(a.verdict) - rankOf(b.verdict))
    .filter(({verdict}) => !quiet || verdict.over !== false);
  const lines = shown.map(entry => {
    const {word, tone} = wordOf(entry);
    const text = sanitize(`${entry.scope}: ${verdictText(entry, forecast)}`);
    const [first = '', ...rest] =
      width === undefined ? [text] : wrap(text, Math.max(20, width - WORD - 1), '');
    const hanging = rest.map(line => `${' '.repeat(WORD + 1)}${line}\n`);
    return `${paint(word.padEnd(WORD), tone)} ${first}\n${hanging.join('')}`;
  });
  if (output === undefined) await writeToStdout(lines, context);
  else await writeToFile(lines, output, context);
}

const rankOf = ({over}: Verdict): number => (over === undefined ? 1 : over ? 0 : 2);

function wordOf({verdict, standing}: CheckedEntry): {readonly word: string; readonly tone: Tone} {
  if (verdict.over) return {word: 'over', tone: 'bad'};
  if (verdict.over === undefined) return {word: 'unknown', tone: 'fair'};
  return {word: 'within', tone: standing.state === 'ok' ? 'plain' : 'fair'};
}
