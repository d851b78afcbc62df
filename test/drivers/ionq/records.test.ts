import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decimal} from '../../../src/core/money.ts';
import {OTHER} from '../../../src/core/record.ts';
import {periodOf} from '../../../src/drivers/ionq/modality.ts';
import {recordsOf} from '../../../src/drivers/ionq/records.ts';
import {usagesSchema} from '../../../src/drivers/ionq/schema.ts';
import {pricingOf} from '../../../src/drivers/ionq/units.ts';
import {parseExactJson} from '../../../src/http/exact-json.ts';
import {raw, serialize} from '../../support/fixtures.ts';
import {bucket, query, run, totalsOf, usageExchange} from './subject.ts';

/** A number as it may stand in an answer, with more digits than a double holds. */
const figure = fc
  .tuple(fc.bigInt({min: -(10n ** 21n), max: 10n ** 21n}), fc.integer({min: 0, max: 15}))
  .map(([digits, places]) => raw(`${digits}e-${places}`));
const unit = fc.constantFrom('USD', 'usd', 'credit', 'credits', 'EUR');
const amounts = fc.array(fc.record({amount: figure, unit}), {maxLength: 3});
const figures = {
  job_count: fc.nat().map(count => raw(String(count))),
  time_us: figure,
  amount: figure,
  amount_unit: fc.option(unit),
  amounts: fc.option(amounts),
};
const group = fc.record({group_id: fc.option(fc.string()), group_name: fc.option(fc.string()), ...figures});
const day = fc.record({
  from: fc.constant('2026-11-01'),
  // A group that comes twice is refused; those without an id are not the same one.
  group_usages: fc.uniqueArray(group, {maxLength: 5, selector: ({group_id}) => group_id || {}}),
  ...figures,
});
const body = fc.record({
  group_type: fc.constant('project'),
  modality: fc.constant('daily'),
  usage_unit: fc.option(unit),
  usage_data: fc.array(day, {minLength: 1, maxLength: 3}),
});

const read = (sent: unknown) => usagesSchema.parse(parseExactJson(serialize(sent)));
const exact = (literal: string) => decimal(literal.replace('@@raw:', ''));
const nonZero = (totals: {[unit: string]: string}) =>
  Object.fromEntries(Object.entries(totals).filter(([, amount]) => amount !== '0'));

describe('laws', () => {
  test('the records of a bucket add up exactly to the bucket, split or not, for any groups and units', () => {
    fc.assert(
      fc.property(body, sent => {
        const answer = read(sent);
        const pricing = pricingOf(answer);
        answer.usage_data.forEach((one, index) => {
          const period = periodOf(one.from, 'daily');
          const whole = recordsOf(one, period, undefined, pricing).records;
          const split = recordsOf(one, period, 'project', pricing).records;
          expect(nonZero(totalsOf(split))).toEqual(nonZero(totalsOf(whole)));
          const given = sent.usage_data[index]!;
          expect(totalsOf(whole)).toMatchObject({
            qpu_time: exact(given.time_us),
            job_count: exact(given.job_count),
          });
          if (!pricing.breakdown) expect(whole.map(({cost}) => cost?.amount)).toEqual([exact(given.amount)]);
        });
      }),
    );
  });

  test('every record has the period of its bucket, and a label has an id', () => {
    fc.assert(
      fc.property(body, sent => {
        const answer = read(sent);
        const pricing = pricingOf(answer);
        for (const one of answer.usage_data) {
          const period = periodOf(one.from, 'daily');
          for (const record of recordsOf(one, period, 'job', pricing).records) {
            expect(record.period).toBe(period);
            expect(record.labels.job?.id).not.toBe('');
            expect(record.labels.job?.name).not.toBe('');
          }
        }
      }),
    );
  });
});

describe('groups', () => {
  const asked = query('2026-11-01', '2026-11-02', {split: 'user'});
  const answered = (fields: {[field: string]: unknown}) =>
    run(asked, usageExchange({group_type: 'user', usage_data: [bucket('2026-11-01', fields)]}));

  test.each([[undefined], [null], ['']])('whose id is %j are left without a label', async group_id => {
    const {records} = await answered({
      amount: 1,
      group_usages: [{group_id, group_name: 'x', amount: 1, job_count: 0, time_us: 0}],
    });
    expect(records?.map(({labels}) => labels)).toEqual([{}]);
  });

  test('that are called (other) are not the remainder', async () => {
    const {records} = await answered({
      amount: 3,
      group_usages: [{group_id: '(other)', amount: 1, job_count: 0, time_us: 0}],
    });
    expect(records?.map(({labels}) => labels.user === OTHER)).toEqual([false, true]);
  });

  test('a remainder of jobs alone is a record too', async () => {
    const {records} = await answered({
      amount: 1,
      job_count: 5,
      group_usages: [{group_id: 'u', amount: 1, job_count: 2, time_us: 0}],
    });
    expect(records?.[1]).toMatchObject({
      labels: {user: OTHER},
      cost: {amount: '0'},
      quantities: {job_count: '3', qpu_time: '0'},
    });
  });

  test('that lack a zero are fine', async () => {
    const {records, notices} = await answered({
      amount: 1,
      job_count: 3,
      group_usages: [
        {group_id: 'u', amount: 1, job_count: 2},
        {group_id: 'v', job_count: 1},
      ],
    });
    expect(records?.map(({labels, cost}) => [labels.user?.id, cost?.amount])).toEqual([
      ['u', '1'],
      ['v', '0'],
    ]);
    expect(notices).toEqual([]);
  });

  test.each(['amount', 'time_us', 'job_count'])(
    'that lack their %s are an error where some is left over',
    async field => {
      const group_usages = [{group_id: 'u', amount: 1, job_count: 2, time_us: 3, [field]: null}];
      const {records, error} = await answered({amount: 1, job_count: 2, time_us: 3, group_usages});
      expect(records).toBeUndefined();
      expect(error).toMatchObject({code: 'bad_response', message: expect.stringContaining('2026-11-01')});
    },
  );
});
