import type {Command, Option} from 'commander';
import {gather, splitList} from '../choice.ts';
import type {Context} from '../context.ts';
import {guideOf} from '../guide.ts';
import {TOPICS} from '../topics.ts';
import {defaultOf} from './default-command.ts';
import {optionOf, readTyped, type Typing} from './read-typed.ts';
import {asOffer, FILES, furtherItems, type Offer, type ValueSource} from './value.ts';
import {VALUES, VALUES_OF} from './values.ts';

/** What may stand in the place of the last word. */
export interface Completion {
  /** Each is a whole word. */
  readonly offers: readonly Offer[];
  /** Whether the name of a file may stand there. */
  readonly wantsFile: boolean;
}

/**
 * `words` are those behind `usage`, unquoted, up to the cursor; the last one may be empty. Never rejects: who presses Tab
 * wants no error.
 */
export async function complete(
  program: Command,
  words: readonly string[],
  context: Context,
): Promise<Completion> {
  const before = words.slice(0, -1);
  const last = words.at(-1) ?? '';
  if (before[0] === 'help') return only(before.length === 1 ? begunBy(last, helped(program)) : []);
  const typing = readTyped(program, before);
  const {command, expecting, flagsEnded} = typing;
  if (expecting) return flagValues(typing, expecting, '', last, context);
  if (last.startsWith('-') && last !== '-' && !flagsEnded) {
    const meant = typing.words.length === 0 ? defaultOf(command) : undefined;
    const takers = [command, ...(meant ? [meant] : [])].map(taker => ({...typing, command: taker}));
    const [, flag, value = ''] = /^(--[\w-]+)=(.*)$/s.exec(last) ?? [];
    if (flag === undefined) return only(begunBy(last, takers.flatMap(flags)));
    const taker = takers.find(one => optionOf(one.command, flag));
    const option = taker && optionOf(taker.command, flag);
    return option ? flagValues(taker, option, `${flag}=`, value, context) : only([]);
  }
  if (command.commands.length > 0)
    return only(typing.words.length > 0 ? [] : begunBy(last, subcommands(command, command === program)));
  return argumentValues(typing, last, context);
}

const only = (offers: readonly Offer[]): Completion => ({offers, wantsFile: false});

async function flagValues(
  typing: Typing,
  option: Option,
  prefix: string,
  text: string,
  context: Context,
): Promise<Completion> {
  const source = sourceOf(typing.command, option.long ?? '');
  if (!source) return only([]);
  // Of a comma list only the last item is completed; a comma before a space or behind a backslash belongs to a value.
  const isList = option.parseArg === gather;
  const [, done = '', partial = ''] = (isList && /^(.*(?<!\\),(?! ))?(.*)$/s.exec(text)) || [text, '', text];
  const given = isList ? [...(typing.flags.get(option.long ?? '') ?? []), done].flatMap(splitList) : [];
  const offers = furtherItems(
    await ask(source, typing, isList ? unescaped(partial) : partial, context),
    given,
  );
  const escaped = offers.map(offer => (isList ? {...offer, value: escapedItem(offer.value)} : offer));
  return {
    offers: begunBy(partial, escaped).map(offer => ({...offer, value: prefix + done + offer.value})),
    wantsFile: source === FILES,
  };
}

const escapedItem = (value: string): string => value.replace(/,(?! )/g, '\\,');
const unescaped = (item: string): string => item.replaceAll('\\,', ',');

async function argumentValues(typing: Typing, partial: string, context: Context): Promise<Completion> {
  const {command, words} = typing;
  const all = command.registeredArguments;
  const argument = all[words.length] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);
  const source = argument && sourceOf(command, argument.name());
  if (!source) return only([]);
  const offers = await ask(source, typing, partial, context);
  return {
    offers: begunBy(
      partial,
      offers.filter(({value}) => !words.includes(value)),
    ),
    wantsFile: source === FILES,
  };
}

const sourceOf = (command: Command, name: string): ValueSource | undefined =>
  guideOf(command)?.values?.[name] ??
  VALUES_OF[`${command.parent?.name()} ${command.name()}`]?.[name] ??
  VALUES[name];

async function ask(
  source: ValueSource,
  {words, flags: given}: Typing,
  partial: string,
  context: Context,
): Promise<readonly Offer[]> {
  try {
    const offers = await source({words, flags: given, partial, context});
    return offers.map(asOffer);
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
    .map(sub => ({value: sub.name(), description: sub.summary() || sub.description()}));
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
