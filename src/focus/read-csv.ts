import Papa from 'papaparse';
import {hasMixedEnds, type LineEnd, unmixed} from './line-ends.ts';
import {type Batch, type Table, unreadable} from './table.ts';
import {textOf} from './text-chunks.ts';

/** A row beyond this is a quote that nobody closed, a header beyond it no text of lines. UTF-16 units. */
const LONGEST_ROW = 16 * 1024 * 1024;

/** What Papa gives; its types leave it open. */
interface Parsed {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly {readonly code: string; readonly row: number}[];
  readonly meta: {readonly cursor: number};
}

/** Whole rows of a file, the header among the first of them, and the number of the line that they begin on. */
interface Chunk extends Parsed {
  readonly line: number;
}

/** The header of a CSV file, and its rows. Comma, semicolon, tab or bar; any line ends; a byte order mark. */
export async function openCsv(path: string, gzip: boolean, signal?: AbortSignal): Promise<Table> {
  for await (const {data} of chunksOf(path, gzip, signal)) {
    const header = (data[0] ?? []).map(name => name.trim());
    const seen = new Set<string>();
    const twice = header.find(name => name !== '' && (seen.has(name) || !seen.add(name)));
    if (twice !== undefined) throw unreadable(`its column ${twice} is there twice`, 'each column once');
    return {columns: header, read: wanted => read(chunksOf(path, gzip, signal), header, wanted)};
  }
  throw unreadable('it has no header line');
}

async function* read(
  chunks: AsyncIterable<Chunk>,
  header: readonly string[],
  wanted: readonly string[],
): AsyncGenerator<Batch> {
  const places = wanted.map(name => header.indexOf(name));
  let skip = 1; // the header
  for await (const chunk of chunks) {
    const {data, errors} = chunk;
    let starts: readonly number[] | undefined;
    const lineOf = (row: number): number => {
      starts ??= startsOf(chunk);
      return starts[row] ?? chunk.line;
    };
    const [error] = errors;
    if (error) {
      const what = error.code === 'MissingQuotes' ? 'has a quote that is not closed' : 'has a stray quote';
      throw unreadable(`line ${lineOf(error.row)} ${what}`, 'quotes in a quoted value are doubled');
    }
    const kept: number[] = [];
    for (let row = skip; row < data.length; row++) {
      const {length} = data[row] ?? [];
      if (length === header.length) kept.push(row);
      else if (!isBlank(data[row])) {
        const message = `line ${lineOf(row)} has ${length} values, and the header ${header.length}`;
        throw unreadable(message, 'as many values in each line as in the header');
      }
    }
    const isWhole = kept.length === data.length - skip;
    const first = skip;
    skip = 0;
    yield {
      rows: isWhole ? (first === 0 ? data : data.slice(first)) : kept.map(row => data[row] ?? []),
      places,
      where: row => `line ${lineOf(isWhole ? row + first : (kept[row] ?? 0))}`,
    };
  }
}

const isBlank = (row: readonly string[] | undefined): boolean => row?.length === 1 && row[0] === '';

/** The line that each row begins on: values may hold line ends. Counted once, at the first complaint about a chunk. */
function startsOf({data, line}: Chunk): readonly number[] {
  const starts = [line];
  for (const row of data) {
    line += 1 + row.reduce((sum, value) => sum + countOf(value, '\n'), 0);
    starts.push(line);
  }
  return starts;
}

async function* chunksOf(
  path: string,
  gzip: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Chunk> {
  let rest = '';
  let line = 1;
  let parser: {readonly asHeader: Papa.Parser; readonly mixed: Papa.Parser} | undefined;
  let newline: LineEnd = '\n';
  let delimiter = ',';
  const take = (given: string, isLast: boolean): Chunk => {
    if (!parser) {
      const dialect = dialectOf(given);
      ({newline, delimiter} = dialect);
      parser = {
        asHeader: new Papa.Parser(dialect),
        mixed: new Papa.Parser({...dialect, newline: '\n'}),
      };
    }
    const isMixed = hasMixedEnds(given, newline, isLast);
    const text = isMixed ? unmixed(given, delimiter, isLast) : given;
    const parsed: Parsed = (isMixed ? parser.mixed : parser.asHeader).parse(text, 0, !isLast);
    const used = isLast ? text.length : parsed.meta.cursor;
    rest = text.slice(used);
    const chunk = {...parsed, line};
    line += countOf(text.slice(0, used), newline === '\r' ? '\r' : '\n');
    return chunk;
  };
  for await (const piece of textOf(path, gzip, signal)) {
    const text = rest + (parser ? piece : piece.replace(/^\ufeff/, ''));
    rest = text;
    // The kind of line end is seen at the first one; a CR at the very end may be half of one.
    if (!parser && !/[\r\n][\s\S]/.test(text)) {
      if (rest.length > LONGEST_ROW) throw unreadable('line 1 is too long to be a header', 'a row a line');
      continue;
    }
    const chunk = take(text, false);
    if (chunk.data.length > 0) yield chunk;
    if (rest.length > LONGEST_ROW)
      throw unreadable(`line ${line} has a quote that is not closed, or more than 16 million characters`);
  }
  if (rest !== '') yield take(rest, true);
}

/** Told by the header line, which holds names only. */
function dialectOf(text: string): {readonly delimiter: string; readonly newline: LineEnd} {
  const [, header = '', newline = '\n'] = /^([^\r\n]*)(\r\n|\n|\r)?/.exec(text) ?? [];
  const delimiters = [',', ';', '\t', '|'];
  const counts = delimiters.map(delimiter => countOf(header, delimiter));
  return {
    delimiter: delimiters[counts.indexOf(Math.max(...counts))] ?? ',',
    newline: newline === '\r\n' || newline === '\r' ? newline : '\n',
  };
}

function countOf(text: string, what: string): number {
  let count = 0;
  for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + 1)) count++;
  return count;
}
