import {describe, expect, it} from 'vitest';
import {usage} from '../support/context.ts';
import {ask, cells, fileOf} from './files.ts';

const QUANTITIES =
  'BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ConsumedQuantity,ConsumedUnit,ProviderName\n';
const row = (start: string, cells = '1,GB,P') => `1,USD,${start},,${cells}\n`;

describe('a row counts, however it is written', () => {
  it.each(['0000-01-01T00:00:00Z', '9999-01-01T00:00:00Z', '9999-12-31T00:00:00Z'])(
    'at the ends of time: %s',
    async start => {
      const file = await fileOf('x.csv', QUANTITIES + row(start) + row('2026-11-01T00:00:00Z'));
      const {stdout} = await usage(['focus', 'import', file, '--json']);
      expect(JSON.parse(stdout)).toMatchObject({rows: 2, totals: [{currency: 'USD', cost: 2}]});
    },
  );

  it.each([
    ['2026-11-02 00:00:00+00', '2026-11-02T00:00:00Z'],
    ['2026-11-02 00:00:00.000+0000', '2026-11-02T00:00:00Z'],
    ['2026-11-02T00:00:00 -0530', '2026-11-02T05:30:00Z'],
    ['2026-11-02 01:00+01', '2026-11-02T00:00:00Z'],
  ])('with the offset of a database: %s', async (start, at) => {
    const {stdout, stderr} = await usage([
      'focus',
      'import',
      await fileOf('x.csv', QUANTITIES + row(start)),
      '--json',
    ]);
    expect(stderr).not.toContain('error');
    expect(JSON.parse(stdout)).toMatchObject({start: at});
  });

  it('with a quantity that is none, which is said; but no quantity is made of it', async () => {
    const file = await fileOf('x.csv', QUANTITIES + row('2026-11-01T00:00:00Z', 'much,GB,P'));
    const said =
      'first in line 2: ConsumedQuantity "much" is no number; no cost depends on it (NumericFormat)';
    for (const line of [
      ['focus', 'import', file],
      ['costs', '--source', file],
    ]) {
      const {code, stderr} = await usage(line);
      expect(code).toBe(0);
      expect(stderr.replace(/\s+/g, ' ')).toContain(said);
    }
    expect((await usage(['usage', '--source', file])).code).toBe(5);
  });

  it('with a provider that is null or has blanks around it', async () => {
    const start = '2026-11-01T00:00:00Z';
    const file = await fileOf(
      'x.csv',
      QUANTITIES + row(start, '1,GB,NULL') + row(start, '1,GB, P ') + row(start),
    );
    const trial = await ask('costs --group-by provider --provider p', file);
    expect(cells(trial)).toEqual(['P,2,USD']);
    expect(trial.stderr).toContain('first in line 2: ProviderName says "NULL" where it means nothing');
    expect(trial.stderr).toContain('first in line 3: ProviderName has blanks around "P"');
    const {stdout} = await usage(['focus', 'import', file, '--json']);
    expect(JSON.parse(stdout).providers).toEqual(['P']);
  });
});
