import {describe, expect, it} from 'vitest';
import {answered, envelope, usage} from '../../support/context.ts';
import {billsOf, sumBy, totalsOf} from '../../support/providers/expected.ts';
import {always, except, startProviders, well} from '../../support/providers.ts';

const MTD = billsOf('2026-11-01', '2026-11-22');
const OPENAI = totalsOf(MTD.filter(({provider}) => provider === 'openai'));
const IONQ = totalsOf(MTD.filter(({provider}) => provider === 'ionq'));
const refused = (status: number) => ({
  status,
  body: {error: {message: 'Missing scopes: api.management.read', type: 'x', param: null, code: null}},
});

const notices = (answer: Awaited<ReturnType<typeof answered>>) =>
  answer.notices.filter(({code}) => code === 'not_visible').map(({message}) => message);

describe.each([401, 403, 404])('a part that is answered with %i is a notice that names the role', status => {
  it.each([
    [/\/projects$/, 'names and states of projects'],
    [/\/users$/, 'members of projects'],
  ])('%s', async (path, what) => {
    const {env} = await startProviders({openai: except(path, refused(status))});
    const answer = await answered('projects', {env});
    expect(answer.totals.map(({currency, cost}) => ({[currency]: cost}))).toEqual([OPENAI]);
    const said = notices(answer).filter(message => message.startsWith(what));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/It takes an admin API key .* made by one of its owners/);
    expect(answer.rows.every(({members}) => members === null)).toBe(true);
    expect(answer.sources).toMatchObject([{status: 'ok'}]);
  });

  it('IonQ without a list of projects derives them from costs, and says so', async () => {
    const {env} = await startProviders({ionq: except(/\/projects$/, refused(status))});
    const answer = await answered('projects', {env});
    expect(answer.totals.map(({currency, cost}) => ({[currency]: cost}))).toEqual([IONQ]);
    expect(answer.notices.map(({code}) => code)).toContain('projects_derived');
    const alpha = answer.rows.find(({project_id}) => project_id === 'lab-0');
    expect(alpha).toMatchObject({
      project_name: 'Alpha',
      state: 'unknown',
      budget_kind: 'unknown',
      budget: null,
    });
  });

  it('IonQ without the report of the organization still lists its projects', async () => {
    const {env} = await startProviders({ionq: except(/^\/v0\.3\/report/, refused(status))});
    const answer = await answered('projects', {env});
    expect(notices(answer)).toEqual([
      expect.stringMatching(/budget of the organization.*owner of the organization/),
    ]);
    expect(answer.rows.find(({project_id}) => project_id === 'lab-0')).toMatchObject({budget: '5000.5'});
  });

  it('MIOSA without projects still tells what the external ids cost', async () => {
    const {env} = await startProviders({miosa: except(/^\/(projects|workspaces|credits)/, refused(status))});
    const answer = await answered('projects', {env});
    expect(notices(answer)).toHaveLength(3);
    expect(answer.rows.map(({project_id}) => project_id)).toContain('alpha');
  });
});

describe('limits', () => {
  it.each([401, 403])('that are refused with %i are unknown, not unlimited', async status => {
    const {env} = await startProviders({openai: except(/spend_limit$/, refused(status))});
    const answer = await answered('projects', {env});
    expect(answer.rows.every(({budget_kind}) => budget_kind === null || budget_kind === 'unknown')).toBe(
      true,
    );
    expect(notices(answer)).toEqual([expect.stringMatching(/^spend limits are unknown/)]);
  });

  it('of an API that has none yet are unknown, not unlimited', async () => {
    const unknown = {
      status: 404,
      body: {error: {message: 'Invalid URL (GET /v1/x)', type: 'x', param: null}},
    };
    const {env} = await startProviders({openai: except(/spend_limit$/, unknown)});
    const answer = await answered('projects', {env});
    expect(answer.rows.some(({budget_kind}) => budget_kind === 'unlimited')).toBe(false);
    expect(notices(answer)).toEqual([
      expect.stringMatching(/^spend limits are unknown: the API does not have them/),
    ]);
  });

  it('in another currency are left out and said: they may not be hundredths', async () => {
    const yen = {body: {threshold_amount: 5, currency: 'JPY', interval: 'month', enforcement: {status: 'x'}}};
    const {env} = await startProviders({openai: except(/proj_alpha\/spend_limit$/, yen)});
    const answer = await answered('projects', {env});
    expect(answer.rows.find(({project_id}) => project_id === 'proj_alpha')).toMatchObject({
      budget_kind: 'unknown',
    });
    expect(answer.notices).toContainEqual(expect.objectContaining({code: 'unknown_unit'}));
  });
});

describe('costs', () => {
  it('that a key may not see leave the list standing', async () => {
    const {env} = await startProviders({ionq: except(/\/usage$/, refused(401))});
    const answer = await answered('projects', {env});
    expect(answer.totals).toEqual([]);
    expect(answer.rows.length).toBe(8);
    expect(answer.rows.every(({cost}) => cost === null)).toBe(true);
    expect(answer.rows.find(({project_id}) => project_id === 'lab-0')).toMatchObject({budget: '5000.5'});
    expect(notices(answer)).toEqual([expect.stringMatching(/costs are unknown.*only owners see its usage/)]);
  });

  it('nor a monthly limit as if nothing had been spent', async () => {
    const {env} = await startProviders({openai: except(/costs$/, refused(403))});
    const answer = await answered('projects', {env});
    expect(answer.rows.find(({project_id}) => project_id === 'proj_alpha')).toMatchObject({
      budget: '1234.57',
      budget_spent: null,
      remaining: null,
      used: null,
    });
  });

  it('still tell who spent what, where single jobs may be seen', async () => {
    const {env} = await startProviders({ionq: except(/\/usage$/, refused(401))});
    const shown = (await answered('projects show ionq/lab-0', {env})) as object as {
      project: {cost: string | null};
      members: {cost: string}[];
      notices: {message: string}[];
    };
    expect(shown.project.cost).toBeNull();
    const jobs = MTD.filter(({labels}) => labels.project === 'lab-0');
    expect(
      sumBy(
        shown.members,
        () => 'USD',
        ({cost}) => cost,
      ),
    ).toEqual(totalsOf(jobs));
    expect(shown.notices.filter(({message}) => /jobs/.test(message))).toEqual([]);
  });

  it('and list both refused are a refused key', async () => {
    const {env} = await startProviders({openai: always(refused(401))});
    const {code, stdout, stderr} = await usage('projects', {env});
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/admin API key/);
  });
});

describe('any other failure is one of the account', () => {
  it.each([
    ['the list', /\/projects$/],
    ['a limit', /proj_alpha\/spend_limit$/],
    ['a page of members', /proj_beta\/users$/],
    ['the costs', /costs$/],
  ])('%s with 500: nothing of it counts', async (_, path) => {
    const {env} = await startProviders({openai: except(path, {status: 500, body: {}}), ionq: well});
    const trial = await usage('projects --json', {env});
    expect(trial.code).toBe(6);
    const {rows, sources} = envelope(trial);
    expect(rows.every(({provider}) => provider === 'ionq')).toBe(true);
    expect(sources).toMatchObject([
      {provider: 'openai', status: 'failed', error: {code: 'server_error'}},
      {provider: 'ionq', status: 'ok'},
    ]);
    const strict = await usage('projects --strict', {env});
    expect([strict.code, strict.stdout]).toEqual([5, '']);
  });

  it('also of the running month, when only that fails', async () => {
    const {env} = await startProviders({
      openai: except(/costs$/, ({query}) =>
        Number(query.get('start_time')) >= 1_793_491_200 ? {status: 500, body: {}} : 'serve',
      ),
    });
    const {code, stdout} = await usage('projects --period last-month', {env});
    expect([code, stdout]).toEqual([5, '']);
  });

  it('and what was asked beside it is given up', async () => {
    const ids = Array.from({length: 500}, (_, index) => ({id: `p${index}`, status: 'active'}));
    const providers = await startProviders({
      openai: ({path}) => {
        if (path === '/organization/projects') return {body: {data: ids, has_more: false}};
        if (path === '/organization/projects/p3/users') return {status: 501, body: {}};
        return /\/p\d+\//.test(path) ? {body: {data: [], has_more: false}} : 'serve';
      },
    });
    const {code} = await usage('projects', {env: providers.env});
    expect(code).toBe(5);
    expect(providers.paths('openai').length).toBeLessThan(200);
  });

  it('a repeated page is no list', async () => {
    const page = {body: {data: [{id: 'proj_alpha'}], has_more: true, last_id: 'proj_alpha'}};
    const {env} = await startProviders({openai: except(/\/projects$/, page)});
    const {code, stderr} = await usage('projects', {env});
    expect(code).toBe(5);
    expect(stderr).toMatch(/repeats a page cursor/);
  });
});

it.each(['projects', 'projects show openai/proj_alpha'])('%s is broken off by Ctrl-C', async line => {
  for (const path of [/\/projects$/, /costs$/, /proj_alpha\/users$/]) {
    const controller = new AbortController();
    const {env} = await startProviders({
      openai: except(path, () => {
        controller.abort();
        return undefined;
      }),
    });
    const {code, stdout} = await usage(line, {env, signal: controller.signal});
    expect([code, stdout]).toEqual([130, '']);
  }
});
