import {beforeEach, describe, expect, it} from 'vitest';
import {answered, type Envelope, type Row, usage} from '../support/context.ts';
import {type Bill, billsOf, sumBy, totalsOf} from '../support/providers/expected.ts';
import {ALL, type Providers, startProviders} from '../support/providers.ts';

// Whatever is asked for, rows and totals come to what was billed, to the last digit that was sent.

let providers: Providers;
beforeEach(async () => {
  providers = await startProviders(ALL);
});
const ask = (line: string): Promise<Envelope> => answered(line, {env: providers.env});
const rowTotals = (rows: readonly Row[], field = 'cost') =>
  sumBy(
    rows.filter(row => row[field] !== null),
    row => row.currency ?? '',
    row => row[field] ?? '',
  );

const MTD = billsOf('2026-11-01', '2026-11-22');

describe('rows and totals are what was billed', () => {
  it.each([
    ['costs', MTD],
    ['costs --group-by none', MTD],
    ['costs --group-by provider,account', MTD],
    ['costs --group-by project', MTD],
    ['costs --group-by line-item', MTD],
    ['costs --group-by api-key,line-item', MTD],
    ['costs --group-by user,project', MTD],
    ['costs --group-by job', MTD],
    ['costs --group-by workspace', MTD],
    ['costs --group-by project --top 2', MTD],
    ['costs --bucket day', MTD],
    ['costs --bucket day --group-by project --top 3', MTD],
    ['costs --bucket week --group-by user', MTD],
    ['costs --bucket month --period qtd', billsOf('2026-10-01', '2026-11-22')],
    ['costs --period 2026-Q4 --bucket week', billsOf('2026-10-01', '2026-11-22')],
    ['costs --period last-month', billsOf('2026-10-01', '2026-10-31')],
    ['costs --period 7d', billsOf('2026-11-16', '2026-11-22')],
    ['costs --period today', billsOf('2026-11-22', '2026-11-22')],
    ['costs --period yesterday --bucket day', billsOf('2026-11-21', '2026-11-21')],
    ['costs --period 2026-11-05', billsOf('2026-11-05', '2026-11-05')],
    ['costs --from 2026-10-03 --to 2026-11-04', billsOf('2026-10-03', '2026-11-04')],
    ['costs --period ytd', billsOf('2026-10-01', '2026-11-22')],
    ['costs --provider openai', MTD.filter(({provider}) => provider === 'openai')],
    ['costs --provider ionq,miosa', MTD.filter(({provider}) => provider !== 'openai')],
    ['report', MTD],
    ['report --group-by model', MTD],
    ['report --group-by kind', MTD],
    ['report --group-by project --top 1 --compare none', MTD],
    ['report --bucket day', MTD],
  ])('%s', async (line, bills) => {
    const {rows, totals} = await ask(line);
    const expected = totalsOf(bills);
    expect(rowTotals(rows)).toEqual(expected);
    expect(
      sumBy(
        totals,
        ({currency}) => currency,
        ({cost}) => cost,
      ),
    ).toEqual(expected);
  });

  it('and so is the period before, on both sides', async () => {
    const {rows, totals} = await ask('report --group-by project --bucket week');
    const before = totalsOf(billsOf('2026-10-01', '2026-10-22'));
    expect(rowTotals(rows, 'previous_cost')).toEqual(before);
    expect(
      Object.fromEntries(totals.map(({currency, previous_cost}) => [currency, previous_cost]).sort()),
    ).toEqual(before);
    expect(rowTotals(rows)).toEqual(totalsOf(MTD));
  });

  it('in CSV, TSV and line by line as well', async () => {
    const expected = totalsOf(MTD);
    for (const [format, delimiter] of [
      ['csv', ','],
      ['tsv', '\t'],
    ] as const) {
      const {stdout} = await usage(`costs --group-by project --format ${format}`, {env: providers.env});
      const cells = stdout
        .trimEnd()
        .split('\n')
        .slice(1)
        .map(line => line.split(delimiter).slice(-2));
      expect(
        sumBy(
          cells,
          ([, currency]) => currency ?? '',
          ([cost]) => cost ?? '',
        ),
      ).toEqual(expected);
    }
    const {stdout} = await usage('costs --group-by project --format ndjson', {env: providers.env});
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map(line => /"cost":(-?[\d.]+),"currency":"(\w+)"/.exec(line));
    expect(
      sumBy(
        lines,
        match => match?.[2] ?? '',
        match => match?.[1] ?? '',
      ),
    ).toEqual(expected);
  });
});

describe('groups are what was billed for them', () => {
  const groups = ({rows}: Envelope, field: string) =>
    sumBy(
      rows.filter(row => row.cost !== null),
      row => `${row.provider} ${row[field]}`,
      row => row.cost ?? '',
    );
  const expected = (bills: readonly Bill[], dimension: string) =>
    sumBy(
      bills,
      ({provider, labels}) => `${provider} ${labels[dimension] ?? null}`,
      ({amount}) => amount,
    );

  it.each([
    ['--provider openai,miosa --group-by project', 'project_id', 'project'],
    ['--provider openai --group-by api-key', 'api_key_id', 'api_key'],
    ['--provider ionq --group-by user', 'user_id', 'user'],
    ['--provider miosa --group-by user', 'user_id', 'user'],
    ['--provider miosa --group-by workspace', 'workspace_id', 'workspace'],
  ])('%s', async (line, field, dimension) => {
    const providersAsked = line.split(' ')[1]!.split(',');
    const bills = MTD.filter(({provider}) => providersAsked.includes(provider));
    expect(groups(await ask(`costs ${line}`), field)).toEqual(expected(bills, dimension));
  });

  it('line items are added up again where the API tells projects apart that nobody asked for', async () => {
    const {rows} = await ask('costs --provider openai --group-by line-item');
    const items = MTD.filter(({provider}) => provider === 'openai');
    expect(
      sumBy(
        rows,
        row => row.line_item ?? '',
        row => row.cost ?? '',
      ),
    ).toEqual(
      sumBy(
        items,
        ({labels}) => labels.line_item ?? '',
        ({amount}) => amount,
      ),
    );
    expect(rows).toHaveLength(4);
  });

  it('the largest five of a day are listed, and (other) is what is left of it', async () => {
    const {rows, notices} = await ask('costs --provider ionq --group-by project --period 2026-11-03');
    const ofDay = billsOf('2026-11-03', '2026-11-03').filter(({provider}) => provider === 'ionq');
    expect(ofDay).toHaveLength(8);
    expect(rows.map(row => `${row.project_name} ${row.project_id}`)).toEqual([
      'Lab 7 lab-7',
      'Lab 6 lab-6',
      'Lab 5 lab-5',
      'Lab 4 lab-4',
      'Lab 3 lab-3',
      '(other) null',
    ]);
    expect(rows.at(-1)!.cost).toBe(totalsOf(ofDay.slice(0, 3)).USD);
    expect(notices).toContainEqual(expect.objectContaining({code: 'other_groups', provider: 'ionq'}));
  });

  it('what has no label is a row of its own, with null for an id', async () => {
    const {rows} = await ask('costs --provider openai,miosa --group-by project');
    const without = MTD.filter(({provider, labels}) => provider !== 'ionq' && labels.project === null);
    const found = rows.filter(row => row.project_id === null);
    expect(found.map(row => row.project_name)).toEqual(['(unattributed)', '(unattributed)']);
    expect(rowTotals(found)).toEqual(totalsOf(without));
  });

  it('currencies are never added: each has rows and a total of its own', async () => {
    const {rows, totals} = await ask('costs --group-by none');
    expect(rows.map(row => [row.provider, row.currency])).toEqual([
      [null, 'USD'],
      [null, 'MIOSA_CREDIT_CENTS'],
    ]);
    expect(totals.map(({currency}) => currency)).toEqual(['USD', 'MIOSA_CREDIT_CENTS']);
  });
});
