import {isDeepStrictEqual} from 'node:util';
import {describe, expect, test} from 'vitest';
import {ProviderError} from '../../src/core/errors.ts';
import type {Record} from '../../src/core/record.ts';
import {type Exchange, isRaw, raw} from '../support/fixtures.ts';
import {expectSame} from './contract-expect.ts';
import {attempt, type Outcome, type Subject} from './contract-rig.ts';
import {success} from './contract-success.ts';
import {addToObjects, change, fields, type Path, patternOf, valueAt} from './contract-tree.ts';

/** Many small runs in one test. */
const LONG = {timeout: 60_000};

export function describeMutations(subject: Subject): void {
  describe('spoilt', LONG, () => {
    test.each([
      ['missing', undefined],
      ['null', null],
    ])('a field that is %s is an error, or changes no figure', async (_, value) => {
      const failed = await spoil(subject, fields, () => [value], isOptional(subject));
      expect(failed).toBeGreaterThan(0);
    });

    test('an amount that is no number is an error, or is not used', async () => {
      const values = [raw('1e999'), raw('-1e999'), 'NaN', '', 'Infinity', ' 1', true, []];
      // Text that looks like a number may be an id, which may be optional; a number is never excused.
      const excused = (path: Path, was: unknown) =>
        typeof was === 'string' && !isRaw(was) && isOptional(subject)(path);
      const failed = await spoil(
        subject,
        body => fields(body).filter(path => isNumeric(valueAt(body, path))),
        () => values,
        excused,
      );
      expect(failed).toBeGreaterThan(0);
    });

    test('a server that answers every page and window with the same one is found out', async () => {
      const good = await success(subject);
      for (const one of subject.exchanges) {
        const exchanges = subject.exchanges.map(other =>
          isSamePath(one, other) ? {...other, response: one.response} : other,
        );
        if (isDeepStrictEqual(exchanges, subject.exchanges)) continue;
        const outcome = await attempt(subject, {exchanges});
        expect(complaint(outcome, good.records ?? [], false)).toBeUndefined();
      }
    });

    test('unknown fields pass', async () => {
      const good = await success(subject);
      const exchanges = subject.exchanges.map(exchange =>
        withBody(exchange, addToObjects(exchange.response.body, subject.maps)),
      );
      expectSame(await attempt(subject, {exchanges}), good.records ?? []);
    });
  });
}

/**
 * Puts each value in place of each field, one at a time (undefined deletes it), and lists every outcome that is
 * neither an error of the provider nor the same records. Gives how many were errors.
 */
async function spoil(
  subject: Subject,
  pick: (body: unknown) => readonly Path[],
  values: () => readonly unknown[],
  excused: (path: Path, was: unknown) => boolean,
): Promise<number> {
  const expected = (await success(subject)).records ?? [];
  const complaints: string[] = [];
  let failed = 0;
  for (const [index, exchange] of subject.exchanges.entries()) {
    const {body} = exchange.response;
    for (const path of pick(body)) {
      for (const value of values()) {
        const exchanges = subject.exchanges.with(index, withBody(exchange, change(body, path, value)));
        const outcome = await attempt(subject, {exchanges});
        if (outcome.error) failed++;
        const found = complaint(outcome, expected, excused(path, valueAt(body, path)));
        if (found)
          complaints.push(
            `${exchange.request.path} #${index} ${path.join('.')} = ${JSON.stringify(value)}: ${found}`,
          );
      }
    }
  }
  expect(complaints).toEqual([]);
  return failed;
}

function complaint(outcome: Outcome, expected: readonly Record[], lessIsFine: boolean): string | undefined {
  const {records, error} = outcome;
  if (!records) return error instanceof ProviderError ? undefined : `not a ProviderError: ${error}`;
  if (isDeepStrictEqual(records, expected)) return undefined;
  if (lessIsFine && saysLess(records, expected)) return undefined;
  return 'other records, and no error';
}

/** Whether the amounts are the same and quantities are only left out; labels may be missing. */
function saysLess(records: readonly Record[], expected: readonly Record[]): boolean {
  if (!isDeepStrictEqual(records.flatMap(costs).sort(), expected.flatMap(costs).sort())) return false;
  const rest = expected.flatMap(quantities);
  return records.flatMap(quantities).every(figure => {
    const index = rest.indexOf(figure);
    return index >= 0 && rest.splice(index, 1).length === 1;
  });
}

const costs = ({period, cost}: Record): string[] => (cost ? [JSON.stringify([period, cost])] : []);
const quantities = ({period, kind, quantities = {}}: Record): string[] =>
  Object.entries(quantities).map(figure => JSON.stringify([period, kind, figure]));

const isOptional = (subject: Subject) => (path: Path) => subject.optional?.includes(patternOf(path)) ?? false;
const isSamePath = (one: Exchange, other: Exchange): boolean => one.request.path === other.request.path;
const withBody = (exchange: Exchange, body: unknown): Exchange => ({
  ...exchange,
  response: {...exchange.response, body},
});
const isNumeric = (value: unknown): boolean =>
  typeof value === 'number' ||
  isRaw(value) ||
  (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value));
