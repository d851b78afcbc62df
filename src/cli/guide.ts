import type {Command} from 'commander';
import type {JsonSchema} from '../core/json-schema.ts';
import type {ValueSource} from './completion/value.ts';
import {type Entry, entries, PAGE_WIDTH, page, paragraph, type Section, sample} from './page.ts';

/** Every code that the tool ends with, as help, the manual and `usage help exit-codes` say it. */
export const EXIT_CODES = {
  0: 'done; also no rows, help, a closed pipe',
  1: 'a bug in usage',
  2: 'wrong input; the message names the rule and the nearest valid value',
  3: 'the store or an output file cannot be used; nothing was overwritten',
  4: 'a credential is missing or was refused, and no other provider answered',
  5: 'every provider asked failed, or with --strict any',
  6: 'some providers failed; what is printed is whole for the others',
  7: 'a budget is over its limit',
  130: 'interrupted',
} as const;
type ExitCode = keyof typeof EXIT_CODES;

/** What a person, a shell and a script want to know of a command. It stands beside the command. */
export interface Guide {
  /** Two or three lines that work as they are printed: a test runs each of them. Words in `<>` stand for one's own. */
  readonly examples: readonly string[];
  /** The codes it may end with; 1, a bug, is left out. */
  readonly exitCodes: readonly ExitCode[];
  /** Of a command that only holds others: the one that is meant where none is named. */
  readonly meant?: string;
  /** What else help says, before the examples. */
  readonly notes?: readonly Section[];
  /** The shape of its JSON, for `usage schema`; a command with `--json` has one. */
  readonly json?: () => Promise<JsonSchema>;
  /** Values that completion offers, by argument name or long flag, where those of `completion/values.ts` do not fit. */
  readonly values?: {readonly [name: string]: ValueSource};
  /** Topics of `usage help` that say more. */
  readonly topics?: readonly string[];
}

const guides = new WeakMap<Command, Guide>();

/** Gives a command its guide. The text of it is made only when somebody asks for help. */
export function guide<C extends Command>(command: C, given: Guide): C {
  guides.set(command, given);
  command.addHelpText('after', ({command: asked}) => guideText(given, widthOf(asked)));
  return command;
}

export const guideOf = (command: Command): Guide | undefined => guides.get(command);

/** How wide the help of a command is to be. */
export const widthOf = (command: Command): number =>
  command.configureOutput().getOutHelpWidth?.() ?? PAGE_WIDTH;

/** The command below one that is meant where none is named. */
export function meantBy(group: Command): Command | undefined {
  const meant = guideOf(group)?.meant;
  return group.commands.find(command => command.name() === meant);
}

function guideText({examples, exitCodes, notes = [], topics = []}: Guide, width: number): string {
  const text = page(
    ...notes,
    sample('Examples', examples),
    entries(
      'Exit codes',
      exitCodes.map((code): Entry => [String(code).padEnd(CODE_WIDTH), EXIT_CODES[code]]),
    ),
    ...(topics.length > 0 ? [paragraph(`More: usage help ${topics.join(' | ')}`, 2)] : []),
  );
  return `\n${text(width).trimEnd()}`;
}

const CODE_WIDTH = Math.max(...Object.keys(EXIT_CODES).map(code => code.length));
