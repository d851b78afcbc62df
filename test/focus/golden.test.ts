import {describe, expect, it} from 'vitest';
import {
  ALL_COLUMNS,
  DEFAULT_COLUMNS,
  FOCUS_COLUMNS,
  MANDATORY_COLUMNS,
} from '../../src/core/focus-columns.ts';
import {drivers} from '../../src/drivers/index.ts';
import {usage} from '../support/context.ts';
import {mappingPage} from './mapping-page.ts';

const first = (text: string, lines: number) => `${text.split('\n').slice(0, lines).join('\n')}\n`;

describe('as written down', () => {
  it('the first rows of each provider of the demo, as CSV and as JSON lines', async () => {
    for (const [provider, name] of [
      ['openai', 'openai'],
      ['ionq', 'ionq'],
      ['miosa --rate MIOSA_CREDIT_CENTS=0.01', 'miosa'],
    ] as const) {
      const line = `focus --demo --period 2026-11-02..2026-11-03 --provider ${provider}`;
      const csv = await usage(line);
      await expect(first(csv.stdout, 12)).toMatchFileSnapshot(`../../fixtures/golden/focus-${name}.csv`);
      const ndjson = await usage(`${line} --format ndjson`);
      await expect(first(ndjson.stdout, 2)).toMatchFileSnapshot(`../../fixtures/golden/focus-${name}.ndjson`);
    }
  });

  it('the schema', async () => {
    const {code, stdout} = await usage('focus schema');
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('../../fixtures/golden/focus-schema.json');
    const again = JSON.parse((await usage('focus schema --columns x_Provider,BilledCost')).stdout);
    const all = JSON.parse(stdout);
    expect(again.Schema[0].SchemaId).not.toBe(all.Schema[0].SchemaId);
    expect(again.Schema[0].SchemaId).toMatch(/^usage-focus-1\.4-[0-9a-f]{12}$/);
  });

  it('docs/focus.md says what the tables say', async () => {
    await expect(mappingPage()).toMatchFileSnapshot('../../docs/focus.md');
  });
});

describe('the columns', () => {
  it('are 65 of the standard by name, then ours by name', () => {
    expect(Object.keys(FOCUS_COLUMNS)).toHaveLength(65);
    expect(Object.keys(FOCUS_COLUMNS)).toEqual(Object.keys(FOCUS_COLUMNS).sort());
    const custom = ALL_COLUMNS.slice(65);
    expect(custom).toEqual([...custom].sort());
    expect(custom.every(column => column.startsWith('x_'))).toBe(true);
  });

  it('that are written by themselves hold all that is mandatory and all that a driver fills', () => {
    expect(DEFAULT_COLUMNS).toEqual(expect.arrayContaining([...MANDATORY_COLUMNS]));
    for (const {id, focus} of drivers) {
      expect(focus, id).toBeDefined();
      for (const column of Object.keys(focus?.columns ?? {})) expect(DEFAULT_COLUMNS).toContain(column);
    }
  });
});
