import {describe, expect, it} from 'vitest';
import type {Account} from '../../src/cli/accounts.ts';
import {below, groupingsOf} from '../../src/cli/drill.ts';
import type {Dimension} from '../../src/core/dimension.ts';
import type {Report} from '../../src/core/report.ts';
import {drivers} from '../../src/drivers/index.ts';
import type {Question} from '../../src/interactive/question.ts';
import {FIRST} from '../interactive/made-up.ts';
import {column, none, text} from '../render/build.ts';
import {SAMPLE} from '../render/sample.ts';

const ACCOUNTS: readonly Account[] = drivers.map(driver => ({
  name: driver.id,
  driver,
  secret: async () => 'secret',
  settings: {},
  baseUrl: new URL(driver.baseUrl),
  origin: 'test',
}));

/** The step from a row with these cells. */
function step(question: Partial<Question>, cells: {readonly [key: string]: string | null}) {
  const report: Report = {...SAMPLE, columns: Object.keys(cells).map(key => column(key))};
  const row = Object.values(cells).map(value => (value === null ? none : text(value)));
  return below({...FIRST, ...question}, report, row, ACCOUNTS);
}

const grouping = (result: ReturnType<typeof step>) =>
  typeof result === 'string'
    ? result
    : [...result.question.groupBy, result.question.bucket].filter(Boolean).join();

describe('what Enter opens', () => {
  it.each<[string, readonly Dimension[], {readonly [key: string]: string}, string]>([
    ['a provider that bills projects', ['provider'], {provider: 'openai', account: 'openai'}, 'project'],
    [
      'a project billed by line item',
      ['project'],
      {account: 'openai', project_id: 'p', project_name: 'P'},
      'line_item',
    ],
    [
      'a project billed by one dimension only',
      ['project'],
      {account: 'miosa', project_id: 'p', project_name: 'P'},
      'day',
    ],
    ['a line item', ['line_item'], {account: 'openai', line_item: 'gpt, input'}, 'day'],
    ['a model', ['model'], {account: 'openai', model: 'gpt'}, 'day'],
    ['a user', ['user'], {account: 'openai', user_id: 'u', user_name: 'U'}, 'line_item'],
    ['all in one row', [], {account: 'openai'}, 'project'],
  ])('%s', (_what, groupBy, cells, next) => expect(grouping(step({groupBy}, cells))).toBe(next));

  it('keeps what led there: filters, account, period', () => {
    const opened = step(
      {groupBy: ['project', 'user'], period: '7d', filters: {model: ['m']}, sort: 'cost:asc'},
      {account: 'openai', project_id: 'p', project_name: 'P', user_id: 'u', user_name: 'U'},
    );
    expect(opened).toMatchObject({
      name: 'U',
      question: {
        period: '7d',
        accounts: ['openai'],
        filters: {model: ['m'], project: ['p'], user: ['u']},
        sort: undefined,
      },
    });
  });

  it.each([
    ['(other)', {account: 'openai', project_id: null, project_name: '(other)'}],
    ['(unattributed)', {account: 'openai', project_id: null, project_name: '(unattributed)'}],
  ])('nothing below %s, and says so', (name, cells) =>
    expect(step({groupBy: ['project']}, cells)).toBe(`${name} is what is left: it has no parts of its own`),
  );

  it('nothing below a day', () =>
    expect(step({groupBy: [], bucket: 'day'}, {account: 'openai'})).toMatch(/nothing below a day/));
});

it('g offers what somebody can split by, and the time', () => {
  const labels = groupingsOf(FIRST, ACCOUNTS).map(({label}) => label);
  expect(labels).toEqual(
    expect.arrayContaining(['Provider', 'Project', 'Line item', 'Job', 'Workspace', 'Day', 'Week']),
  );
  const [ionq] = ACCOUNTS.filter(({name}) => name === 'ionq');
  const one = groupingsOf(FIRST, ionq ? [ionq] : []).map(({label}) => label);
  expect(one).toContain('Job');
  expect(one).not.toContain('Line item');
  expect(one).not.toContain('Provider');
});
