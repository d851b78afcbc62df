import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {exportAccount} from '../../src/cli/focus-account.ts';
import {ProviderError} from '../../src/core/errors.ts';
import {FOCUS_COLUMNS, type FocusColumn} from '../../src/core/focus-columns.ts';
import {decimal} from '../../src/core/money.ts';
import type {Source} from '../../src/drivers/driver.ts';
import {focus} from '../../src/drivers/openai/focus.ts';
import {csvEncoder} from '../../src/focus/encode.ts';
import {accountOf, driverOf, queryOf, sourceOf, span} from '../pipeline/made-up.ts';
import {temporary} from '../support/context.ts';

/** So many that they do not fit into memory: a line repeats its item several times. */
const RECORDS = Array.from({length: 6_000}, (_, index) => ({
  period: span('2026-11-02', '2026-11-03'),
  labels: {line_item: {id: `${'x'.repeat(1_000)} ${index}`}},
  cost: {amount: decimal('0.5'), currency: 'USD'},
}));
const columns = Object.keys(FOCUS_COLUMNS) as FocusColumn[];
const jobIn = (folder: string) => ({
  query: queryOf(),
  columns,
  rates: new Map(),
  encoder: csvEncoder(columns, text => text),
  folder,
});
const accountWith = (fetch: Source['fetch']) =>
  accountOf(driverOf([sourceOf({dimensions: ['project', 'line_item'], fetch})], {focus}));
const giving = accountWith(async function* () {
  yield RECORDS;
});

describe('an account whose lines do not fit into memory', () => {
  it('has them on disk, where nobody sees them', async () => {
    const folder = await temporary();
    const {spool, error} = await exportAccount(giving, jobIn(folder));
    expect(error).toBeUndefined();
    let lines = 0;
    for await (const chunk of spool.bytes()) for (const byte of chunk) if (byte === 10) lines++;
    expect(lines).toBe(RECORDS.length);
    expect(await readdir(folder)).toEqual([]);
    await spool.dispose();
  });

  it('is no account that failed where there is no room for them, and no bug', async () => {
    const job = jobIn(join(await temporary(), 'no such'));
    await expect(exportAccount(giving, job)).rejects.toMatchObject({
      exitCode: 3,
      message: `what does not fit into memory cannot be kept in ${job.folder}: its folder does not exist`,
    });
  });

  it('has nothing to show for it if it fails in the end', async () => {
    const down = new ProviderError('server_error', 'down');
    const failing = accountWith(async function* () {
      yield RECORDS;
      throw down;
    });
    const {spool, error} = await exportAccount(failing, jobIn(await temporary()));
    expect(error).toBe(down);
    expect((await spool.bytes().next()).done).toBe(true);
  });
});
