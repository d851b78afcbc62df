import type {Command, Option} from 'commander';
import {defaultOf} from './default-command.ts';

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
  let command = program;
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
    } else if (flagsEnded || word === '-' || !word.startsWith('-')) {
      const below = words.length === 0 && command.commands.find(sub => sub.name() === word);
      if (below) command = below;
      else words.push(word);
    } else {
      const [name = '', ...value] = word.split('=');
      if (words.length === 0 && !optionOf(command, name)) command = defaultOf(command) ?? command;
      const option = optionOf(command, name);
      if (!option) continue;
      if (value.length > 0) take(option, value.join('='));
      else if (option.required) expecting = option;
      else take(option);
    }
  }
  return {command, words, flags, expecting, flagsEnded};
}

export const optionOf = (command: Command, name: string): Option | undefined =>
  command.options.find(({long, short}) => long === name || short === name);
