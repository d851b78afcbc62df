import {expect, it} from 'vitest';
import {answered, temporary, usage} from '../../support/context.ts';
import {ALL, SECRETS, startProviders} from '../../support/providers.ts';

it('several accounts of one provider are told apart, in the list and by name', async () => {
  const {env} = await startProviders({openai: ALL.openai});
  const at = {env, directory: await temporary()};
  const login = ['auth', 'login', 'openai', '--name', 'work', '--no-verify'];
  expect((await usage(login, {...at, stdin: SECRETS.openai})).code).toBe(0);

  const {rows} = await answered('projects', at);
  const alphas = rows.filter(({project_id}) => project_id === 'proj_alpha');
  expect(alphas.map(({account}) => account)).toEqual(['openai', 'work']);
  const table = await usage('projects', {...at, columns: 200});
  expect(table.stdout).toMatch(/Account/);
  expect(table.stdout).toContain('Alpha (proj_alpha)');

  const ambiguous = await usage('projects show openai/Alpha', at);
  expect(ambiguous.code).toBe(2);
  expect(ambiguous.stderr).toContain('openai/proj_alpha (Alpha), work/proj_alpha (Alpha)');
  const {project} = await answered('projects show work/Alpha', at);
  expect(project).toMatchObject({account: 'work', project_id: 'proj_alpha'});
});
