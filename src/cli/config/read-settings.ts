import {InputError} from '../../core/errors.ts';
import {drivers} from '../../drivers/index.ts';
import {holdsSecret} from '../../store/mask.ts';
import {type Complaint, parsePreferences} from '../../store/parse-preferences.ts';
import type {Preferences} from '../../store/settings.ts';
import {FOCUS} from '../accounts.ts';
import {checkSettings} from '../add-account.ts';
import type {Scene} from './default-keys.ts';
import {textOf} from './key.ts';
import {allKeys} from './keys.ts';
import {type SchemaNode, settingsSchema} from './schema.ts';

/** Reads what a person wrote for config.json. Throws InputError that says where it is wrong, and what is right there. */
export function readSettings(text: string): Preferences {
  const parsed = parsePreferences(text);
  if ('preferences' in parsed) return parsed.preferences;
  const {complaint} = parsed;
  if (complaint.kind === 'syntax')
    throw new InputError(`it is no JSON${complaint.place ? ` (${complaint.place})` : ''}`);
  throw shapeError(complaint);
}

/** Holds every value against what the flags hold theirs against. Throws InputError. */
export function checkPreferences(preferences: Preferences, scene: Scene): void {
  for (const [name, {provider, settings}] of preferences.accounts) {
    if (provider === FOCUS) continue; // a file, which is looked at when it is asked
    const id = scene.accounts.find(account => account.name === name)?.provider ?? provider ?? name;
    const driver = drivers.find(candidate => candidate.id === id);
    if (!driver)
      throw new InputError(`accounts.${name} is no account that there is`, {
        rule: 'one with a stored key, or with provider and keyCommand',
        nearest: [name, [...scene.accounts.map(account => account.name), ...drivers.map(one => one.id)]],
      });
    checkSettings(driver, settings);
  }
  for (const key of allKeys(preferences, scene)) {
    const value = key.read(preferences);
    if (value !== undefined) key.set(preferences, textOf(value), scene);
  }
}

function shapeError({path, unknown}: Extract<Complaint, {kind: 'shape'}>): InputError {
  const schema = settingsSchema();
  const node = path.reduce<SchemaNode | undefined>(below, schema);
  const place = path.map(spell).join('.');
  const [extra] = unknown;
  if (extra !== undefined) {
    const valid = Object.keys(node?.properties ?? {});
    return new InputError(`there is no "${spell(extra)}"${place ? ` in ${place}` : ''}`, {
      rule: valid.join(', '),
      nearest: [extra, valid],
    });
  }
  const {description, pattern, minimum, maximum} = node ?? {};
  const range = minimum === undefined ? undefined : `a whole number from ${minimum} to ${maximum}`;
  const values = node?.enum ?? node?.items?.enum;
  const listed = Array.isArray(values) ? `one of ${values.join(', ')}` : undefined;
  return new InputError(`${place || 'the whole'} is not as it must be`, {
    rule:
      range ??
      listed ??
      description ??
      (pattern ? `text that matches ${pattern}` : 'see: usage config schema'),
  });
}

const below = (node: SchemaNode | undefined, key: string): SchemaNode | undefined =>
  node?.properties?.[key] ?? (node?.additionalProperties || undefined) ?? node?.items;

/** Somebody may have pasted a secret where a name belongs. */
const spell = (key: string): string => (holdsSecret(key) ? '…' : key);
