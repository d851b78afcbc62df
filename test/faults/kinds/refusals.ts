import {type Fault, type Hit, send, textOf} from '../fault.ts';

const HTML =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Oops</h1></body></html>';
const said = (message: string): string =>
  JSON.stringify({error: {message, code: 'x', type: 'x', param: null}});

const status = (code: number, nature: Fault['nature'], body = said(`this is ${code}`)): Fault => ({
  name: `${code}${body === HTML ? ' with a page of HTML' : ''}`,
  family: 'refusals',
  nature,
  strike: hit => send(hit, body, body === HTML ? {'content-type': 'text/html'} : {}, code),
});

const wait = (
  name: string,
  nature: Fault['nature'],
  headers: (hit: Hit) => {readonly [name: string]: string},
  body: (hit: Hit) => string = () => said('slow down'),
  code = 429,
): Fault => ({name, family: 'waits', nature, strike: hit => send(hit, body(hit), headers(hit), code)});

/** Waits that no sane server asks for. */
const ABSURD = [
  '1e9',
  '99999999999999999999999',
  '-5',
  'soon',
  'Infinity',
  'NaN',
  '0x10',
  '3600',
  '',
  '5, 10',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  '+275760-09-13T00:00:00.001Z',
];
const ABSURD_BODIES = ['1e300', '-1', '"60"', 'null', '{}', '1e999', '86400'];

const inSeconds = (hit: Hit): string => String(hit.random.whole(0, 9));

export const REFUSALS: readonly Fault[] = [
  ...[408, 429, 500, 502, 503, 504].map(code => status(code, 'passing')),
  ...[502, 503, 200].map(code => status(code, 'passing', HTML)),
  ...[400, 404, 409, 418, 422, 451].map(code => status(code, 'fatal')),
  ...[401, 403].map(code => status(code, 'fatal')),
  ...[501, 507, 520, 599].map(code => status(code, 'any')),
  {name: '204 and no body', family: 'refusals', nature: 'passing', strike: hit => send(hit, '', {}, 204)},
  status(404, 'fatal', HTML),
  wait('429 with Retry-After in seconds', 'passing', hit => ({'retry-after': inSeconds(hit)})),
  wait(
    '503 with Retry-After in seconds',
    'passing',
    hit => ({'retry-after': inSeconds(hit)}),
    undefined,
    503,
  ),
  wait('429 with Retry-After as a date', 'passing', hit => ({
    'retry-after': new Date(hit.clock.now() + hit.random.whole(0, 9) * 1_000).toUTCString(),
  })),
  wait(
    '429 with retry_after in the body',
    'passing',
    () => ({}),
    hit => `{"error": {"message": "slow down", "retry_after": ${inSeconds(hit)}}}`,
  ),
  wait('429 with an absurd Retry-After', 'any', hit => ({'retry-after': hit.random.pick(ABSURD)})),
  wait(
    '429 with an absurd retry_after in the body',
    'any',
    () => ({}),
    hit => `{"retry_after": ${hit.random.pick(ABSURD_BODIES)}}`,
  ),
];

export const REDIRECTS: readonly Fault[] = [
  ...[301, 302, 303, 307, 308].map(
    (code): Fault => ({
      name: `${code} to another host`,
      family: 'redirects',
      nature: 'fatal',
      strike: hit => send(hit, '', {location: `${hit.elsewhere}${hit.response.req.url}`}, code),
    }),
  ),
  {
    name: '200 with Location, Refresh and Link to another host',
    family: 'redirects',
    nature: 'harmless',
    strike: hit =>
      send(hit, textOf(hit.answer), {
        location: hit.elsewhere,
        refresh: `0; url=${hit.elsewhere}`,
        link: `<${hit.elsewhere}>; rel=preload`,
        'alt-svc': `h2="${hit.elsewhere.replace('http://', '')}"`,
      }),
  },
  {
    name: '304',
    family: 'redirects',
    nature: 'fatal',
    strike: hit => send(hit, '', {}, 304),
  },
];
