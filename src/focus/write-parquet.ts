import {ByteWriter, ParquetWriter} from 'hyparquet-writer';
import {type FocusColumn, type FocusType, typeOf} from '../core/focus-columns.ts';
import type {Encoder} from './encode.ts';

type Row = readonly (string | null)[];

/** Rows that are turned into columns at a time, and bytes of them: names may be long. */
const GROUP = 20_000;
const GROUP_BYTES = 32 * 1024 * 1024;
/** Digits that readers take of a DECIMAL, and that fit into 16 bytes. */
const MOST_DIGITS = 38;
/** Digits that a 64-bit integer holds for certain. */
const INT64_DIGITS = 18;

/** Digits before and after the point that a column needs for all its values. */
interface Width {
  whole: number;
  scale: number;
}

/** What can be written as a column: exact decimals where they fit, text else. */
type Kind =
  | {readonly type: Exclude<FocusType, 'decimal'>}
  | {readonly type: 'decimal'; readonly width: Width};

/**
 * A Parquet file in the making: rows first, to know how wide its decimals are, then the bytes. A decimal column is
 * DECIMAL with as many places as its values have; if those do not fit into 38 digits it is text, and never rounded.
 */
export class ParquetSheet {
  readonly #columns: readonly FocusColumn[];
  readonly #widths: readonly (Width | undefined)[];

  constructor(columns: readonly FocusColumn[]) {
    this.#columns = columns;
    this.#widths = columns.map(column => (typeOf(column) === 'decimal' ? {whole: 0, scale: 0} : undefined));
  }

  /** An array a line, to be taken apart again; notes the widths on the way. */
  get encoder(): Encoder {
    return {
      head: '',
      lead: column => (column === 0 ? '[' : ','),
      cell: (value, column) => {
        if (value === null) return 'null';
        const width = this.#widths[column];
        if (width) measure(width, value);
        return JSON.stringify(value);
      },
      tail: ']\n',
    };
  }

  /** Decimal columns that are text because DECIMAL cannot hold every digit of them. */
  get asText(): readonly FocusColumn[] {
    return this.#columns.filter((_, index) => {
      const width = this.#widths[index];
      return width && width.whole + width.scale > MOST_DIGITS;
    });
  }

  /** The file, from the lines that the encoder made. */
  async *bytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const kinds = this.#columns.map((column, index) => kindOf(typeOf(column), this.#widths[index]));
    const writer = new ByteWriter(1 << 20);
    const file = new ParquetWriter({
      writer,
      createdBy: 'usage',
      schema: [
        {name: 'root', num_children: kinds.length},
        ...kinds.map((kind, index) => ({name: this.#columns[index] ?? '', ...element(kind)})),
      ],
    });
    let rows: Row[] = [];
    const flush = (): Uint8Array => {
      const columnData = kinds.map((kind, index) => ({
        name: this.#columns[index] ?? '',
        data: rows.map(row => converted(row[index] ?? null, kind)),
      }));
      file.write({columnData, rowGroupSize: GROUP});
      rows = [];
      return take(writer);
    };
    const decoder = new TextDecoder();
    let rest = '';
    let size = 0;
    for await (const chunk of chunks) {
      const lines = (rest + decoder.decode(chunk, {stream: true})).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) rows.push(JSON.parse(line) as Row);
      size += chunk.length;
      if (rows.length < GROUP && size < GROUP_BYTES) continue;
      if (rows.length > 0) yield flush();
      size = 0;
    }
    if (rows.length > 0) yield flush();
    file.finish();
    yield take(writer);
  }
}

function measure(width: Width, value: string): void {
  const digits = value.startsWith('-') ? value.length - 1 : value.length;
  const point = value.indexOf('.');
  const scale = point < 0 ? 0 : value.length - point - 1;
  width.scale = Math.max(width.scale, scale);
  width.whole = Math.max(width.whole, point < 0 ? digits : digits - scale - 1);
}

function kindOf(type: FocusType, width: Width | undefined): Kind {
  if (type !== 'decimal') return {type};
  return width && width.whole + width.scale <= MOST_DIGITS ? {type, width} : {type: 'text'};
}

function element(kind: Kind) {
  const optional = {repetition_type: 'OPTIONAL'} as const;
  if (kind.type === 'instant')
    return {...optional, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS'} as const;
  if (kind.type !== 'decimal') return {...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8'} as const;
  const {whole, scale} = kind.width;
  const decimal = {...optional, converted_type: 'DECIMAL', scale} as const;
  return whole + scale <= INT64_DIGITS
    ? ({...decimal, type: 'INT64', precision: INT64_DIGITS} as const)
    : ({...decimal, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, precision: MOST_DIGITS} as const);
}

function converted(value: string | null, kind: Kind): string | bigint | null {
  if (value === null) return null;
  if (kind.type === 'instant') return BigInt(Date.parse(value));
  if (kind.type !== 'decimal') return value;
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.padEnd(kind.width.scale, '0'));
}

/** What was written since the last time, as bytes of its own. */
function take(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
