import {describe, expect, it} from 'vitest';
import {run} from '../../src/cli/run.ts';
import {readCsv} from '../render/read-csv.ts';
import {contextOf} from '../support/context.ts';
import type {Reply} from '../support/loopback.ts';
import {startProviders} from '../support/providers.ts';
import {HOSTILE, LIVE} from './hostile.ts';

const FORMATS = ['table', 'markdown', 'csv', 'tsv', 'json', 'ndjson'] as const;
const DAY = Date.UTC(2026, 10, 20) / 1_000;

/** A day of costs of one project whose id, name and line item are hostile. */
function openai(text: string) {
  return (path: string): Reply => {
    if (path === '/organization/projects')
      return {body: {object: 'list', data: [{id: text, name: text}], has_more: false}};
    if (path !== '/organization/costs')
      return {body: {object: 'page', data: [], has_more: false, next_page: null}};
    const rows = [{amount: {value: '12.345', currency: 'usd'}, project_id: text, line_item: text}];
    return {
      body: {
        data: [{start_time: DAY, end_time: DAY + 86_400, results: rows}],
        has_more: false,
        next_page: null,
      },
    };
  };
}

function ionq(text: string) {
  return (path: string): Reply => {
    if (path === '/sessions') return {body: {organization_id: 'com.my.org', sessions: []}};
    const figures = {job_count: 1, amount: 2.5, time_us: 3};
    const group_usages = [{group_id: text, group_name: text, ...figures}];
    return {
      body: {
        group_type: 'project',
        modality: 'daily',
        usage_data: [{from: '2026-11-20', ...figures, group_usages}],
      },
    };
  };
}

function miosa(text: string) {
  return (path: string): Reply => {
    if (path !== '/usage')
      return {body: {data: [{id: 'x', name: text, external_project_id: text}], total: 1}};
    const window = {period_start: '2026-11-20T00:00:00Z', period_end: '2026-11-21T00:00:00Z'};
    return {body: {...window, results: [{external_project_id: text, credit_cents: 7}]}};
  };
}

/** Runs a line in a pipe or on a terminal; nothing live may come out on a terminal, or on stderr anywhere. */
async function told(line: string, env: {readonly [name: string]: string}, columns?: number) {
  const {context, out, err} = await contextOf(line, {
    env: {NO_COLOR: '1', ...env},
    ...(columns === undefined ? {} : {columns}),
  });
  const code = await run(context);
  const [stdout, stderr] = [out.join(''), err.join('')];
  expect(LIVE.exec(stderr)?.[0]).toBeUndefined();
  // The columns of TSV are parted by the one tab that is ours.
  const shown = line.includes('tsv') ? stdout.replaceAll('\t', ' ') : stdout;
  if (columns !== undefined) expect(LIVE.exec(shown)?.[0]).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  return {code, stdout, stderr};
}

const undone = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

describe.each(HOSTILE)('%s in names and ids', (_, text) => {
  const serving = () =>
    startProviders({
      openai: ({path}) => openai(text)(path),
      ionq: ({path}) => ionq(text)(path),
      miosa: ({path}) => miosa(text)(path),
    });

  it('moves no terminal, runs in no spreadsheet, and comes back whole from CSV and JSON', async () => {
    const {env} = await serving();
    for (const format of FORMATS) {
      const line = `costs --period 2026-11-20 --group-by project,line-item --format ${format}`;
      await told(line, env, 80);
      const {code, stdout} = await told(line, env);
      expect(code).toBe(0);
      if (format === 'table' || format === 'markdown') expect(LIVE.exec(stdout)?.[0]).toBeUndefined();
      if (format === 'csv' || format === 'tsv') {
        const [head = [], ...rows] = readCsv(stdout, format === 'csv' ? ',' : '\t');
        expect(rows).toHaveLength(3);
        for (const row of rows) {
          expect(row.filter(cell => /^[=+@\t\r]|^-(?!\d)/.test(cell))).toEqual([]);
          expect(undone(row[head.indexOf('project_id')] ?? '')).toBe(text);
        }
      }
      if (format === 'json' || format === 'ndjson') {
        const rows =
          format === 'json'
            ? JSON.parse(stdout).rows
            : stdout
                .trimEnd()
                .split('\n')
                .map(line => JSON.parse(line));
        expect(rows.map((row: {project_id: string}) => row.project_id)).toEqual([text, text, text]);
        expect(rows.map((row: {cost: number}) => row.cost)).toEqual([12.345, 2.5, 7]);
      }
    }
  });
});

/** Places of an error where a provider's own words, or what it sent, could come out. */
const ERRORS: readonly (readonly [what: string, reply: (text: string) => Reply])[] = [
  [
    'a refusal',
    text => ({status: 401, body: {error: {message: text, code: text, type: text}, message: text}}),
  ],
  [
    'a refusal in plain text',
    text => ({status: 403, headers: {'content-type': 'text/plain'}, body: text || ' '}),
  ],
  ['a failure', text => ({status: 500, body: {error: {message: text, code: text, request_id: text}}})],
  [
    'complaints by field',
    text => ({status: 422, body: {error: {code: text, message: text, details: {[text]: [text]}}}}),
  ],
  ['a wait', text => ({status: 429, body: {error: text, retry_after: 86_400}})],
  ['another shape', text => ({body: {[text]: text, data: text, usage_data: text, results: text}})],
  [
    'other dates',
    text => ({body: {period_start: text, period_end: text, results: [], data: [{start_time: text}]}}),
  ],
  [
    'another split',
    text => ({
      body: {
        group_type: text,
        modality: text,
        usage_data: [],
        results: [],
        period_start: text,
        period_end: text,
      },
    }),
  ],
];

describe.each(ERRORS)('%s that is hostile', (_, reply) => {
  it('stands on stderr harmless, in words and as JSON', async () => {
    for (const [index, [, text]] of HOSTILE.entries()) {
      const broken = ({path}: {path: string}) =>
        path === '/sessions' ? {body: {organization_id: 'com.my.org'}} : reply(text);
      const {env} = await startProviders({openai: broken, ionq: broken, miosa: broken});
      const flags = ['--debug --verbose', '--json', '--csv'][index % 3];
      const {code, stdout, stderr} = await told(
        `costs --period 2026-11-20 --group-by project ${flags}`,
        env,
        80,
      );
      expect([4, 5]).toContain(code);
      expect(stdout).toBe('');
      expect(stderr.length).toBeLessThan(20_000);
      if (flags === '--json') expect(JSON.parse(stderr).error.errors).toHaveLength(3);
    }
  });
});
