import {describe, expect, test} from 'vitest';
import type {ProviderErrorCode} from '../../src/core/errors.ts';
import {expectProviderError} from './contract-expect.ts';
import {
  body,
  chunksEndEarly,
  cutClean,
  cutShort,
  page,
  resetBefore,
  resetInside,
} from './contract-failures.ts';
import {at, attempt, type Failure, from, type Subject} from './contract-rig.ts';
import {success} from './contract-success.ts';

/** Whole JSON that is no answer to what was asked. */
const OTHER_SHAPES = [
  '[]',
  'null',
  '"text"',
  '5',
  'true',
  '{}',
  '[[]]',
  '{"data":{}}',
  '{"data":null}',
  '{"error":"oops"}',
];

const BROKEN: {readonly [name: string]: readonly [Failure, ...ProviderErrorCode[]]} = {
  'a reset before the answer': [resetBefore, 'unreachable'],
  'a reset inside the body': [resetInside, 'unreachable'],
  'a body shorter than its Content-Length': [cutShort, 'unreachable'],
  'half a body with a Content-Length that agrees': [cutClean, 'bad_response'],
  'a chunked body that ends early': [chunksEndEarly, 'unreachable'],
  'text that is not JSON': [body('{"data": [1, 2'), 'bad_response'],
  'NaN, which is not JSON': [body('{"data": NaN}'), 'bad_response'],
  'an HTML page with 200': [page(200), 'bad_response'],
};

export function describeBroken(subject: Subject): void {
  describe('broken', () => {
    test.each(OTHER_SHAPES)('%s is another shape, and is not tried again', async text => {
      const {received} = await success(subject);
      for (const index of new Set([0, received.length - 1])) {
        const outcome = await attempt(subject, {fail: at(index, body(text))});
        expectProviderError(outcome, 'bad_response');
        expect(outcome.slept).toEqual([]);
      }
    });

    test.each(Object.entries(BROKEN))('%s for ever ends in an error', async (_, [failure, ...codes]) => {
      const {received} = await success(subject);
      for (const index of new Set([0, received.length - 1])) {
        const outcome = await attempt(subject, {fail: from(index, failure)});
        expectProviderError(outcome, ...codes);
        expect(outcome.slept.length).toBeGreaterThan(1);
      }
    });
  });
}
