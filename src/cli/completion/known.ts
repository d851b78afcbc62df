import {kindsOf} from '../../drivers/driver.ts';
import {drivers} from '../../drivers/index.ts';
import {sanitize} from '../../render/sanitize.ts';
import {readNames} from '../../store/names.ts';
import {listAccounts, loadStore} from '../accounts.ts';
import {storeDirectoryOf} from '../store-directory.ts';
import type {Offer, Typed} from './value.ts';

export const providers = (): Offer[] => drivers.map(({id, title}) => ({value: id, description: title}));

export const kinds = (): Offer[] =>
  drivers.flatMap(({title, sources}) =>
    sources.flatMap(source => kindsOf(source).map(value => ({value, description: title}))),
  );

/** Accounts of the environment and the store; those of the demo are the providers themselves. */
export async function accounts({context, flags}: Typed): Promise<Offer[]> {
  if (flags.has('--demo')) return providers();
  const found = await listAccounts(context, () => undefined);
  return found.map(({name, driver}) => ({value: name, description: driver.title}));
}

/** Accounts that can be renamed and removed: those with a key or a key command in the store. */
export async function storedAccounts({context, words}: Typed): Promise<Offer[]> {
  if (words.length > 0) return [];
  const stored = await (await loadStore(context, () => undefined)).list();
  return stored.map(({name, provider}) => ({value: name, description: provider}));
}

/** Settings of the provider that is given, or else of all, up to their value. */
export function settingNames({flags}: Typed): Offer[] {
  const given = flags.get('--provider') ?? [];
  return drivers
    .filter(({id}) => given.length === 0 || given.includes(id))
    .flatMap(({settings}) => settings.map(({name, description}) => ({value: `${name}=`, description})));
}

/** Names that reports have shown before; ids where the typed text is the beginning of none of them. */
export async function labels(dimension: string, typed: Typed): Promise<Offer[]> {
  return nameOrId(await shown(dimension, typed), '', typed);
}

/** The same, and `<account>/<name>` or `<provider>/<name>` where those begin like that. */
export async function knownNames(dimension: string, typed: Typed): Promise<Offer[]> {
  const alone = await labels(dimension, typed);
  return alone.some(({value}) => value.startsWith(typed.partial)) ? alone : owned(dimension, typed);
}

/** What a budget may be for, as far as this machine knows. */
export async function scopes(typed: Typed): Promise<Offer[]> {
  const {partial} = typed;
  if (partial.startsWith('user:'))
    return (await shown('user', typed)).map(({id, name}) => ({
      value: `user:${id}`,
      description: sanitize(name),
    }));
  if (partial.includes('/')) return owned('project', typed);
  return [
    {value: 'all', description: 'everything'},
    ...providers(),
    ...(await accounts(typed)),
    {value: 'user:', description: 'one user, by id'},
    {value: 'model:', description: 'one model, by name'},
  ];
}

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly account: string;
}

async function shown(dimension: string, {context}: Typed): Promise<Shown[]> {
  const known = await readNames(storeDirectoryOf(context), context.platform);
  return [...known].flatMap(([account, byDimension]) =>
    [...(byDimension.get(dimension) ?? [])].map(([id, name]) => ({id, name, account})),
  );
}

async function owned(dimension: string, typed: Typed): Promise<Offer[]> {
  const {context, partial} = typed;
  const all = await shown(dimension, typed);
  const [owner = '', ...rest] = partial.split('/');
  if (rest.length === 0) return all.flatMap(one => nameOrId([one], `${one.account}/`, typed));
  const ofProvider = (await listAccounts(context, () => undefined)).filter(({driver}) => driver.id === owner);
  const owners = new Set([owner, ...ofProvider.map(({name}) => name)]);
  return nameOrId(
    all.filter(({account}) => owners.has(account)),
    `${owner}/`,
    typed,
  );
}

function nameOrId(all: readonly Shown[], prefix: string, {partial}: Typed): Offer[] {
  const byName = all
    .filter(({name}) => name === sanitize(name))
    .map(({name, account}) => ({value: prefix + name, description: account}));
  if (byName.some(({value}) => value.startsWith(partial))) return byName;
  return all.map(({id, name}) => ({value: prefix + id, description: sanitize(name)}));
}
