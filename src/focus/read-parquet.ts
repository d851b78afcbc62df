import {brotliDecompressSync, gunzipSync} from 'node:zlib';
import {asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects} from 'hyparquet';
import {
  type Compressors,
  decompressLz4,
  decompressLz4Raw,
  decompressSnappy,
  decompressZstd,
} from 'hyparquet-compressors';
import {InterruptedError} from '../core/errors.ts';
import {formatInstant, instant} from '../core/instant.ts';
import {fromScaled} from '../core/money.ts';
import {type Batch, type Table, unreadable} from './table.ts';

/** Rows read at a time, within a row group. */
const ROWS = 10_000;

/** Each is told how long the result is. Node has two of them; it would have zstd from version 22 on. */
const compressors: Compressors = {
  SNAPPY: decompressSnappy,
  GZIP: (input, length) => gunzipSync(input, {maxOutputLength: Math.max(1, length)}),
  BROTLI: (input, length) => brotliDecompressSync(input, {maxOutputLength: Math.max(1, length)}),
  ZSTD: input => decompressZstd(input),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
};

type File = Awaited<ReturnType<typeof asyncBufferFromFile>>;
type Metadata = Awaited<ReturnType<typeof parquetMetadataAsync>>;
type Element = Metadata['schema'][number];

/** The columns of a Parquet file, and its rows. Decimals are read as they are stored, and not as the doubles that a reader makes of them. */
export async function openParquet(path: string, signal?: AbortSignal): Promise<Table> {
  const file = await asyncBufferFromFile(path);
  let metadata: Metadata;
  try {
    metadata = await parquetMetadataAsync(file);
  } catch {
    throw unreadable('it is no whole Parquet file');
  }
  const elements = topLevel(metadata.schema);
  const twice = elements.find(({name}, index) => elements.findIndex(other => other.name === name) < index);
  if (twice) throw unreadable(`its column ${twice.name} is there twice`, 'each column once');
  const raw = {...metadata, schema: metadata.schema.map(withoutDecimal)};
  return {
    columns: elements.map(({name}) => name),
    read: wanted => read(file, raw, elements, wanted, signal),
  };
}

/** The columns; nested ones (maps of tags) with all that is below them count as one. */
function topLevel(schema: readonly Element[]): Element[] {
  const columns: Element[] = [];
  let skip = 0;
  for (const element of schema.slice(1)) {
    if (skip === 0) columns.push(element);
    else skip--;
    skip += element.num_children ?? 0;
  }
  return columns;
}

function withoutDecimal(element: Element): Element {
  if (!isDecimal(element)) return element;
  const {converted_type: _, logical_type: __, ...bare} = element;
  return bare;
}

const isDecimal = ({converted_type, logical_type}: Element): boolean =>
  converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL';

async function* read(
  file: File,
  metadata: Metadata,
  elements: readonly Element[],
  wanted: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch> {
  const found = wanted.map(name => elements.find(element => element.name === name));
  const columns = [...new Set(found.flatMap(element => element?.name ?? []))];
  const places = found.map((element, index) => (element ? index : -1));
  const total = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < total; rowStart += ROWS) {
    if (signal?.aborted) throw new InterruptedError();
    const rowEnd = Math.min(total, rowStart + ROWS);
    let objects: readonly {readonly [name: string]: unknown}[];
    try {
      objects = await parquetReadObjects({
        file,
        metadata,
        columns,
        rowStart,
        rowEnd,
        compressors,
        utf8: false,
      });
    } catch {
      throw unreadable(`rows ${rowStart + 1} to ${rowEnd} cannot be read`, 'a whole Parquet file');
    }
    const rows = objects.map(object =>
      found.map(element => (element ? textOf(object[element.name], element) : '')),
    );
    const start = rowStart;
    yield {rows, places, where: row => `row ${start + row + 1}`};
  }
}

function textOf(value: unknown, element: Element): string {
  if (value === null || value === undefined) return '';
  if (isDecimal(element)) return decimalText(value, element.scale ?? 0);
  if (element.type === 'FLOAT' && typeof value === 'number') return shortest(value);
  if (value instanceof Date) return formatInstant(instant(value.getTime()));
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (typeof value === 'object') return JSON.stringify(value, (_, item: unknown) => plain(item));
  return String(value);
}

/** The shortest number that a single-precision one stands for: 0.1, and not the 0.10000000149011612 that it is as a double. */
function shortest(value: number): string {
  const found = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    .map(digits => Number(value.toPrecision(digits)))
    .find(candidate => Math.fround(candidate) === value);
  return String(found ?? value);
}

const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
};

/** An unscaled integer: a number, or big-endian two's complement. */
function decimalText(value: unknown, scale: number): string {
  if (value instanceof Uint8Array) {
    const unsigned = value.length === 0 ? 0n : BigInt(`0x${Buffer.from(value).toString('hex')}`);
    return fromScaled(BigInt.asIntN(value.length * 8, unsigned), scale);
  }
  return fromScaled(BigInt(String(value)), scale);
}
