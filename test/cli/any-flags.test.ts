import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {DIMENSION_NAMES, flagOf} from '../../src/core/dimension.ts';
import {type Envelope, exactJson, usage} from '../support/context.ts';
import {billsOf, sumBy, totalsOf} from '../support/providers/expected.ts';
import {ALL, always, startProviders, well} from '../support/providers.ts';

const PERIODS = {
  mtd: ['2026-11-01', '2026-11-22'],
  today: ['2026-11-22', '2026-11-22'],
  yesterday: ['2026-11-21', '2026-11-21'],
  '7d': ['2026-11-16', '2026-11-22'],
  'last-month': ['2026-10-01', '2026-10-31'],
  qtd: ['2026-10-01', '2026-11-22'],
  '2026-11': ['2026-11-01', '2026-11-22'],
  '2026-10-30..2026-11-03': ['2026-10-30', '2026-11-03'],
  '2025-02': ['2025-02-01', '2025-02-28'],
} as const;
type PeriodName = keyof typeof PERIODS;
const period = fc.constantFrom(...(Object.keys(PERIODS) as PeriodName[]));
const flag = (name: string, values: fc.Arbitrary<string>) =>
  fc.option(
    values.map(value => [name, value]),
    {nil: []},
  );
const groups = fc.subarray(DIMENSION_NAMES.map(flagOf), {maxLength: 3}).map(some => some.join() || 'none');

/** Flags that change how a figure is told, but not what it comes to. */
const telling = fc
  .tuple(
    flag('--group-by', groups),
    flag('--bucket', fc.constantFrom('day', 'week', 'month')),
    flag('--top', fc.constantFrom('1', '3', '100')),
    flag('--compare', fc.constantFrom('none', 'previous', '2026-Q3', 'last-month')),
    flag('--sort', fc.constantFrom('cost', 'cost:asc', 'provider:desc')),
    flag('--concurrency', fc.constantFrom('1', '8')),
  )
  .map(parts => parts.flat());

describe('whatever flags are given', () => {
  it('there is an answer that comes to what was billed, or a refusal and nothing else', async () => {
    const {env} = await startProviders(ALL);
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('report', 'costs'), period, telling, async (command, span, flags) => {
        const {code, stdout, stderr} = await usage([command, '--period', span, ...flags, '--json'], {env});
        if (code === 2) {
          expect(stdout).toBe('');
          expect(JSON.parse(stderr).error).toMatchObject({
            code: 'input',
            message: expect.stringMatching(/^no provider here can/),
          });
          return;
        }
        expect([code, stderr]).toEqual([0, '']);
        const {rows, totals} = exactJson(stdout) as Envelope;
        const [first, last] = PERIODS[span];
        const expected = totalsOf(billsOf(first, last));
        const known = totals.filter(
          ({cost, currency}) => (cost !== null && cost !== '0') || currency in expected,
        );
        expect(
          sumBy(
            known,
            ({currency}) => currency,
            ({cost}) => cost ?? 'nothing was told',
          ),
        ).toEqual(expected);
        const priced = rows.filter(({cost}) => cost !== null);
        expect(
          sumBy(
            priced,
            ({currency}) => currency ?? '',
            ({cost}) => cost ?? '',
          ),
        ).toEqual(expected);
        answers++;
      }),
      {numRuns: 80},
    );
    expect(answers).toBeGreaterThan(20);
  });

  it('the same question has the same answer, to the last byte', async () => {
    const {env} = await startProviders(ALL);
    const format = fc.constantFrom('json', 'csv', 'table', 'markdown', 'ndjson');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('report', 'costs', 'usage'),
        period,
        telling,
        format,
        async (command, span, flags, as) => {
          const argv = [command, '--period', span, ...flags, '--format', as, '--quiet'];
          const [first, second] = [await usage(argv, {env}), await usage(argv, {env})];
          // How long the answer took to come, and in which order its parts did, must not be seen.
          const stable = (text: string) => text.replace(/"notices": \[[\s\S]*$/, '');
          expect(stable(second.stdout)).toBe(stable(first.stdout));
          expect(second.code).toBe(first.code);
        },
      ),
      {numRuns: 40},
    );
  });

  it('nonsense is exit 2, and never a crash', async () => {
    const {env} = await startProviders({miosa: well, openai: always({status: 500, body: {}})});
    const word = fc.oneof(
      fc.string({maxLength: 8}),
      fc.constantFrom('__proto__', '-', '--', 'constructor', '\u0000', '../..', '1e9', ''),
    );
    const flags = fc.constantFrom(
      '--period',
      '--from',
      '--to',
      '--bucket',
      '--group-by',
      '--provider',
      '--account',
      '--compare',
      '--sort',
      '--top',
      '--format',
      '--fields',
      '--timeout',
      '--concurrency',
      '--nonsense',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('report', 'costs', 'usage'),
        flags,
        word,
        async (command, name, value) => {
          const {code, stdout, stderr} = await usage([command, '--provider', 'miosa', name, value], {env});
          expect([0, 2, 4, 6]).toContain(code);
          expect(stderr).not.toMatch(/bug in usage/);
          if (code === 2) {
            expect(stdout).toBe('');
            expect(stderr).toMatch(/^error: /);
          }
        },
      ),
      {numRuns: 150},
    );
  });
});
