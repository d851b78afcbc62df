import type {Command} from 'commander';
import {InputError} from '../core/errors.ts';
import {nameOf} from './program-tree.ts';
import {TOPICS, type Topic} from './topics.ts';

/** What help is asked about, by the words behind `help`; undefined if it is not help that is asked for. */
export function helpWanted(argv: readonly string[], program: Command): readonly string[] | undefined {
  const [first, second, ...more] = argv.filter(word => word !== '-h' && word !== '--help');
  if (first === 'help') return second === undefined ? [] : [second, ...more];
  const group = program.commands.find(command => command.name() === first);
  return first !== undefined && second === 'help' && group && group.commands.length > 0
    ? [first, ...more]
    : undefined;
}

/** The command or topic that words name, as deep as they go. Throws InputError for what there is not. */
export function findHelp(words: readonly string[], program: Command): Command | Topic {
  let command = program;
  for (const [index, word] of words.entries()) {
    if (word.startsWith('-'))
      throw new InputError(`${word} is no flag of usage help`, {hint: 'see: usage help'});
    if (word === 'help') continue; // about help there is no more to say than help says
    const topic = command === program ? topicOf(word) : undefined;
    const stray = words[index + 1];
    if (topic && stray === undefined) return topic;
    if (topic)
      throw new InputError(`"${stray}" is no part of a topic`, {
        rule: `usage help ${word}`,
        hint: 'see: usage help',
      });
    const below = command.commands.find(sub => sub.name() === word);
    if (!below) throw unknown(word, command, program);
    command = below;
  }
  return command;
}

const topicOf = (name: string): Topic | undefined => (Object.hasOwn(TOPICS, name) ? TOPICS[name] : undefined);

function unknown(word: string, command: Command, program: Command): InputError {
  const names = command.commands.map(sub => sub.name());
  if (command === program) {
    const valid = [...names, ...Object.keys(TOPICS)];
    return new InputError(`"${word}" is neither a command nor a topic`, {
      rule: valid.join(', '),
      nearest: [word, valid],
    });
  }
  const path = `usage ${nameOf(command, program)}`;
  return new InputError(`"${word}" is no command of ${path}`, {
    ...(names.length > 0 && {rule: names.join(', '), nearest: [word, names]}),
    hint: `see: ${path} --help`,
  });
}
