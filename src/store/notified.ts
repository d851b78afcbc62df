import * as z from 'zod/mini';
import type {Instant} from '../core/instant.ts';
import {formatInstant} from '../core/instant.ts';
import {instantSchema} from './account.ts';
import type {Format} from './document.ts';
import {changeDocument, openFolder, type StoreOptions} from './folder.ts';

/** Something that somebody was told. */
export interface Told {
  /** What was told to whom, as a digest: whoever reads the file learns neither addresses nor figures. */
  readonly key: string;
  /** From when on it cannot be told again, so that it may be forgotten. */
  readonly until: Instant;
}

const file = z.strictObject({
  version: z.literal(1),
  told: z.record(z.string().check(z.regex(/^[0-9a-f]{32}$/)), instantSchema),
});

/** notified.json: which notifications of budgets have been delivered. */
const NOTIFIED: Format<ReadonlyMap<string, Instant>> = {
  name: 'notified.json',
  rule: '{"version": 1, "told": {<digest>: <RFC 3339>}}',
  remedy: 'move it away: then everything that is over now is notified once more',
  empty: new Map(),
  schema: z.pipe(
    file,
    z.transform(({told}): ReadonlyMap<string, Instant> => new Map(Object.entries(told))),
  ),
  encode: told => ({
    version: 1,
    told: Object.fromEntries([...told].map(([key, until]) => [key, formatInstant(until)])),
  }),
};

export interface Notified {
  readonly path: string;
  read(): Promise<ReadonlySet<string>>;
  /** Remembers what was delivered, and forgets what is past. */
  add(told: readonly Told[], now: Instant): Promise<void>;
}

/** Throws StoreError if the file is unsound or cannot be written. */
export function openNotified(options: StoreOptions): Notified {
  const folder = openFolder(options);
  const document = folder.document(NOTIFIED);
  return {
    path: document.path,
    read: async () => new Set((await document.read()).keys()),
    async add(told, now) {
      await changeDocument(folder, document, known => {
        const kept = [...known].filter(([, until]) => until > now);
        return new Map([...kept, ...told.map(({key, until}) => [key, until] as const)]);
      });
    },
  };
}
