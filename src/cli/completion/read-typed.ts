import type {Command, Option} from 'commander';

/** The words before the cursor, read as commander would, but without taking offence at anything. */
export interface Typing {
  readonly command: Command;
  /** Words that are neither flags nor names of commands. */
  readonly words: readonly string[];
  /** Values by long flag; an empty list for a flag that takes none. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** The flag that the word at the cursor is the value of. */
  readonly expecting: Option | undefined;
  /** Whether `--` was given. */
  readonly flagsEnded: boolean;
}

export function readTyped(program: Command, before: readonly string[]): Typing {
  let command = start(program, before[0]);
  let expecting: Option | undefined;
  let flagsEnded = false;
  const words: string[] = [];
  const flags = new Map<string, readonly string[]>();
  const take = ({long, short}: Option, ...values: readonly string[]) => {
    const name = long ?? short ?? '';
    flags.set(name, [...(flags.get(name) ?? []), ...values]);
  };
  for (const word of before) {
    if (expecting) {
      take(expecting, word);
      expecting = undefined;
    } else if (word === '--') {
      flagsEnded = true;
    } else if (flagsEnded || !word.startsWith('-')) {
      const below = words.length === 0 && command.commands.find(sub => sub.name() === word);
      if (below) command = below;
      else words.push(word);
    } else {
      const [name = '', ...value] = word.split('=');
      const option = optionOf(command, name);
      if (!option) continue;
      if (value.length > 0) take(option, value.join('='));
      else if (option.required) expecting = option;
      else take(option);
    }
  }
  return {command, words, flags, expecting, flagsEnded};
}

/** Flags without a command are those of `report`. */
function start(program: Command, first = ''): Command {
  if (!first.startsWith('-') || optionOf(program, first)) return program;
  return reportOf(program);
}

/** The command that is meant where none is named. */
export const reportOf = (program: Command): Command =>
  program.commands.find(sub => sub.name() === 'report') ?? program;

const optionOf = (command: Command, name: string): Option | undefined =>
  command.options.find(({long, short}) => long === name || short === name);
