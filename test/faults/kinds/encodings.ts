import {brotliCompressSync, constants, deflateSync, gzipSync} from 'node:zlib';
import {type Fault, type Hit, send, textOf} from '../fault.ts';

const packed = (
  name: string,
  nature: Fault['nature'],
  encoding: string,
  pack: (text: string) => Uint8Array,
  weight = 1,
): Fault => ({
  name,
  family: 'encodings',
  nature,
  weight,
  strike: hit => send(hit, pack(textOf(hit.answer)), encoding ? {'content-encoding': encoding} : {}),
});

const typed = (
  name: string,
  nature: Fault['nature'],
  type: string,
  encode: (text: string) => Uint8Array | string,
): Fault => ({
  name,
  family: 'encodings',
  nature,
  strike: (hit: Hit) => send(hit, encode(textOf(hit.answer)), {'content-type': type}),
});

/** More than any answer may unfold to, from a few hundred kilobytes. Made once: it takes a second. */
const bombs = new Map<string, Uint8Array>();
function bomb(name: string, pack: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const known = bombs.get(name);
  if (known) return known;
  const made = pack(Buffer.alloc(260 * 1024 * 1024, 0x20));
  bombs.set(name, made);
  return made;
}

/** So that no decoder can pass it by: a letter that is two bytes in UTF-8 and one in Latin-1. */
const accented = (text: string): string => text.replace('{', '{"note":"café",');

export const ENCODINGS: readonly Fault[] = [
  packed('gzip', 'harmless', 'gzip', gzipSync),
  packed('gzip in capitals', 'harmless', 'GZIP', gzipSync),
  packed('brotli', 'harmless', 'br', brotliCompressSync),
  packed('deflate', 'harmless', 'deflate', deflateSync),
  packed('identity', 'harmless', 'identity', text => Buffer.from(text)),
  packed('gzip within gzip', 'any', 'gzip, gzip', text => gzipSync(gzipSync(text))),
  packed('an encoding that nobody knows', 'any', 'lzma', text => gzipSync(text)),
  packed('gzip that is none', 'passing', 'gzip', text => Buffer.from(text)),
  packed('gzip that is not announced', 'passing', '', gzipSync),
  packed('gzip cut short', 'passing', 'gzip', text => gzipSync(text).subarray(0, -20)),
  packed('brotli cut short', 'passing', 'br', text => brotliCompressSync(text).subarray(0, -4)),
  packed('gzip with a wrong checksum', 'passing', 'gzip', text => {
    const bytes = Buffer.from(gzipSync(text));
    bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 0xff;
    return bytes;
  }),
  packed('a gzip bomb', 'fatal', 'gzip', () => bomb('gzip', bytes => gzipSync(bytes, {level: 1})), 0.02),
  packed(
    'a brotli bomb',
    'fatal',
    'br',
    () => bomb('br', bytes => brotliCompressSync(bytes, {params: {[constants.BROTLI_PARAM_QUALITY]: 1}})),
    0.02,
  ),
  typed('UTF-16', 'passing', 'application/json; charset=utf-16', text => Buffer.from(text, 'utf16le')),
  typed('Latin-1', 'passing', 'application/json; charset=iso-8859-1', text =>
    Buffer.from(accented(text), 'latin1'),
  ),
  typed('UTF-8 that is called Latin-1', 'harmless', 'application/json; charset=iso-8859-1', accented),
  typed('a byte order mark', 'harmless', 'application/json', text => `\ufeff${text}`),
  typed('JSON that is called HTML', 'harmless', 'text/html', text => text),
];
