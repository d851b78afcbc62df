import {describe, expect, test} from 'vitest';
import type {ProviderErrorCode} from '../../src/core/errors.ts';
import {loopback} from '../support/loopback.ts';
import {expectProviderError, expectRefused} from './contract-expect.ts';
import {page, redirect, status} from './contract-failures.ts';
import {at, attempt, type Failure, from, type Subject} from './contract-rig.ts';
import {success} from './contract-success.ts';

/** Refusals that another try does not mend. */
const FINAL: {readonly [name: string]: readonly [Failure, ProviderErrorCode]} = {
  '400': [status(400), 'bad_request'],
  '404': [status(404), 'not_found'],
  '422': [status(422), 'bad_request'],
  '501': [status(501), 'server_error'],
  'an HTML page with 404': [page(404), 'not_found'],
};

/** Failures that every try meets. */
const LASTING: {readonly [name: string]: readonly [Failure, ProviderErrorCode]} = {
  '429': [status(429), 'rate_limited'],
  '429 with Retry-After': [status(429, {'retry-after': '2'}), 'rate_limited'],
  '500': [status(500), 'server_error'],
  '503': [status(503), 'server_error'],
  '504': [status(504), 'timeout'],
  'an HTML page with 500': [page(500), 'server_error'],
};

export function describeRefusals(subject: Subject): void {
  describe('refused', () => {
    test.each([401, 403])('%i is about the credential, and is not tried again', async code => {
      const {received} = await success(subject);
      for (const index of new Set([0, received.length - 1])) {
        const outcome = await attempt(subject, {fail: at(index, status(code))});
        expectRefused(outcome);
        expect(outcome.received.length).toBe(index + 1);
      }
    });

    test.each(Object.entries(FINAL))('%s is not tried again', async (_, [failure, code]) => {
      const {received} = await success(subject);
      for (const index of new Set([0, received.length - 1])) {
        const outcome = await attempt(subject, {fail: at(index, failure)});
        expectProviderError(outcome, code);
        expect(outcome.received.length).toBe(index + 1);
      }
    });

    test.each(Object.entries(LASTING))('%s for ever ends in an error', async (_, [failure, code]) => {
      const {received} = await success(subject);
      for (const index of new Set([0, received.length - 1])) {
        const outcome = await attempt(subject, {fail: from(index, failure)});
        expectProviderError(outcome, code);
        expect(outcome.received.length).toBeGreaterThan(index + 1);
        expect(outcome.received.length).toBeLessThan(index + 20);
      }
    });

    test('a wait of an hour is told and not waited for', async () => {
      const outcome = await attempt(subject, {fail: at(0, status(429, {'retry-after': '3600'}))});
      expect(expectProviderError(outcome, 'rate_limited')).toContain('until 2026-11-22T10:00:00Z');
      expect(outcome.slept).toEqual([]);
      expect(outcome.received.length).toBe(1);
    });

    test.each([301, 302, 303, 307, 308])('a %i is not followed: the key stays with its host', async code => {
      const other = await loopback(() => ({body: subject.exchanges[0]?.response.body}));
      const outcome = await attempt(subject, {fail: at(0, redirect(code, `${other.url}/elsewhere`))});
      await other.close();
      expectProviderError(outcome, 'bad_response');
      expect(other.received).toEqual([]);
    });
  });
}
