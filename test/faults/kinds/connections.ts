import type {Fault, Hit} from '../fault.ts';
import {send, textOf} from '../fault.ts';

/** Writes bytes as they are, without Node's HTTP, and ends the connection. */
function rawly(
  {response, clock}: Hit,
  text: string | Uint8Array,
  end: 'close' | 'reset' | 'keep' = 'close',
): true {
  const {socket} = response;
  if (!socket) return true;
  socket.write(text, () => {
    clock.stir();
    if (end === 'close') socket.end();
    if (end === 'reset') socket.resetAndDestroy();
  });
  return true;
}

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const half = (text: string): string => text.slice(0, text.length / 2);
const length = (text: string): number => Buffer.byteLength(text);

const broken = (name: string, strike: (hit: Hit, text: string) => boolean): Fault => ({
  name,
  family: 'connections',
  nature: 'passing',
  strike: hit => strike(hit, textOf(hit.answer)),
});

export const CONNECTIONS: readonly Fault[] = [
  broken('reset before the answer', ({response, clock}) => {
    clock.stir();
    response.socket?.resetAndDestroy();
    return true;
  }),
  broken('closed before the answer', ({response}) => Boolean(response.socket?.end())),
  broken('reset within the head', hit => rawly(hit, 'HTTP/1.1 200 O', 'reset')),
  broken('closed after the head', hit => rawly(hit, `${HEAD}content-length: 100\r\n\r\n`)),
  broken('reset within the body', (hit, text) =>
    rawly(hit, `${HEAD}content-length: ${length(text)}\r\n\r\n${half(text)}`, 'reset'),
  ),
  broken('body cut short of its Content-Length', (hit, text) =>
    rawly(hit, `${HEAD}content-length: ${length(text)}\r\n\r\n${half(text)}`),
  ),
  broken('Content-Length shorter than the body', (hit, text) =>
    rawly(hit, `${HEAD}content-length: ${length(half(text))}\r\n\r\n${text}`),
  ),
  broken('Content-Length larger than the whole body', (hit, text) =>
    rawly(hit, `${HEAD}content-length: ${length(text) + 1}\r\n\r\n${text}`),
  ),
  broken('two different Content-Lengths', (hit, text) =>
    rawly(hit, `${HEAD}content-length: ${length(text)}\r\ncontent-length: 5\r\n\r\n${text}`),
  ),
  broken('chunks that end early', (hit, text) =>
    rawly(hit, `${HEAD}transfer-encoding: chunked\r\n\r\n${length(text).toString(16)}\r\n${half(text)}`),
  ),
  broken('chunks without the last one', (hit, text) =>
    rawly(hit, `${HEAD}transfer-encoding: chunked\r\n\r\n${length(text).toString(16)}\r\n${text}\r\n`),
  ),
  broken('a chunk of no size', (hit, text) =>
    rawly(hit, `${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n${text}`),
  ),
  broken('a cut body that ends with the connection', (hit, text) =>
    rawly(hit, `${HEAD}connection: close\r\n\r\n${half(text)}`),
  ),
  broken('no HTTP at all', hit => rawly(hit, 'SSH-2.0-OpenSSH_9.6\r\n')),
  broken('endless headers', hit => rawly(hit, `${HEAD}x: ${'y'.repeat(70_000)}\r\n\r\n{}`)),
  {
    name: 'a whole body that ends with the connection',
    family: 'connections',
    nature: 'harmless',
    strike: hit => rawly(hit, `${HEAD}connection: close\r\n\r\n${textOf(hit.answer)}`),
  },
  {
    name: 'early hints before the answer',
    family: 'connections',
    nature: 'harmless',
    strike(hit) {
      hit.response.writeEarlyHints({link: `<${hit.elsewhere}>; rel=preload`});
      return send(hit, textOf(hit.answer));
    },
  },
];

/** Sends the body in pieces, so many milliseconds apart. */
function drip({response, clock, answer}: Hit, pieces: number, pause: number): true {
  const text = Buffer.from(textOf(answer));
  const step = Math.ceil(text.length / pieces);
  response.writeHead(200, {'content-type': 'application/json', 'content-length': String(text.length)});
  const next = (from: number) => {
    if (response.destroyed) return;
    response.write(text.subarray(from, from + step), () => clock.stir());
    if (from + step < text.length) clock.after(pause, () => next(from + step));
    else response.end();
  };
  next(0);
  return true;
}

const stalls = (name: string, nature: Fault['nature'], strike: (hit: Hit) => boolean): Fault => ({
  name,
  family: 'stalls',
  nature,
  strike,
});

export const STALLS: readonly Fault[] = [
  stalls('no answer at all', 'passing', () => true),
  stalls('a head and no more', 'passing', hit => rawly(hit, `${HEAD}content-length: 100\r\n\r\n`, 'keep')),
  stalls('half a head', 'passing', hit => rawly(hit, 'HTTP/1.1 200 OK\r\nconten', 'keep')),
  stalls('half a body', 'passing', hit => {
    const text = textOf(hit.answer);
    return rawly(hit, `${HEAD}content-length: ${length(text)}\r\n\r\n${half(text)}`, 'keep');
  }),
  stalls('a drip that takes an hour', 'passing', hit => drip(hit, 120, 30_000)),
  stalls('a drip that ends in time', 'harmless', hit => drip(hit, 8, 1_000)),
];
