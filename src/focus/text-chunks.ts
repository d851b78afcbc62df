import {createReadStream} from 'node:fs';
import {open} from 'node:fs/promises';
import type {Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {InterruptedError} from '../core/errors.ts';
import {unreadable} from './table.ts';

const CHUNK = 256 * 1024;

/** What a file is, told by its first bytes and not by its name. */
export interface Nature {
  readonly kind: 'csv' | 'ndjson' | 'parquet';
  readonly gzip: boolean;
}

/** Looks at the first bytes of a file. Rejects with the system's error if it cannot be read. */
export async function natureOf(path: string, signal?: AbortSignal): Promise<Nature> {
  const file = await open(path);
  let gzip: boolean;
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead === 4 && buffer.toString('latin1') === 'PAR1') return {kind: 'parquet', gzip: false};
    gzip = bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
  for await (const text of textOf(path, gzip, signal)) {
    const first = text.trimStart();
    if (first !== '') return {kind: first.startsWith('{') ? 'ndjson' : 'csv', gzip};
  }
  throw unreadable('it is empty', 'a file has at least a header line');
}

/**
 * The text of a file in chunks, unpacked if it is gzip. Throws ProviderError for what is no UTF-8 and for a cut archive,
 * InterruptedError at a signal: a file may unfold to very much.
 */
export async function* textOf(path: string, gzip: boolean, signal?: AbortSignal): AsyncGenerator<string> {
  const input = createReadStream(path, {highWaterMark: CHUNK});
  const bytes: Readable = gzip ? input.pipe(createGunzip({chunkSize: CHUNK})) : input;
  input.on('error', error => bytes.destroy(error));
  const decoder = new TextDecoder('utf-8', {fatal: true});
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      if (signal?.aborted) throw new InterruptedError();
      yield decoder.decode(chunk, {stream: true});
    }
    const rest = decoder.decode();
    if (rest) yield rest;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_')) throw unreadable('its gzip is cut off or damaged', 'a whole file');
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw unreadable('it is not UTF-8', 'UTF-8 text');
    throw error;
  } finally {
    input.destroy();
  }
}
