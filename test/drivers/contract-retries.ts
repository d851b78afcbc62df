import {describe, expect, test} from 'vitest';
import {SECOND_MS} from '../../src/core/instant.ts';
import {NOW} from '../support/session.ts';
import {expectSame} from './contract-expect.ts';
import {
  body,
  chunksEndEarly,
  cutClean,
  cutShort,
  gzipCut,
  page,
  resetBefore,
  resetInside,
  status,
} from './contract-failures.ts';
import {at, attempt, type Failure, type Subject} from './contract-rig.ts';
import {success} from './contract-success.ts';

/** Failures that pass: one is met on the first request, and in another run on the last one. */
const PASSING: {readonly [name: string]: Failure} = {
  '429 without Retry-After': status(429),
  '408': status(408),
  '500': status(500),
  '502': status(502),
  '503': status(503),
  '504': status(504),
  'an HTML page with 502': page(502),
  'an HTML page with 200': page(200),
  'a reset before the answer': resetBefore,
  'a reset inside the body': resetInside,
  'a body shorter than its Content-Length': cutShort,
  'half a body with a Content-Length that agrees': cutClean,
  'a chunked body that ends early': chunksEndEarly,
  'a compressed body that ends early': gzipCut,
  'text that is not JSON': body('{"data": [,]}'),
  'an empty body': body(''),
  'bytes that are not UTF-8': body(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
};

/** Waits that are asked for, in seconds. */
const ASKED: {readonly [name: string]: readonly [Failure, seconds: number]} = {
  'Retry-After in seconds': [status(429, {'retry-after': '7'}), 7],
  'Retry-After as an HTTP date': [
    status(429, {'retry-after': new Date(NOW + 9 * SECOND_MS).toUTCString()}),
    9,
  ],
  'retry_after in the body': [status(429, {}, {retry_after: 5}), 5],
  'retry_after in the error of the body': [
    status(429, {}, {error: {message: 'slow down', retry_after: 6}}),
    6,
  ],
  'Retry-After of a 503': [status(503, {'retry-after': '8'}), 8],
};

export function describeRetries(subject: Subject): void {
  describe('rides out', () => {
    test.each(Object.entries(PASSING))('%s', async (_, failure) => {
      const good = await success(subject);
      for (const index of new Set([0, good.received.length - 1])) {
        const outcome = await attempt(subject, {fail: at(index, failure)});
        expectSame(outcome, good.records ?? []);
        expect(outcome.received.length).toBe(good.received.length + 1);
        expect(outcome.slept.length).toBe(1);
      }
    });

    test.each(Object.entries(ASKED))('%s, and waits that long', async (_, [failure, seconds]) => {
      const good = await success(subject);
      const outcome = await attempt(subject, {fail: at(0, failure)});
      expectSame(outcome, good.records ?? []);
      expect(outcome.slept.length).toBe(1);
      expect(outcome.slept[0]).toBeGreaterThanOrEqual(seconds * SECOND_MS);
      expect(outcome.slept[0]).toBeLessThan((seconds + 1) * SECOND_MS);
    });
  });
}
