import {join} from 'node:path';
import * as z from 'zod/mini';
import {getOrAdd} from '../core/get-or-add.ts';
import {nameSchema} from './account.ts';
import {type Format, openDocument} from './document.ts';
import {makeDirectory} from './folder.ts';
import {withLock} from './lock.ts';
import {loadConf} from './replace-file.ts';

/** Names by id, by dimension (`project`, `user` …), by account. */
export type KnownNames = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, string>>>;

/** A name that a report has shown. */
export interface SeenName {
  readonly account: string;
  readonly dimension: string;
  readonly id: string;
  readonly name: string;
}

/** Of one dimension of one account; more would be of no help to whoever completes a word. */
const MAX_NAMES = 500;

const dimensionSchema = z.string().check(z.regex(/^[a-z][a-z_]{0,31}$/));
const idSchema = z.string().check(z.regex(/^(?!__proto__$)[\w.@:+/=-]{1,128}$/));
const textSchema = z.string().check(z.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\ufffd]{1,128}$/u));

const file = z.strictObject({
  version: z.literal(1),
  names: z.record(nameSchema, z.record(dimensionSchema, z.record(idSchema, textSchema))),
});

/** names.json: what completion offers beside what it knows by itself. Losing it does no harm. */
const NAMES: Format<KnownNames> = {
  name: 'names.json',
  rule: '{"version": 1, "names": {<account>: {<dimension>: {<id>: <name>}}}}',
  empty: new Map(),
  schema: z.pipe(
    file,
    z.transform(
      ({names}): KnownNames => mapOf(names, byDimension => mapOf(byDimension, ids => mapOf(ids, same))),
    ),
  ),
  encode: names => ({
    version: 1,
    names: objectOf(names, byDimension => objectOf(byDimension, ids => objectOf(ids, same))),
  }),
};

/** What was kept. Throws StoreError if the file is unsound. */
export const readNames = (directory: string, platform: string): Promise<KnownNames> =>
  openDocument(directory, NAMES, {platform, warn: () => undefined}).read();

/**
 * Keeps names that are new or have changed; writes nothing if there is none. Whoever else is writing to the store goes
 * before: then this gives up at once. Throws StoreError, and then the file is as it was.
 */
export async function keepNames(
  directory: string,
  platform: string,
  seen: readonly SeenName[],
): Promise<void> {
  const sound = seen.filter(isSound);
  await changeNames(
    directory,
    platform,
    known => !isKnown(known, sound),
    known => merged(known, sound),
  );
}

/** Names of an account that is called otherwise now go along. Throws StoreError, and then the file is as it was. */
export const renameNames = (directory: string, platform: string, from: string, to: string): Promise<void> =>
  changeNames(
    directory,
    platform,
    known => known.has(from),
    known => new Map([...known].map(([account, names]) => [account === from ? to : account, names])),
  );

async function changeNames(
  directory: string,
  platform: string,
  isDue: (known: KnownNames) => boolean,
  edit: (known: KnownNames) => KnownNames,
): Promise<void> {
  const names = openDocument(directory, NAMES, {platform, warn: () => undefined});
  if (!isDue(await names.read())) return;
  await Promise.all([makeDirectory(directory), loadConf()]);
  const impatient = {sleep: () => Promise.reject(new Error('the store is in use'))};
  await withLock(
    join(directory, 'store.lock'),
    impatient,
    () => undefined,
    async lock => {
      await names.write(edit(await names.read()), lock);
    },
  );
}

/** What could not be read back is not kept: the next reader would find the file damaged. */
const isSound = ({account, dimension, id, name}: SeenName): boolean =>
  nameSchema.safeParse(account).success &&
  dimensionSchema.safeParse(dimension).success &&
  idSchema.safeParse(id).success &&
  textSchema.safeParse(name).success;

const isKnown = (known: KnownNames, seen: readonly SeenName[]): boolean =>
  seen.every(({account, dimension, id, name}) => known.get(account)?.get(dimension)?.get(id) === name);

/** The newest names stay where there are too many. */
function merged(known: KnownNames, seen: readonly SeenName[]): KnownNames {
  const all = new Map([...known].map(([account, dimensions]) => [account, new Map(dimensions)]));
  for (const {account, dimension, id, name} of seen) {
    const dimensions = getOrAdd(all, account, () => new Map<string, ReadonlyMap<string, string>>());
    const others = [...(dimensions.get(dimension) ?? [])].filter(([other]) => other !== id);
    dimensions.set(dimension, new Map([...others, [id, name] as const].slice(-MAX_NAMES)));
  }
  return all;
}

const mapOf = <A, B>(record: {readonly [key: string]: A}, each: (value: A) => B): ReadonlyMap<string, B> =>
  new Map(Object.entries(record).map(([key, value]) => [key, each(value)]));

const objectOf = <A, B>(map: ReadonlyMap<string, A>, each: (value: A) => B): {readonly [key: string]: B} =>
  Object.fromEntries([...map].map(([key, value]) => [key, each(value)]));

const same = (name: string): string => name;
