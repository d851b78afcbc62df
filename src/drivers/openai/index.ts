import * as z from 'zod/mini';
import {addDays, SECOND_MS, startOfDay, utc} from '../../core/instant.ts';
import {defineDriver, type Session} from '../driver.ts';
import {COSTS_PATH, costs} from './costs.ts';
import {credential} from './credential.ts';
import {ENDPOINTS} from './endpoints.ts';
import {explain} from './explain.ts';
import {focus} from './focus.ts';
import {names} from './names.ts';
import {pageSchema} from './pages.ts';
import {projectSource} from './project-source.ts';
import {usageSource} from './usage.ts';

/** OpenAI: organization costs and usage, by an admin API key. */
export const openai = defineDriver({
  id: 'openai',
  title: 'OpenAI',
  docsUrl: 'https://platform.openai.com/docs/api-reference/usage',
  baseUrl: 'https://api.openai.com/v1',
  baseUrlEnv: 'OPENAI_BASE_URL',
  credential,
  settings: [
    {
      name: 'organization',
      env: 'OPENAI_ORG_ID',
      description:
        'organization id (org-…), sent as OpenAI-Organization; needed only by a key of several organizations',
    },
  ],
  currencies: ['USD'],
  remarks: [
    'Costs are US dollars by UTC day, and are what the invoice is made of; they come hours, at times a day, later than usage.',
    'Usage need not agree with costs: fine-tuning, storage, evals and more appear in costs only.',
    'Usage of the last 15 minutes is still counted up.',
    'Audio, image and cached tokens are parts of input_tokens and output_tokens, and are never added to them.',
    'Costs can be split and filtered by API key in some organizations only.',
    'file_search_calls and web_search_calls are newer: an API that lacks them is asked for the rest.',
  ],
  headers: (secret, {organization}) => ({
    authorization: `Bearer ${secret}`,
    ...(organization && {'openai-organization': organization}),
  }),
  explain,
  identify,
  sources: [costs, ...ENDPOINTS.map(usageSource)],
  names,
  projects: projectSource,
  focus,
  settledUntil: startOfDay,
});

/** Rows name the organization, although the API's description does not say so. */
const ownerSchema = pageSchema(z.array(z.object({organization_id: z.nullish(z.string())})));

/** A fixed day in the past, so that the answer is final and small: costs that every admin key may read. */
const PROBE_DAY = utc(2025, 1, 1);

async function identify(session: Session): Promise<string> {
  const query = {start_time: PROBE_DAY / SECOND_MS, end_time: addDays(PROBE_DAY, 1) / SECOND_MS, limit: 1};
  const {data} = await session.get(COSTS_PATH, {query, schema: ownerSchema});
  const organization = data.flatMap(({results}) => results).find(row => row.organization_id)?.organization_id;
  const id = organization || session.settings.organization;
  return id ? `organization ${id}` : 'an organization whose name the API does not tell';
}
