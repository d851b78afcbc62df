import {startOfDay} from '../../core/instant.ts';
import {defineDriver} from '../driver.ts';
import {credential, headers} from './credential.ts';
import {explain} from './explain.ts';
import {focus} from './focus.ts';
import {identify} from './identify.ts';
import {projectSource} from './project-source.ts';
import {usage} from './source.ts';

/** IonQ Quantum Cloud, API v0.4. */
export const ionq = defineDriver({
  id: 'ionq',
  title: 'IonQ',
  docsUrl: 'https://docs.ionq.com/api-reference/v0.4/util/usages',
  baseUrl: 'https://api.ionq.co/v0.4',
  baseUrlEnv: 'IONQ_BASE_URL',
  credential,
  settings: [
    {
      name: 'organization',
      env: 'IONQ_ORGANIZATION_ID',
      description: 'organization id; without it the one of the key is looked up in its sessions',
    },
  ],
  currencies: ['USD', 'CREDITS'],
  remarks: [
    'The usage of the whole organization needs the key of an organization owner; other keys are refused with 401 or 403.',
    'One split at a time: by job, by project or by user.',
    'IonQ lists the five largest groups of a bucket. The rest is (other); days are asked for, where it is smallest.',
    'Amounts are in the unit that IonQ gives: USD, or CREDITS. They are neither added to each other nor converted.',
    'Days are UTC calendar days. IonQ does not say where its weeks begin: weeks and months are taken only if they prove to be ISO weeks and calendar months, else days are added up.',
    'The running day is provisional; how late usage may appear is not published.',
  ],
  headers,
  explain,
  identify,
  sources: [usage],
  // Names come with the figures, and records are filtered by them too. IonQ documents no endpoint that lists projects
  // or users, and a refusal of one would fail a filter that works without it.
  names: [],
  projects: projectSource,
  focus,
  settledUntil: startOfDay,
});
