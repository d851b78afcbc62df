import type {FocusColumn} from '../core/focus-columns.ts';
import {csvEncoder, type Encoder, ndjsonEncoder} from './encode.ts';

export const FOCUS_FORMATS = ['csv', 'ndjson', 'parquet'] as const;
export type FocusFormat = (typeof FOCUS_FORMATS)[number];

/** A file in the making: charges become lines one by one, and at the end all lines become the file. */
export interface Sheet {
  readonly encoder: Encoder;
  /** The whole file, from the lines that the encoder made. */
  chunks(lines: AsyncIterable<Uint8Array>): AsyncIterable<string | Uint8Array>;
  /** Columns of decimals that had to be text, once all rows are encoded. */
  readonly asText: readonly FocusColumn[];
}

/** Finds the writer of a format; only Parquet loads one. `clean` makes text safe for a terminal, and changes no file. */
export async function openSheet(
  format: FocusFormat,
  columns: readonly FocusColumn[],
  clean: (text: string) => string,
): Promise<Sheet> {
  if (format === 'parquet') {
    const {ParquetSheet} = await import('./write-parquet.ts');
    const sheet = new ParquetSheet(columns);
    return {
      encoder: sheet.encoder,
      chunks: lines => sheet.bytes(lines),
      get asText() {
        return sheet.asText;
      },
    };
  }
  const encoder = format === 'csv' ? csvEncoder(columns, clean) : ndjsonEncoder(columns);
  async function* chunks(lines: AsyncIterable<Uint8Array>): AsyncGenerator<string | Uint8Array> {
    yield encoder.head;
    yield* lines;
  }
  return {encoder, chunks, asText: []};
}
