import {gzipSync} from 'node:zlib';
import {type Failure, SECRET} from './contract-rig.ts';

/** An answer of that status. The body says the secret in every place where providers put words. */
export const status =
  (
    code: number,
    headers: {readonly [name: string]: string} = {},
    fields: {readonly [name: string]: unknown} = {},
  ): Failure =>
  response => {
    const message = `no, not with ${SECRET}`;
    const body = {error: {code: 'refused', message}, message, detail: message, ...fields};
    response.writeHead(code, {'content-type': 'application/json', ...headers});
    response.end(JSON.stringify(body));
  };

/** A page for people, as proxies and load balancers send it. */
export const page =
  (code: number): Failure =>
  response => {
    response.writeHead(code, {'content-type': 'text/html'});
    response.end(
      `<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>${code}</h1></body></html>`,
    );
  };

/** 200 with a body of another kind. */
export const body =
  (text: string | Buffer): Failure =>
  response => {
    response.writeHead(200, {'content-type': 'application/json'});
    response.end(text);
  };

/** The connection ends before a byte of the answer. */
export const resetBefore: Failure = response => {
  response.socket?.resetAndDestroy();
};

/** The connection is reset when half of the body has come. */
export const resetInside: Failure = (response, recorded) => {
  response.writeHead(200, {'content-length': Buffer.byteLength(recorded)});
  response.write(half(recorded), () => response.socket?.resetAndDestroy());
};

/** Half of the body, while Content-Length promises all of it. */
export const cutShort: Failure = (response, recorded) => {
  response.writeHead(200, {'content-length': Buffer.byteLength(recorded)});
  response.write(half(recorded), () => response.socket?.end());
};

/** Half of the body, and Content-Length agrees: only the JSON shows it. */
export const cutClean: Failure = (response, recorded) => {
  response.writeHead(200, {'content-length': half(recorded).length});
  response.end(half(recorded));
};

/** A chunked body without its last chunk. The text is whole JSON, so that only the framing shows it. */
export const chunksEndEarly: Failure = (response, recorded) => {
  response.writeHead(200, {'transfer-encoding': 'chunked'});
  response.write(recorded, () => response.socket?.end());
};

/** Headers, half of the body, and then nothing. */
export const stallInside: Failure = (response, recorded) => {
  response.writeHead(200, {'content-length': Buffer.byteLength(recorded)});
  response.write(half(recorded));
};

export const stallBefore: Failure = () => undefined;

export const gzipped: Failure = (response, recorded) => {
  response.writeHead(200, {'content-encoding': 'gzip'});
  response.end(gzipSync(recorded));
};

/** A compressed body whose end is missing. */
export const gzipCut: Failure = (response, recorded) => {
  response.writeHead(200, {'content-encoding': 'gzip'});
  response.end(gzipSync(recorded).subarray(0, -9));
};

export const redirect =
  (code: number, location: string): Failure =>
  response => {
    response.writeHead(code, {location});
    response.end();
  };

const half = (recorded: string): Buffer =>
  Buffer.from(recorded).subarray(0, Math.ceil(Buffer.byteLength(recorded) / 2));
