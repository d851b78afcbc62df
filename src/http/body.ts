import type {Readable} from 'node:stream';

/** A body beyond this is no bill; also the most that a compressed one may unfold to. Bytes. */
const MAX_BODY = 256 * 1024 * 1024;

/** A body larger than we take, before or after unfolding. */
export class OversizeError extends Error {}

/**
 * Reads a body to its end. Rejects if it is cut, also by the signal: a body without a length ends with its connection,
 * and Node takes one that we broke off for whole. By its events: an iterator over them takes longer to set up.
 */
export const readAll = (body: Readable, signal: AbortSignal): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason);
      body.destroy();
    };
    const chunks: Buffer[] = [];
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > MAX_BODY) body.destroy(new OversizeError(`the body is larger than ${MAX_BODY} bytes`));
    });
    body.on('error', reject);
    body.on('close', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('the connection was closed in the middle of the body'));
    });
    body.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    signal.addEventListener('abort', stop, {once: true});
    if (signal.aborted) stop();
  });

/** Undoes a `content-encoding`; rejects if the body is cut or grows too large. */
export async function unfold(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase();
  if (name === undefined || name === '' || name === 'identity') return body;
  const {brotliDecompressSync, gunzipSync, inflateSync} = await import('node:zlib');
  const options = {maxOutputLength: MAX_BODY};
  try {
    switch (name) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, options);
      case 'deflate':
        return inflateSync(body, options);
      case 'br':
        return brotliDecompressSync(body, options);
      default:
        return body;
    }
  } catch (error) {
    if (error instanceof RangeError)
      throw new OversizeError(`the body unfolds to more than ${MAX_BODY} bytes`);
    throw error;
  }
}
