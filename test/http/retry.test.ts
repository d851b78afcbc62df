import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {instant} from '../../src/core/instant.ts';
import {decideRetry, describeWait} from '../../src/http/retry.ts';
import {NOW} from '../support/session.ts';

const statuses = fc.integer({min: 200, max: 599});
const chance = fc.double({min: 0, max: 1, noNaN: true, maxExcluded: true});

describe('decideRetry', () => {
  it.each([undefined, 408, 429, 500, 502, 503, 504])('tries again after %s', status =>
    expect(decideRetry({status}, 1, NOW, 0.5)).toEqual({retry: true, delay: 250}),
  );

  it.each([200, 301, 302, 400, 401, 403, 404, 409, 410, 422, 501, 505])('does not after %s', status =>
    expect(decideRetry({status, retryAfter: '1'}, 1, NOW, 0.5)).toEqual({retry: false}),
  );

  it('doubles the delay up to a ceiling, with full jitter, and gives up after four', () => {
    const delays = [1, 2, 3, 4].map(attempt => decideRetry({status: 503}, attempt, NOW, 0.5));
    expect(delays).toEqual([250, 500, 1_000, 2_000].map(delay => ({retry: true, delay})));
    expect(decideRetry({status: 503}, 5, NOW, 0.5)).toEqual({retry: false});
    fc.assert(
      fc.property(fc.integer({min: 1, max: 4}), chance, (attempt, random) => {
        const decision = decideRetry({status: 503}, attempt, NOW, random);
        expect(decision).toMatchObject({retry: true});
        if (decision.retry) expect(decision.delay).toBeLessThanOrEqual(500 * 2 ** (attempt - 1));
      }),
    );
  });

  it.each([
    ['seconds', {retryAfter: '7'}, 7_000],
    ['fractions', {retryAfter: '0.5'}, 500],
    ['nothing', {retryAfter: '0'}, 0],
    ['a date', {retryAfter: 'Sun, 22 Nov 2026 09:00:20 GMT'}, 20_000],
    ['a date gone by', {retryAfter: 'Sun, 22 Nov 2026 08:00:00 GMT'}, 0],
    ['the body', {bodyRetryAfter: 3}, 3_000],
    ['text of the body', {bodyRetryAfter: '3'}, 3_000],
    ['the header before the body', {retryAfter: '2', bodyRetryAfter: 9}, 2_000],
  ])('waits what is asked for in %s', (_, asked, delay) =>
    expect(decideRetry({status: 429, ...asked}, 1, NOW, 0)).toEqual({retry: true, delay, asked: delay}),
  );

  it.each(['soon', '-5', '1e9', '', 'NaN'])('minds no Retry-After of %j', retryAfter =>
    expect(decideRetry({status: 429, retryAfter}, 1, NOW, 0.5)).toMatchObject({retry: true, delay: 250}),
  );

  it('reports a wait that is too long instead of waiting', () => {
    expect(decideRetry({status: 429, retryAfter: '3600'}, 1, NOW, 0)).toEqual({
      retry: false,
      asked: 3_600_000,
    });
    expect(describeWait(90_000, NOW)).toBe('90 s');
    expect(describeWait(3_600_000, NOW)).toBe('until 2026-11-22T10:00:00Z');
  });

  // Found by the fault laboratory: the message about such a wait was "this is a bug in usage".
  it.each(['99999999999999999999999', `1${'0'.repeat(400)}`, '+275760-09-13T00:00:00.001Z'])(
    'says something of a wait of %s',
    retryAfter => {
      const decision = decideRetry({status: 429, retryAfter}, 1, NOW, 0.5);
      if (!decision.retry) expect(describeWait(decision.asked ?? 0, NOW)).toBe('more than a year');
    },
  );

  it('says something of every wait', () => {
    fc.assert(
      fc.property(fc.double({min: 0, noNaN: true}), wait => {
        expect(describeWait(wait, NOW)).toMatch(/^\d+ s$|^until \d{4}-|^more than a year$/);
      }),
    );
  });

  it('never asks for a negative or endless wait', () => {
    fc.assert(
      fc.property(
        statuses,
        fc.integer({min: 1, max: 9}),
        chance,
        fc.string(),
        (status, attempt, random, retryAfter) => {
          const decision = decideRetry({status, retryAfter}, attempt, NOW, random);
          if (!decision.retry) return;
          expect(decision.delay).toBeGreaterThanOrEqual(0);
          expect(decision.delay).toBeLessThanOrEqual(60_500);
        },
      ),
    );
  });

  it('counts dates from the clock that it is given', () => {
    const later = instant(NOW + 15_000);
    const failure = {status: 429, retryAfter: 'Sun, 22 Nov 2026 09:00:20 GMT'};
    expect(decideRetry(failure, 1, later, 0)).toEqual({retry: true, delay: 5_000, asked: 5_000});
  });
});
