import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {ROOT, tempFolder, usage} from './usage.ts';

const GOLDEN = join(ROOT, 'fixtures/golden/e2e');
const FORMATS = ['table', 'csv', 'tsv', 'json', 'ndjson', 'markdown'] as const;
const REPORT = ['report', '--group-by', 'project', '--demo'];

describe.each(FORMATS)('the demo report as %s', format => {
  test('is as written down, with no escape sequence in it', async () => {
    const {exitCode, stdout, stderr} = await usage([...REPORT, '--format', format], {COLUMNS: '120'});
    expect(exitCode).toBe(0);
    await expect(stdout).toMatchFileSnapshot(join(GOLDEN, `report.${format}`));
    expect(`${stdout}${stderr}`).not.toContain('\u001b');
    expect(stdout).toMatch(/[^\n]\n$/);
  });

  test('is the same in a file', async () => {
    const file = join(await tempFolder(), 'answer');
    const args = [...REPORT, '--format', format];
    const [shown, written] = [await usage(args), await usage([...args, '--output', file])];
    expect({exitCode: written.exitCode, stdout: written.stdout}).toEqual({exitCode: 0, stdout: ''});
    expect(await readFile(file, 'utf8')).toBe(shown.stdout);
  });
});

/** All values of a key in JSON text, as they were written: a parser would round them. */
const literals = (json: string, key: string): string[] =>
  [...json.matchAll(new RegExp(`"${key}": ?([^,}\\]]+)`, 'g'))].map(([, text = '']) => text);

/** Adds plain decimals exactly. */
function sum(decimals: readonly string[]): bigint {
  return decimals.reduce((total, text) => {
    const [whole = '', fraction = ''] = text.split('.');
    return total + BigInt(`${whole}${fraction.padEnd(40, '0')}`);
  }, 0n);
}

test('the rows of JSON add up to its totals, to the last digit', async () => {
  const {stdout} = await usage([
    'costs',
    '--group-by',
    'project,line-item',
    '--provider',
    'openai',
    '--demo',
    '--json',
  ]);
  const [rows = '', totals = ''] = stdout.split('"totals"');
  const figures = literals(rows, 'cost');
  expect(figures.length).toBeGreaterThan(20);
  expect(sum(figures)).toBe(sum(literals(totals, 'cost')));
});

test('CSV and NDJSON have the rows of JSON, cost for cost', async () => {
  const args = ['costs', '--group-by', 'line-item', '--fields', 'provider,cost', '--demo', '--format'];
  const [json, csv, lines] = await Promise.all(['json', 'csv', 'ndjson'].map(f => usage([...args, f])));
  const costs = literals(json?.stdout.split('"totals"')[0] ?? '', 'cost');
  expect(costs.length).toBeGreaterThan(10);
  expect(literals(lines?.stdout ?? '', 'cost')).toEqual(costs);
  const [, ...rows] = csv?.stdout.trimEnd().split('\n') ?? [];
  expect(rows.map(row => row.split(',')[1])).toEqual(costs);
});
