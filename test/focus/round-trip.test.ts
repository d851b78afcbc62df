import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {answered, type Row, temporary, usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';
import {PERIOD, startQuirks} from './quirks.ts';

// What is exported and read back gives the same report.

const FORMATS = ['csv', 'ndjson', 'parquet'] as const;

/** Rows without the account, which is the file's name, sorted by their text. */
const plain = (rows: readonly Row[]) =>
  rows.map(({account: _, ...row}) => row).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

async function exported(
  env: {readonly [name: string]: string},
  format: string,
  flags: string,
): Promise<string> {
  const file = join(await temporary(), `export.${format}`);
  const trial = await usage(['focus', ...flags.split(' '), '--output', file], {env});
  expect([trial.code, trial.stderr.match(/^error.*/m)]).toEqual([0, null]);
  return file;
}

describe.each(FORMATS)('%s', format => {
  it.each([
    'costs --group-by provider --provider openai,ionq',
    'costs --group-by project --provider openai,ionq',
    'costs --group-by project,line-item --provider openai',
    'costs --bucket day --group-by project --provider openai,ionq',
    'costs --group-by project --project proj_alpha --provider openai',
    'costs --group-by project --top 2 --provider ionq',
    'report --group-by project --provider ionq --period 2026-11 --fields provider,project_id,project_name,cost,currency,share,previous_cost,change',
  ])('%s', async line => {
    const {env} = await startProviders(ALL);
    const file = await exported(env, format, '--period qtd');
    const was = await answered(line, {env});
    const {stdout, code} = await usage([...line.split(' '), '--source', file, '--json'], {env: {}});
    expect(code).toBe(0);
    const {rows, totals} = JSON.parse(stdout.replace(/: (-?\d+(\.\d+)?)([,}])/g, ': "$1"$3'));
    expect(was.rows.length).toBeGreaterThan(0);
    expect(plain(rows)).toEqual(plain(was.rows));
    expect(totals).toEqual(was.totals);
  });

  it('quirks: hostile labels, rows without one, the rest of a day', async () => {
    const {env} = await startQuirks();
    const file = await exported(env, format, PERIOD);
    for (const line of [
      `costs ${PERIOD} --group-by line-item --provider openai`,
      `costs ${PERIOD} --group-by project --provider openai`,
      `costs ${PERIOD} --group-by project,line-item --bucket day --provider openai`,
    ]) {
      const was = await answered(line, {env});
      const {stdout} = await usage([...line.split(' '), '--source', file, '--json'], {env: {}});
      const {rows} = JSON.parse(stdout.replace(/"cost": (-?\d+(\.\d+)?)([,}])/g, '"cost": "$1"$3'));
      expect(plain(rows)).toEqual(plain(was.rows));
    }
  });

  it('credits come back as what they are worth', async () => {
    const {env} = await startProviders(ALL);
    const file = await exported(env, format, '--period mtd --rate MIOSA_CREDIT_CENTS=0.5');
    const was = await answered('costs --provider miosa --group-by workspace', {env});
    const line = [
      'costs',
      '--source',
      file,
      '--provider',
      'miosa',
      '--group-by',
      'workspace',
      '--cost',
      'effective',
    ];
    const {stdout} = await usage([...line, '--csv', '--fields', 'workspace_id,cost', '--quiet'], {env: {}});
    const halves = was.rows.map(row => [row.workspace_id, String(Number(row.cost) / 2)]);
    const read = stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map(row => row.split(','));
    expect(read.map(([id, cost]) => [id || null, String(Number(cost))]).sort()).toEqual(halves.sort());
  });
});

it('gzip makes no difference, nor does stdin', async () => {
  const {env} = await startProviders(ALL);
  const file = await exported(env, 'csv', '--period mtd');
  const zipped = `${file}.gz`;
  await writeFile(zipped, gzipSync(await readFile(file)));
  const ask = (source: string, stdin = '') =>
    usage(
      [
        'costs',
        '--source',
        source,
        '--group-by',
        'provider,project',
        '--csv',
        '--fields',
        'provider,project_id,cost',
      ],
      {stdin},
    );
  const {stdout} = await ask(file);
  expect((await ask(zipped)).stdout).toBe(stdout);
  expect((await ask('-', await readFile(file, 'utf8'))).stdout).toBe(stdout);
});
