import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import Big from 'big.js';
import {describe, expect, it} from 'vitest';
import {answered, temporary, usage} from '../support/context.ts';
import {billsOf, totalsOf} from '../support/providers/expected.ts';
import {ALL, always, except, startProviders, well} from '../support/providers.ts';
import {COSTS, PERIOD, startQuirks} from './quirks.ts';
import {headerOf, rowsOf, sumOf} from './read.ts';

const of = (provider: string) => (row: {readonly [column: string]: string}) => row.x_Provider === provider;

describe('the sums are those of usage costs, to the last digit', () => {
  it.each(['mtd', 'qtd', 'last-month', '7d', 'today', '2026-11-05', '2026-10-03..2026-11-04'])(
    '%s',
    async period => {
      const {env} = await startProviders(ALL);
      const trial = await usage(`focus --period ${period} --rate MIOSA_CREDIT_CENTS=0.0123`, {env});
      expect(trial.code).toBe(0);
      const rows = rowsOf(trial.stdout);
      const {rows: costs} = await answered(`costs --period ${period}`, {env});
      for (const {provider, cost} of costs) {
        const pick = of(String(provider));
        if (provider !== 'miosa') {
          for (const column of ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'])
            expect([provider, column, sumOf(rows, column, pick)]).toEqual([provider, column, cost]);
          continue;
        }
        // Credits were paid for in advance: their worth is effective, and nothing is billed.
        expect(sumOf(rows, 'x_CreditAmount', pick)).toBe(cost);
        expect(sumOf(rows, 'BilledCost', pick)).toBe('0');
        const worth = new Big(String(cost)).times('0.0123');
        for (const column of ['EffectiveCost', 'ListCost', 'ContractedCost'])
          expect(sumOf(rows, column, pick)).toBe(worth.toFixed());
      }
    },
  );

  it('and so are those of servers with every quirk, where rows that are alike are one', async () => {
    const {env} = await startQuirks();
    const {stdout} = await usage(`focus ${PERIOD}`, {env});
    const rows = rowsOf(stdout);
    const {rows: costs} = await answered(`costs ${PERIOD} --provider openai`, {env});
    expect(sumOf(rows, 'BilledCost', of('openai'))).toBe(costs[0]?.cost);
    // Two days; "gpt-5.1, input" of one project comes twice with tokens, and once without.
    expect(rows.filter(of('openai')).length).toBe((COSTS.length - 1) * 2);
    expect(
      rows.filter(row => row.SkuId === 'gpt-5.1, input').map(row => [row.BilledCost, row.ConsumedQuantity]),
    ).toEqual([
      ['0.5625', '50010.0'],
      ['0.25', ''],
      ['0.5625', '50010.0'],
      ['0.25', ''],
    ]);
  });
});

describe('money that no row can hold', () => {
  it('is left out, and said with count and amount', async () => {
    const {env} = await startProviders(ALL);
    const {code, stdout, stderr} = await usage('focus', {env});
    const credits = totalsOf(billsOf('2026-11-01', '2026-11-22')).MIOSA_CREDIT_CENTS;
    expect(code).toBe(0);
    expect(rowsOf(stdout).filter(of('miosa'))).toEqual([]);
    expect(stderr).toMatch(
      new RegExp(`warning: miosa: \\d+ charges, ${credits} MIOSA_CREDIT_CENTS in all, are left out`),
    );
    expect(stderr).toContain('usage config set rates.MIOSA_CREDIT_CENTS');
  });

  it('is an error with --strict, and nothing is written', async () => {
    const {env} = await startProviders(ALL);
    const folder = await temporary();
    const trial = await usage(['focus', '--strict', '--output', join(folder, 'x.csv')], {env});
    expect([trial.code, trial.stdout]).toEqual([2, '']);
    expect(trial.stderr).toContain('MIOSA_CREDIT_CENTS in all, cannot be exported');
    expect(await readdir(folder)).toEqual([]);
  });

  it('credits of one day leave the dollars of it alone', async () => {
    const {env} = await startQuirks();
    const without = rowsOf((await usage(`focus ${PERIOD} --provider ionq`, {env})).stdout);
    expect(sumOf(without, 'BilledCost')).toBe('1654.23');
    const rated = rowsOf((await usage(`focus ${PERIOD} --provider ionq --rate credits=2`, {env})).stdout);
    expect(sumOf(rated, 'BilledCost')).toBe('1654.23');
    expect(sumOf(rated, 'EffectiveCost')).toBe('1663.01');
    expect(sumOf(rated, 'ConsumedQuantity')).toBe('5143566.634123');
  });

  it('takes rates of config.json', async () => {
    const {env} = await startProviders(ALL);
    const directory = await temporary();
    await writeFile(
      join(directory, 'config.json'),
      '{"version": 1, "rates": {"MIOSA_CREDIT_CENTS": "0.01"}}',
      {mode: 0o600},
    );
    const {stdout, stderr} = await usage('focus --provider miosa --strict', {env, directory});
    expect(stderr).not.toContain('error');
    expect(rowsOf(stdout).length).toBeGreaterThan(0);
  });
});

describe('an account that fails', () => {
  it('has no row, and the others are whole: exit 6', async () => {
    const late = except(/costs/, (request, _, raw) =>
      request.query.has('page') ? void raw.destroy() : 'serve',
    );
    const {env} = await startProviders({...ALL, openai: late});
    const {code, stdout, stderr} = await usage('focus --period qtd', {env});
    expect(code).toBe(6);
    const rows = rowsOf(stdout);
    expect(new Set(rows.map(row => row.x_Provider))).toEqual(new Set(['ionq']));
    const {rows: costs} = await answered('costs --period qtd --provider ionq', {env});
    expect(sumOf(rows, 'BilledCost')).toBe(costs[0]?.cost);
    expect(stderr).toMatch(/missing: .*OpenAI/);
  });

  it('fails all with --strict, or if none answers; no file is left', async () => {
    const {env} = await startProviders({openai: always({status: 500, body: {}}), ionq: well});
    const folder = await temporary();
    const output = join(folder, 'x.csv');
    expect((await usage(['focus', '--strict', '-o', output], {env})).code).toBe(5);
    expect((await usage(['focus', '--provider', 'openai', '-o', output], {env})).code).toBe(5);
    expect(await readdir(folder)).toEqual([]);
  });

  it('without names the ids stand for themselves', async () => {
    const {env} = await startProviders({openai: except(/projects/, {status: 403, body: {}})});
    const {stdout, stderr} = await usage('focus --period 7d', {env});
    const rows = rowsOf(stdout).filter(row => row.SubAccountId);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(row => row.SubAccountId === row.SubAccountName)).toBe(true);
    expect(stderr).toContain('names of projects could not be read');
  });
});

describe('the file', () => {
  it('has its metadata beside it, of the same columns', async () => {
    const {env} = await startProviders(ALL);
    const folder = await temporary();
    await usage(
      ['focus', '--columns', 'BilledCost,BillingCurrency,x_Provider', '-o', join(folder, 'nov.csv')],
      {env},
    );
    expect((await readdir(folder)).sort()).toEqual(['nov.csv', 'nov.csv.focus-metadata.json']);
    const header = headerOf(await readFile(join(folder, 'nov.csv'), 'utf8'));
    const metadata = JSON.parse(await readFile(join(folder, 'nov.csv.focus-metadata.json'), 'utf8'));
    expect(
      metadata.Schema[0].ColumnDefinition.map((column: {ColumnName: string}) => column.ColumnName),
    ).toEqual(header);
    expect(metadata.Recency[0].DatasetInstanceComplete).toBe(false);
    expect(metadata.DataArtifact[0].FileName).toBe('nov.csv');
  });

  it('of Parquet has metadata that call text what is text', async () => {
    const {env} = await startQuirks();
    const folder = await temporary();
    const flags = `focus ${PERIOD} --provider ionq --rate credits=0.${'1'.repeat(60)}`.split(' ');
    const typesOf = async (name: string) => {
      const {code, stderr} = await usage([...flags, '-o', join(folder, name)], {env});
      expect([code, stderr.includes('and are text')]).toEqual([0, name.endsWith('.parquet')]);
      const [schema] = JSON.parse(await readFile(join(folder, `${name}.focus-metadata.json`), 'utf8')).Schema;
      return {
        id: schema.SchemaId,
        types: Object.fromEntries(
          schema.ColumnDefinition.map((column: {ColumnName: string; DataType: string}) => [
            column.ColumnName,
            column.DataType,
          ]),
        ),
      };
    };
    const parquet = await typesOf('x.parquet');
    expect(parquet.types).toMatchObject({EffectiveCost: 'STRING', BilledCost: 'DECIMAL'});
    const csv = await typesOf('x.csv');
    expect(csv.types).toMatchObject({EffectiveCost: 'DECIMAL'});
    expect(csv.id).not.toBe(parquet.id);
  });

  it('is not touched if its metadata cannot be written', async () => {
    const {env} = await startProviders(ALL);
    const folder = await temporary();
    await writeFile(join(folder, 'a.csv'), 'before');
    const {mkdir} = await import('node:fs/promises');
    await mkdir(join(folder, 'a.csv.focus-metadata.json'));
    const trial = await usage(['focus', '-o', join(folder, 'a.csv')], {env});
    expect(trial.code).toBe(3);
    expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe('before');
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'a.csv.focus-metadata.json']);
  });

  it('says the same as JSON lines, with every digit', async () => {
    const {env} = await startProviders(ALL);
    const csv = rowsOf((await usage('focus --period 7d', {env})).stdout);
    const lines = (await usage('focus --period 7d --format ndjson', {env})).stdout.trimEnd().split('\n');
    expect(lines.length).toBe(csv.length);
    lines.forEach((line, index) => {
      const row = csv[index] ?? {};
      expect(line).toContain(`"BilledCost":${row.BilledCost?.replace(/\.0$/, '')},`);
      const object = JSON.parse(line);
      expect(Object.keys(object)).toEqual(Object.keys(row));
      expect([object.SkuId, object.Tags]).toEqual([row.SkuId, null]);
    });
  });

  it('columns come in the order of the standard, whatever the order asked for', async () => {
    const {env} = await startProviders({openai: well});
    const {stdout} = await usage('focus --period today --columns x_provider,servicename,BilledCost', {env});
    expect(headerOf(stdout)).toEqual(['BilledCost', 'ServiceName', 'x_Provider']);
  });
});

describe('wrong input', () => {
  it.each([
    ['--columns BilledCosts', 'did you mean BilledCost?'],
    ['--columns RegionId', 'no provider here fills'],
    ['--format xlsx', 'one of csv, ndjson, parquet'],
    ['--rate MIOSA_CREDIT_CENTS', 'UNIT=DOLLARS'],
    ['--rate MIOSA_CREDIT_CENTS=-1', 'UNIT=DOLLARS'],
    ['--rate usd=2', 'for a unit other than USD'],
    ['--output /tmp/no-such-usage.csv.gz', 'one of .csv, .ndjson, .parquet'],
    ['--output no-such-usage.zip --format csv', 'does not write .zip'],
    ['--period 2026-13', 'is no period'],
    ['--columnz x', 'did you mean --columns?'],
    ['--output /nowhere/at/all.csv', 'its folder does not exist'],
  ])('focus %s', async (flags, said) => {
    const {code, stdout, stderr} = await usage(`focus ${flags}`);
    expect([code, stdout]).toEqual([flags.startsWith('--output /nowhere') ? 3 : 2, '']);
    expect(stderr).toContain(said);
  });
});
