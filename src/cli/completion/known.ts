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
export async function knownNames(dimension: string, {context, partial}: Typed): Promise<Offer[]> {
  const known = await readNames(storeDirectoryOf(context), context.platform);
  const entries = [...known].flatMap(([account, byDimension]) =>
    [...(byDimension.get(dimension) ?? [])].map(([id, name]) => ({id, name, account})),
  );
  const byName = entries
    .filter(({name}) => name === sanitize(name))
    .map(({name, account}) => ({value: name, description: account}));
  if (byName.some(({value}) => value.startsWith(partial))) return byName;
  return entries.map(({id, name}) => ({value: id, description: sanitize(name)}));
}
