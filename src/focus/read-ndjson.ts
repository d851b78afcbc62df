import {parseExactJson} from '../http/exact-json.ts';
import {type Batch, type Table, unreadable} from './table.ts';
import {textOf} from './text-chunks.ts';

/** A line beyond this is no row. UTF-16 units. */
const LONGEST_LINE = 16 * 1024 * 1024;
/** Rows that are looked at to know which columns there are: writers leave out what is null. */
const SAMPLE = 1_000;

type Fields = {readonly [name: string]: unknown};

/** JSON Lines: an object a line. Members that are objects, as Tags may be, become their JSON text. */
export async function openNdjson(path: string, gzip: boolean): Promise<Table> {
  const columns = new Set<string>();
  let seen = 0;
  for await (const {objects} of objectsOf(path, gzip)) {
    for (const object of objects) for (const name of Object.keys(object)) columns.add(name);
    seen += objects.length;
    if (seen >= SAMPLE) break;
  }
  return {columns: [...columns], read: wanted => read(path, gzip, wanted)};
}

async function* read(path: string, gzip: boolean, wanted: readonly string[]): AsyncGenerator<Batch> {
  const places = wanted.map((_, index) => index);
  for await (const {objects, lines} of objectsOf(path, gzip)) {
    const rows = objects.map(object => wanted.map(name => textOfValue(object[name])));
    yield {rows, places, where: row => `line ${lines[row]}`};
  }
}

/** Numbers of many digits are texts already, so that none is rounded. */
function textOfValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

interface Objects {
  readonly objects: readonly Fields[];
  /** The line of each. */
  readonly lines: readonly number[];
}

async function* objectsOf(path: string, gzip: boolean): AsyncGenerator<Objects> {
  let rest = '';
  let line = 0;
  const parse = (texts: readonly string[]): Objects => {
    const objects: Fields[] = [];
    const lines: number[] = [];
    for (const text of texts) {
      line++;
      if (text.trim() === '') continue;
      objects.push(objectOf(text, line));
      lines.push(line);
    }
    return {objects, lines};
  };
  for await (const piece of textOf(path, gzip)) {
    const texts = (rest + (line === 0 && rest === '' ? piece.replace(/^\ufeff/, '') : piece)).split('\n');
    rest = texts.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw unreadable(`line ${line + 1} is too long to be a row`);
    yield parse(texts);
  }
  yield parse([rest]);
}

function objectOf(text: string, line: number): Fields {
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch {
    throw unreadable(`line ${line} is not whole JSON`, 'one JSON object a line');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw unreadable(`line ${line} is no JSON object`, 'one JSON object a line');
}
