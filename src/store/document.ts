import {join} from 'node:path';
import {InputError, StoreError} from '../core/errors.ts';
import type {Lock} from './lock.ts';
import {REMEDY, readPrivate} from './read-private.ts';
import {replaceFile} from './replace-file.ts';

/** One kind of JSON file: its shape on disk and what the program makes of it. */
export interface Format<T> {
  readonly name: string;
  /** The shape on disk in one line, for error messages. */
  readonly rule: string;
  /** What to do about a damaged file, in one line; left out: log in again. */
  readonly remedy?: string;
  /** What a file that does not exist stands for. */
  readonly empty: T;
  /** Strict: a key that it does not know would be lost with the next save. */
  readonly schema: {safeParse(json: unknown): Parsed<T>};
  encode(content: T): {readonly version: 1};
}

type Parsed<T> =
  | {readonly success: true; readonly data: T}
  | {
      readonly success: false;
      readonly error: {readonly issues: readonly {readonly path: readonly PropertyKey[]}[]};
    };

export interface Document<T> {
  readonly path: string;
  /** Throws StoreError for anything but a sound file or none. Never changes the disk. */
  read(): Promise<T>;
  /** Its text as it stands, sound or not; undefined if there is no file. Throws StoreError for what is no file. */
  text(): Promise<string | undefined>;
  /**
   * Replaces the file as a whole. The caller holds the lock and has read the file within it. Throws InputError, and the
   * file stays, if what was to be written could not be read back.
   */
  write(content: T, lock: Lock): Promise<void>;
}

/** @param warn is told of a mode that lets others in; the same message may come more than once. */
export function openDocument<T>(
  directory: string,
  format: Format<T>,
  options: {readonly platform: string; warn(message: string): void},
): Document<T> {
  const path = join(directory, format.name);
  return {
    path,
    async read() {
      const text = await readPrivate(path, {...options, remedy: format.remedy});
      return text === undefined ? format.empty : decode(text, path, format);
    },
    text: () => readPrivate(path, {...options, remedy: format.remedy}),
    async write(content, lock) {
      const encoded = format.encode(content);
      const {problem} = {problem: undefined, ...parseDocument(JSON.stringify(encoded), format)};
      if (problem !== undefined)
        throw new InputError(`this cannot be kept: ${path} ${problem} with it; it was left as it is`, {
          rule: `it must be ${format.rule}`,
        });
      await replaceFile(path, encoded, lock);
    },
  };
}

function decode<T>(text: string, path: string, format: Format<T>): T {
  const parsed = parseDocument(text, format);
  if ('content' in parsed) return parsed.content;
  if (!parsed.newer) throw damaged(path, parsed.problem, format);
  throw new StoreError(`${path} ${parsed.problem}`, {
    rule: 'this one reads version 1',
    hint: 'update usage-cli, or let USAGE_CONFIG_DIR name another folder',
  });
}

/** What a text holds, or in words what is wrong with it, as it goes on behind the name of the file. */
type ParsedDocument<T> = {readonly content: T} | {readonly problem: string; readonly newer: boolean};

/** Problems name fields, never what is in them: the parser's own words would quote a piece of a secret. */
export function parseDocument<T>(text: string, format: Format<T>): ParsedDocument<T> {
  const json = parseJson(text);
  if (json === undefined) return {problem: 'is cut off or is no JSON', newer: false};
  if (isNewer(json)) return {problem: 'was written by a newer version of usage', newer: true};
  const result = format.schema.safeParse(json);
  if (result.success) return {content: result.data};
  return {problem: `is not of the expected shape${place(result.error.issues[0]?.path ?? [])}`, newer: false};
}

/** Undefined if it is no JSON or sets a prototype, which the schema would drop without a word. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw new SyntaxError('a key that no sound file has');
      return value;
    });
  } catch {
    return undefined;
  }
}

const isNewer = (json: unknown): boolean =>
  typeof json === 'object' &&
  json !== null &&
  'version' in json &&
  Number.isInteger(json.version) &&
  Number(json.version) > 1;

const OWN_FIELDS: readonly PropertyKey[] = [
  'version',
  'accounts',
  'provider',
  'secret',
  'addedAt',
  'settings',
  'baseUrl',
  'keyCommand',
  'rates',
  'defaults',
  'groupBy',
  'period',
  'account',
  'compare',
  'format',
  'timeout',
  'concurrency',
  'billingCycleDay',
  'budgets',
  'scope',
  'amount',
  'currency',
  'starts',
  'cycleDay',
  'warn',
  'told',
];

/** Somebody may have pasted a secret where a name belongs, so only keys of ours are spelt out. */
function place(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  return ` at ${path.map(key => (typeof key === 'number' || OWN_FIELDS.includes(key) ? String(key) : '*')).join('.')}`;
}

const damaged = (path: string, what: string, format: Pick<Format<unknown>, 'rule' | 'remedy'>): StoreError =>
  new StoreError(`${path} ${what}; it was left as it is`, {
    rule: `it must be ${format.rule}`,
    hint: format.remedy ?? REMEDY,
  });
