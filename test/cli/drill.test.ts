import {describe, expect, it, test} from 'vitest';
import type {Account} from '../../src/cli/accounts.ts';
import {below, groupingsOf, unlabelled} from '../../src/cli/drill.ts';
import type {Dimension} from '../../src/core/dimension.ts';
import {instant} from '../../src/core/instant.ts';
import {OTHER, type Record} from '../../src/core/record.ts';
import type {Report} from '../../src/core/report.ts';
import type {Session, Source, SourceQuery} from '../../src/drivers/driver.ts';
import {drivers} from '../../src/drivers/index.ts';
import type {Question} from '../../src/interactive/question.ts';
import {FIRST} from '../interactive/made-up.ts';
import {column, none, text} from '../render/build.ts';
import {SAMPLE} from '../render/sample.ts';

const HOUR = {start: instant(0), end: instant(3_600_000)};
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

  it('nothing below (other), and says so', () =>
    expect(step({groupBy: ['project']}, {account: 'openai', project_id: null, project_name: '(other)'})).toBe(
      '(other) is what is left: it has no parts of its own',
    ));

  it.each<[string, readonly Dimension[], {readonly [key: string]: string | null}, string, readonly string[]]>(
    [
      [
        'project',
        ['project'],
        {account: 'openai', project_id: null, project_name: '(unattributed)'},
        'line_item',
        ['project'],
      ],
      [
        'project of an API that can tell nothing else then',
        ['project'],
        {account: 'miosa', project_id: null, project_name: '(unattributed)'},
        'day',
        ['project'],
      ],
      ['model', ['model'], {account: 'openai', model: '(unattributed)'}, 'day', ['model']],
    ],
  )('(unattributed) as a %s opens into what has none', (_what, groupBy, cells, next, without) => {
    const opened = step({groupBy}, cells);
    expect(grouping(opened)).toBe(next);
    expect(opened).toMatchObject({name: '(unattributed)', question: {filters: {}, without}});
  });

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

test('g marks what is shown', () => {
  const current = (question: Partial<Question>) =>
    groupingsOf({...FIRST, ...question}, ACCOUNTS).flatMap(({label, isCurrent}) => (isCurrent ? label : []));
  expect(current({groupBy: ['line_item']})).toEqual(['Line item']);
  expect(current({groupBy: [], bucket: 'day'})).toEqual(['Day']);
  expect(current({groupBy: ['project', 'user']})).toEqual([]);
});

describe('what has no label', () => {
  const RECORDS: readonly Record[] = [
    {period: HOUR, labels: {project: {id: 'p'}, user: {id: 'u'}}},
    {period: HOUR, labels: {project: OTHER}},
    {period: HOUR, labels: {user: {id: 'u'}}},
    {period: HOUR, labels: {}},
  ];
  /** What is asked of a source, and which of the records are left. */
  async function left(source: Partial<Source>, scope: Pick<Question, 'filters' | 'without'>) {
    const [openai] = drivers;
    const [first] = openai?.sources ?? [];
    if (!openai || !first) throw new Error('there is a driver');
    const asked: SourceQuery[] = [];
    const made: Source = {
      ...first,
      dimensions: ['project', 'user', 'model'],
      filters: [],
      splits: 'any',
      ...source,
      slices: query => {
        asked.push(query);
        return [query];
      },
      fetch: async function* () {
        yield RECORDS;
      },
    };
    const [wrapped] = unlabelled({...openai, sources: [made]}, scope).sources;
    if (!wrapped) throw new Error('there is a source');
    const query: SourceQuery = {
      window: HOUR,
      now: HOUR.end,
      granularity: null,
      split: ['model'],
      filters: {},
      kinds: [],
    };
    const found: Record[] = [];
    for (const slice of wrapped.slices(query))
      for await (const records of wrapped.fetch(slice, {} as Session)) found.push(...records);
    return {
      split: asked.flatMap(({split}) => split),
      dimensions: wrapped.dimensions,
      places: found.map(record => RECORDS.indexOf(record)),
    };
  }

  it('is asked for by splitting; what was cut off has a label', async () =>
    expect(await left({}, {filters: {}, without: ['project']})).toEqual({
      split: ['model', 'project'],
      dimensions: ['project', 'user', 'model'],
      places: [2, 3],
    }));

  it('of several dimensions has none of them', async () =>
    expect((await left({}, {filters: {}, without: ['project', 'user']})).places).toEqual([3]));

  it('is everything of a source that cannot tell', async () =>
    expect(await left({dimensions: ['model']}, {filters: {}, without: ['project']})).toMatchObject({
      split: ['model'],
      places: [0, 1, 2, 3],
    }));

  it('takes the only split of a source that has one: nothing else is told apart then', async () =>
    expect(await left({splits: 'one'}, {filters: {}, without: ['user']})).toMatchObject({
      dimensions: [],
      places: [1, 3],
    }));

  it('a source that spent its only split on a filter told nothing of the row either', async () =>
    expect((await left({splits: 'one'}, {filters: {project: ['p']}, without: ['user']})).places).toHaveLength(
      4,
    ));
});
