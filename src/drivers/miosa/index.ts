import {startOfDay} from '../../core/instant.ts';
import {defineDriver} from '../driver.ts';
import {explain} from './explain.ts';
import {focus} from './focus.ts';
import {identify} from './identify.ts';
import {CURRENCY} from './metrics.ts';
import {projectNames, workspaceNames} from './names.ts';
import {projectSource} from './project-source.ts';
import {usage} from './usage.ts';

/** MIOSA: sandboxes, computers and their storage, from the usage rollup. */
export const miosa = defineDriver({
  id: 'miosa',
  title: 'MIOSA',
  docsUrl: 'https://www.miosa.ai/docs/api-reference/usage-rollup',
  baseUrl: 'https://api.miosa.ai/api/v1',
  baseUrlEnv: 'MIOSA_BASE_URL',
  credential: {
    label: 'API key',
    env: 'MIOSA_API_KEY',
    url: 'https://miosa.ai/docs/api-reference',
    hint: 'MIOSA wants an API key of the organization (starts with msk_) or a JWT.',
    objection,
  },
  settings: [
    {
      name: 'tenant',
      env: 'MIOSA_TENANT',
      description: 'organization (id or slug) to ask for, where the key belongs to several',
    },
  ],
  currencies: [CURRENCY],
  remarks: [
    'Costs are credit cents; MIOSA publishes no price of them in any money, so they are a currency of their own.',
    'Seconds are vCPU-seconds, not wall time; storage_gb_hours are GiB-hours.',
    'A report can be split by user, project or workspace, one at a time; users and projects are your own external ids.',
    'With --bucket there is one call for each bucket, at most 1000.',
    'The API does not say when figures are final; the running day is taken as provisional.',
  ],
  headers: (secret, settings) => ({
    authorization: `Bearer ${secret}`,
    ...(settings.tenant && {'x-miosa-tenant': settings.tenant}),
  }),
  explain,
  identify,
  sources: [usage],
  names: [projectNames, workspaceNames],
  projects: projectSource,
  focus,
  settledUntil: startOfDay,
});

/** JWTs are taken beside msk_ keys, so little can be said about the form of a secret. */
function objection(secret: string): string | undefined {
  if (/^bearer\s/i.test(secret)) return 'leave out "Bearer": only the key itself is wanted';
  return secret === '' || /\s/.test(secret) ? 'a key is one word without spaces' : undefined;
}
