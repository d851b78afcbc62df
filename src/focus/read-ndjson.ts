import {parseExactJson} from '../http/exact-json.ts';
import {type Batch, type Table, unreadable} from './table.ts';
import {textOf} from './text-chunks.ts';

/** A line beyond this is no row. UTF-16 units. */
const LONGEST_LINE = 16 * 1024 * 1024;

type Fields = {readonly [name: string]: unknown};

/**
 * JSON Lines: an object a line. Members that are objects, as Tags may be, become their JSON text. Writers leave out what
 * is null, so that a column may first appear in the last line: all of them are looked at.
 */
export async function openNdjson(path: string, gzip: boolean, signal?: AbortSignal): Promise<Table> {
  const columns = new Set<string>();
  for await (const {texts, line} of linesOf(path, gzip, signal)) {
    texts.forEach((text, index) => {
      if (text.trim() === '') return;
      const names = Object.keys(objectOf(text, line + index, JSON.parse));
      const twice = twiceIn(text, names);
      if (twice !== undefined)
        throw unreadable(`line ${line + index} has ${twice} twice`, 'each column once in a line');
      for (const name of names) columns.add(name);
    });
  }
  return {columns: [...columns], read: wanted => read(linesOf(path, gzip, signal), wanted)};
}

async function* read(chunks: AsyncIterable<Lines>, wanted: readonly string[]): AsyncGenerator<Batch> {
  const places = wanted.map((_, index) => index);
  for await (const {texts, line} of chunks) {
    const rows: string[][] = [];
    const lines: number[] = [];
    texts.forEach((text, index) => {
      if (text.trim() === '') return;
      rows.push(rowOf(objectOf(text, line + index, parseExactJson), wanted, line + index));
      lines.push(line + index);
    });
    yield {rows, places, where: row => `line ${lines[row]}`};
  }
}

function rowOf(object: Fields, wanted: readonly string[], line: number): string[] {
  try {
    return wanted.map(name => textOfValue(object[name]));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw unreadable(
      `line ${line} has values in values too deep to be read`,
      'plain values, and Tags of them',
    );
  }
}

/** Numbers of many digits are texts already, so that none is rounded. */
function textOfValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whole lines of a file. */
interface Lines {
  readonly texts: readonly string[];
  /** The number of the first. */
  readonly line: number;
}

async function* linesOf(path: string, gzip: boolean, signal: AbortSignal | undefined): AsyncGenerator<Lines> {
  let rest = '';
  let line = 1;
  let isFirst = true;
  for await (const piece of textOf(path, gzip, signal)) {
    const texts = (rest + (isFirst ? piece.replace(/^\ufeff/, '') : piece)).split('\n');
    isFirst = false;
    rest = texts.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw unreadable(`line ${line + texts.length} is too long to be a row`);
    yield {texts, line};
    line += texts.length;
  }
  yield {texts: [rest], line};
}

function objectOf(text: string, line: number, parse: (text: string) => unknown): Fields {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    throw unreadable(`line ${line} is not whole JSON`, 'one JSON object a line');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw unreadable(`line ${line} is no JSON object`, 'one JSON object a line');
}

/** A name that an object of JSON has twice, of which a parser keeps the last. `names`: those that it kept. */
function twiceIn(text: string, names: readonly string[]): string | undefined {
  // What ends like a name is one, or stands in a value: as many as are kept is the usual case.
  if ((text.match(/"\s*:/g) ?? []).length === names.length) return undefined;
  const seen = new Set<string>();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === '"') {
      const end = endOfString(text, at);
      if (depth === 1 && isColonNext(text, end)) {
        const name = String(JSON.parse(text.slice(at, end)));
        if (seen.has(name)) return name;
        seen.add(name);
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** By hand: a regular expression runs out of stack in a long value. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    let before = quote;
    while (text.charAt(before - 1) === '\\') before--;
    if ((quote - before) % 2 === 0) return quote + 1;
  }
}

function isColonNext(text: string, at: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = at;
  return colon.test(text);
}
