import {describe, expect, test} from 'vitest';
import {projectNames, workspaceNames} from '../../../src/drivers/miosa/names.ts';
import {findExchange, loadExchanges, serialize} from '../../support/fixtures.ts';
import type {Reply} from '../../support/loopback.ts';
import {type Answer, withAnswer} from './answer.ts';

const everything = async () => undefined;
const lookup = (source: typeof projectNames, answer: Answer) =>
  withAnswer(answer, async (session, received) => ({
    names: Object.fromEntries(await source.lookup(session, everything)),
    sent: received.map(({path, query}) => `${path}?${query}`),
  }));

const recorded = (name: string): Answer => {
  const exchanges = loadExchanges('miosa', name);
  return request => ({body: serialize(findExchange(exchanges, request)?.response.body)});
};

const body = (value: unknown): Reply => ({body: value});
const workspace = (index: number) => ({id: `w${index}`, name: `Workspace ${index}`});

describe('names', () => {
  test('of projects are by external id, from all pages', async () => {
    const {names, sent} = await lookup(projectNames, recorded('projects'));
    expect(names).toEqual({proj_intake: 'Intake', proj_billing: 'Billing'});
    expect(sent).toEqual(['/projects?page=1&page_size=100', '/projects?page=2&page_size=100']);
  });

  test('of workspaces are by id', async () => {
    const {names, sent} = await lookup(workspaceNames, recorded('workspaces'));
    expect(names).toEqual({
      '5f0c1c1e-8f1d-4a55-9d3e-0a4a1f6f2a01': 'Clinic North',
      '5f0c1c1e-8f1d-4a55-9d3e-0a4a1f6f2a02': 'Clinic South',
    });
    expect(sent.length).toBe(1);
  });

  test.each([
    ['bare', [workspace(1)]],
    ['in data', {data: [workspace(1)]}],
    ['in data with a bare page number', {data: [workspace(1)], page: 1, total: 1}],
    ['under its own name', {workspaces: [workspace(1)], meta: {total: 1}}],
  ])('come from a list %s', async (_, list) => {
    expect((await lookup(workspaceNames, () => body(list))).names).toEqual({w1: 'Workspace 1'});
  });

  test.each([
    ['page.total', (total: number) => ({page: {total}})],
    ['total', (total: number) => ({total})],
    ['meta.total', (total: number) => ({meta: {total}})],
  ])('come from as many pages as %s says', async (_, totalOf) => {
    const answer: Answer = ({query}) => {
      const page = Number(query.get('page'));
      const size = page === 3 ? 50 : 100;
      const data = Array.from({length: size}, (_, index) => workspace(page * 100 + index));
      return body({data, ...totalOf(250)});
    };
    const {names, sent} = await lookup(workspaceNames, answer);
    expect(Object.keys(names).length).toBe(250);
    expect(sent.length).toBe(3);
  });

  test('end with an empty page, whatever the total says', async () => {
    const answer: Answer = ({query}) =>
      body({data: query.get('page') === '1' ? [workspace(1)] : [], total: 99});
    expect((await lookup(workspaceNames, answer)).sent.length).toBe(2);
  });

  test('a server that repeats its page is an error', async () => {
    const answer: Answer = () => body({data: [workspace(1), workspace(2)], total: 99});
    await expect(lookup(workspaceNames, answer)).rejects.toMatchObject({code: 'repeated_cursor'});
  });

  test('that contradict each other are not given, and neither are empty ones', async () => {
    const project = (id: string, external_project_id: string | null, name: string | null) => ({
      id,
      external_project_id,
      name,
    });
    const list = [
      project('1', 'shared', 'One'),
      project('2', 'shared', 'Two'),
      project('3', 'same', 'Same'),
      project('4', 'same', 'Same'),
      project('5', 'nameless', null),
      project('6', '', 'Empty'),
    ];
    expect((await lookup(projectNames, () => body(list))).names).toEqual({same: 'Same'});
  });

  test.each([{}, {data: {}}, null, 'text', [{name: 'no id'}]])('%j is another shape', async value => {
    await expect(lookup(workspaceNames, () => body(JSON.stringify(value)))).rejects.toMatchObject({
      code: 'bad_response',
    });
  });
});

test('only what looks like a UUID is surely the id of a workspace', () => {
  expect(workspaceNames.isId('5F0C1C1E-8f1d-4a55-9d3e-0a4a1f6f2a01')).toBe(true);
  expect(workspaceNames.isId('Clinic North')).toBe(false);
  expect(projectNames.isId('5f0c1c1e-8f1d-4a55-9d3e-0a4a1f6f2a01')).toBe(false);
});
