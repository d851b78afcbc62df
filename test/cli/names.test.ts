import {beforeEach, describe, expect, it} from 'vitest';
import {answered, type Envelope, usage} from '../support/context.ts';
import {ALL, always, except, type Providers, startProviders, well} from '../support/providers.ts';

let providers: Providers;
beforeEach(async () => {
  providers = await startProviders(ALL);
});
const ask = (line: string): Promise<Envelope> => answered(line, {env: providers.env});
/** Requests that are not for figures. */
const lookups = () =>
  [...providers.paths('openai'), ...providers.paths('miosa')].filter(path => !/costs|usage/.test(path));

describe('names are looked up', () => {
  it('for the columns that show them', async () => {
    const {rows} = await ask('costs --provider openai --group-by project');
    expect(rows.map(row => `${row.project_id} ${row.project_name}`).toSorted()).toEqual([
      'null (unattributed)',
      'proj_alpha Alpha',
      'proj_beta Beta',
      'proj_old Old lab',
    ]);
    // One project a page; archived ones, whose costs are still in the figures, are asked for as well.
    expect(lookups()).toEqual(Array(3).fill('/organization/projects'));
    expect(
      providers
        .received('openai')
        .find(({path}) => path.endsWith('projects'))
        ?.query.get('include_archived'),
    ).toBe('true');
  });

  it.each([
    ['costs --group-by project --fields project_id,cost'],
    ['costs --group-by provider'],
    ['costs --group-by line-item,job --csv'],
    ['usage --group-by model'],
    ['report --project proj_alpha --group-by model --provider openai'],
    ['usage completions --user user-ann'],
    ['costs --provider miosa --group-by user'],
  ])('for no other: %s', async line => {
    expect((await usage(line, {env: providers.env})).code).toBe(0);
    expect(lookups()).toEqual([]);
  });

  it('once, for a filter and a column', async () => {
    await ask('costs --provider openai --group-by project --project Alpha --compare previous');
    expect(lookups()).toHaveLength(3);
  });

  it('for a column that rows are sorted by, though it is not shown', async () => {
    const {rows} = await ask(
      'costs --provider openai --group-by project --fields project_id --sort project_name',
    );
    expect(rows.map(({project_id}) => project_id)).toEqual([null, 'proj_alpha', 'proj_beta', 'proj_old']);
  });

  it('of keys in the projects until all are found; a project that is closed is passed over', async () => {
    const {rows} = await ask('usage completions --group-by api-key --fields api_key_id,api_key_name');
    expect(new Set(rows.map(row => `${row.api_key_id} ${row.api_key_name}`))).toEqual(
      new Set(['key_ci ci', 'key_app app', 'null (unattributed)']),
    );
  });

  it('by the id that figures have: MIOSA’s projects by the one that its customer gave them', async () => {
    const {rows} = await ask('costs --provider miosa --group-by project');
    expect(rows.map(row => [row.project_id, row.project_name])).toContainEqual(['alpha', 'Alpha']);
    const workspaces = await ask('costs --provider miosa --group-by workspace');
    expect(workspaces.rows.map(row => row.workspace_name).toSorted()).toEqual(['Clinic', 'Research']);
  });
});

describe('names that cannot be looked up', () => {
  it('leave the ids in their place, with a warning, and the figures whole', async () => {
    const {env} = await startProviders({
      openai: except(/projects/, {
        status: 403,
        body: {error: {message: 'missing scopes: api.management.read'}},
      }),
    });
    const {rows, notices, totals} = await answered('costs --group-by project', {env});
    expect(rows.map(row => [row.project_id, row.project_name])).toContainEqual(['proj_alpha', null]);
    expect(totals).toEqual((await ask('costs --provider openai')).totals);
    expect(notices).toContainEqual(
      expect.objectContaining({
        code: 'names_unavailable',
        level: 'warning',
        provider: 'openai',
        message: expect.stringContaining('ids are shown'),
      }),
    );
    expect((await usage('costs --group-by project', {env})).stdout).toContain('proj_alpha');
  });

  it('fail the provider where a filter needs them: another figure would be wrong', async () => {
    const {env, paths} = await startProviders({
      openai: except(/projects/, {status: 403, body: {}}),
      miosa: well,
    });
    const {code} = await usage('costs --project Alpha --json', {env});
    expect(code).toBe(6);
    expect(paths('openai').some(path => path.endsWith('costs'))).toBe(false);
  });

  it('do not hide that the figures failed', async () => {
    const {env} = await startProviders({openai: except(/costs/, always({status: 500, body: {}}))});
    const {code, stderr} = await usage('costs --group-by project', {env});
    expect(code).toBe(5);
    expect(stderr).toMatch(/^error: OpenAI failed \(500 on \/organization\/costs\)/);
  });
});

describe('two that share a name', () => {
  it('are told apart by their ids, for people; machines get both columns anyway', async () => {
    const {env} = await startProviders({openai: well, ionq: well, miosa: well});
    const {stdout} = await usage('costs --group-by project', {env, columns: 120});
    expect(stdout).toMatch(/Alpha \(proj_alpha\)/);
    expect(stdout).toMatch(/Alpha \(alpha\)/);
    const {rows} = await answered('costs --group-by project', {env});
    expect(
      rows
        .filter(row => row.project_name === 'Alpha')
        .map(row => row.project_id)
        .toSorted(),
    ).toEqual(['alpha', 'lab-0', 'proj_alpha']);
  });
});
