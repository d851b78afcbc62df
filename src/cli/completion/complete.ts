import type {Command, Option} from 'commander';
import {gather} from '../choice.ts';
import type {Context} from '../context.ts';
import {guideOf} from '../guide.ts';
import {TOPICS} from '../topics.ts';
import {readTyped, reportOf, type Typing} from './read-typed.ts';
import type {Offer, ValueSource} from './value.ts';
import {VALUES} from './values.ts';

/**
 * What may stand in the place of the last word, each offer a whole word. `words` are those behind `usage`, unquoted, up
 * to the cursor; the last one may be empty. Never rejects: who presses Tab wants no error.
 */
export async function complete(
  program: Command,
  words: readonly string[],
  context: Context,
): Promise<readonly Offer[]> {
  const before = words.slice(0, -1);
  const last = words.at(-1) ?? '';
  if (before[0] === 'help') return before.length === 1 ? begunBy(last, helped(program)) : [];
  const typing = readTyped(program, before);
  const {command, expecting, flagsEnded} = typing;
  if (expecting) return flagValues(typing, expecting, '', last, context);
  const [, flag = '', value = ''] = /^(--[\w-]+)=(.*)$/s.exec(last) ?? [];
  if (flag) {
    const option = command.options.find(({long}) => long === flag);
    return option ? flagValues(typing, option, `${flag}=`, value, context) : [];
  }
  if (last.startsWith('-') && !flagsEnded) {
    const more = command === program ? flags({...typing, command: reportOf(program)}) : [];
    return begunBy(last, [...flags(typing), ...more]);
  }
  if (command.commands.length > 0)
    return typing.words.length > 0 ? [] : begunBy(last, subcommands(command, command === program));
  return begunBy(last, await argumentValues(typing, last, context));
}

async function flagValues(
  typing: Typing,
  option: Option,
  prefix: string,
  text: string,
  context: Context,
): Promise<readonly Offer[]> {
  const source = sourceOf(typing.command, option.long ?? '');
  if (!source) return [];
  // Of a comma list only the last item is completed; a comma before a space or behind a backslash belongs to a value.
  const isList = option.parseArg === gather;
  const [, done = '', partial = ''] = (isList && /^(.*(?<!\\),(?! ))?(.*)$/s.exec(text)) || [text, '', text];
  const given = done.split(',');
  const offers = await ask(source, typing, partial, context);
  return begunBy(
    partial,
    offers
      .filter(({value}) => !given.includes(value))
      .map(offer => ({...offer, value: isList ? offer.value.replace(/,(?! )/g, '\\,') : offer.value})),
  ).map(offer => ({...offer, value: prefix + done + offer.value}));
}

async function argumentValues(typing: Typing, partial: string, context: Context): Promise<readonly Offer[]> {
  const {command, words} = typing;
  const all = command.registeredArguments;
  const argument = all[words.length] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);
  const source = argument && sourceOf(command, argument.name());
  if (!source) return [];
  return (await ask(source, typing, partial, context)).filter(({value}) => !words.includes(value));
}

const sourceOf = (command: Command, name: string): ValueSource | undefined =>
  guideOf(command)?.values?.[name] ?? VALUES[name];

async function ask(
  source: ValueSource,
  {words, flags: given}: Typing,
  partial: string,
  context: Context,
): Promise<readonly Offer[]> {
  try {
    const offers = await source({words, flags: given, partial, context});
    return offers.map(offer => (typeof offer === 'string' ? {value: offer} : offer));
  } catch {
    return []; // a store that cannot be read, say
  }
}

/** Flags that were not given yet, or may be repeated; long ones, since they say what they are. */
const flags = ({command, flags: given}: Typing): Offer[] =>
  [...command.options, command.createHelp().visibleOptions(command).at(-1)]
    .filter(option => option !== undefined)
    .filter(({long, hidden, parseArg}) => long && !hidden && (!given.has(long) || parseArg === gather))
    .map(({long, description}) => ({value: long ?? '', description}));

/** Commands below one, with their summaries; `help` takes them all, too. */
function subcommands(command: Command, isProgram: boolean): Offer[] {
  const offers = command
    .createHelp()
    .visibleCommands(command)
    .map(sub => ({value: sub.name(), description: sub.summary()}));
  return isProgram ? offers : offers.filter(({value}) => value !== 'help');
}

const helped = (program: Command): Offer[] => [
  ...subcommands(program, false),
  ...Object.entries(TOPICS).map(([value, {summary}]) => ({value, description: summary})),
];

function begunBy(partial: string, offers: readonly Offer[]): Offer[] {
  const seen = new Set<string>();
  return offers.filter(({value}) => {
    if (!value.startsWith(partial) || seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}
