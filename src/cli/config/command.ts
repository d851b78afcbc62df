import {InputError} from '../../core/errors.ts';
import {alignedText} from '../../render/aligned.ts';
import {messageLines} from '../../render/message.ts';
import {sanitize} from '../../render/sanitize.ts';
import {painter} from '../../render/style.ts';
import type {Preferences} from '../../store/settings.ts';
import type {Context} from '../context.ts';
import {openSettings} from '../preferences.ts';
import {chooseColor} from '../view-options.ts';
import type {Scene} from './default-keys.ts';
import {type Key, textOf} from './key.ts';
import {allKeys, findKey} from './keys.ts';
import {lookAround} from './scene.ts';

interface Flags {
  readonly json?: boolean;
}

const SCHEMA = 'usage/config@1';

/** Prints one setting, or what counts in its place, or nothing. Exit code. */
export async function getSetting(typed: string, {json}: Flags, context: Context): Promise<number> {
  const {preferences, scene, path} = await open(context);
  const key = findKey(typed, preferences, scene);
  const value = key.read(preferences);
  if (json) await writeJson({schema: SCHEMA, path, settings: [toJson(key, preferences)]}, context);
  else
    await context.stdout.write(
      `${value === undefined ? (key.builtIn ?? '') : show(textOf(value), context)}\n`,
    );
  return 0;
}

/** Lists what is set, and what counts where nothing is. */
export async function listSettings({json}: Flags, context: Context): Promise<number> {
  const {preferences, scene, path} = await open(context);
  const keys = allKeys(preferences, scene);
  if (json) {
    const settings = keys.map(key => toJson(key, preferences));
    await writeJson({schema: SCHEMA, path, settings}, context);
    return 0;
  }
  const rows = keys.map(key => {
    const value = key.read(preferences);
    const text = value === undefined ? (key.builtIn ?? '') : textOf(value);
    const from = value !== undefined ? 'config.json' : text ? 'built in' : 'not set';
    const {variable} = key;
    const before = variable !== undefined && context.env[variable] ? `${variable} goes first` : '';
    return [key.name, [from, before].filter(Boolean).join(', '), text];
  });
  const {isTerminal, columns} = context.stdout;
  const paint = painter(chooseColor(context.env, context.stdout, undefined));
  await context.stdout.write(
    alignedText(rows, {head: ['Setting', 'From', 'Value'], width: isTerminal ? columns : undefined, paint}),
  );
  return 0;
}

/** Changes one setting. Nothing is changed if the key or the value is not known. */
export async function setSetting(
  typed: string,
  values: readonly string[],
  {json}: Flags,
  context: Context,
): Promise<number> {
  const {settings, preferences, scene, path} = await open(context);
  const key = findKey(typed, preferences, scene);
  const [text = '', ...more] = values;
  if (more.length > 0)
    throw new InputError(`${key.name} takes one value`, {
      rule: `commas between the parts, or quotes around all of it: usage config set ${key.name} ${joined(key, values, preferences, scene)}`,
    });
  const changed = await settings.change(now => key.set(now, text, scene));
  if (json) await writeJson({schema: SCHEMA, path, settings: [toJson(key, changed)]}, context);
  await say(`${key.name} is ${textOf(key.read(changed) ?? '')} now (${path})`, json, context);
  for (const note of notesOn(key, scene, context)) await say(note, json, context);
  return 0;
}

/** Several words as the one value that the setting would take. */
function joined(key: Key, values: readonly string[], now: Preferences, scene: Scene): string {
  const list = values.join(',').replace(/,{2,}/g, ',');
  try {
    if (typeof key.read(key.set(now, list, scene)) === 'object') return list;
  } catch {
    // it is no list then
  }
  return `"${values.join(' ')}"`;
}

/** Forgets one setting, so that what is built in counts. */
export async function unsetSetting(typed: string, {json}: Flags, context: Context): Promise<number> {
  const {settings, preferences, scene, path} = await open(context);
  const key = findKey(typed, preferences, scene);
  const wasSet = key.read(preferences) !== undefined;
  const changed = wasSet ? await settings.change(now => key.unset(now)) : preferences;
  if (json) await writeJson({schema: SCHEMA, path, settings: [toJson(key, changed)]}, context);
  const instead = key.builtIn === undefined ? '' : `; ${key.builtIn} counts`;
  await say(wasSet ? `${key.name} is not set any more${instead}` : `${key.name} was not set`, json, context);
  return 0;
}

/** Where the settings are, whether there are any or not. */
export async function printPath({json}: Flags, context: Context): Promise<number> {
  const {path} = await openSettings(context, () => undefined);
  if (json) await writeJson({schema: 'usage/config-path@1', path}, context);
  else await context.stdout.write(`${show(path, context)}\n`);
  return 0;
}

async function open(context: Context) {
  const warn = (message: string) => void context.stderr.write(`warning: ${sanitize(message)}\n`);
  const settings = await openSettings(context, warn);
  const preferences = await settings.read();
  return {settings, preferences, scene: await lookAround(preferences, context), path: settings.path};
}

const toJson = (key: Key, preferences: Preferences) => ({
  key: key.name,
  value: key.read(preferences) ?? null,
  built_in: key.builtIn ?? null,
  description: key.description,
});

const writeJson = (answer: object, {stdout}: Context): Promise<void> =>
  stdout.write(`${JSON.stringify(answer, null, 2)}\n`);

/** A file takes what is stored as it is; a terminal would act on some of it. */
const show = (text: string, {stdout}: Context): string => (stdout.isTerminal ? sanitize(text) : text);

async function say(text: string, quiet: boolean | undefined, {stderr}: Context): Promise<void> {
  if (!quiet) await stderr.write(messageLines([text], stderr.columns));
}

/** What a person should know who expects the setting to act at once. */
function notesOn({name, variable}: Key, {accounts}: Scene, {env}: Context): string[] {
  const account = accounts.find(one => name === `accounts.${one.name}.key-command`);
  return [
    ...(variable !== undefined && env[variable] ? [`note: ${variable} is set and goes before it`] : []),
    ...(account?.stored
      ? [
          `note: the stored key is not used while there is a command; forget it: usage auth logout ${account.name}`,
        ]
      : []),
  ];
}
