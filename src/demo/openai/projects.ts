import {type DayNumber, dayOf} from '../day.ts';
import {opaque} from '../random.ts';

/** A key of a project. Its id is what usage and cost rows carry. */
export interface ApiKey {
  readonly slug: string;
  readonly id: string;
  readonly name: string;
  /** Slug of a person, or `svc-…` for a service account. */
  readonly owner: string;
  /** Deleted keys are not listed, but their usage stays. */
  readonly deleted?: boolean;
}

/** A project. Its id is what usage and cost rows carry. */
export interface Project {
  readonly slug: string;
  readonly id: string;
  readonly name: string | null;
  readonly created: DayNumber;
  readonly archived?: DayNumber;
  /** Not listed any more, not even as archived. */
  readonly deleted?: DayNumber;
  readonly keys: readonly ApiKey[];
  readonly members: readonly string[];
  /** Cents a month. */
  readonly limit?: {readonly cents: number; readonly enforced: boolean};
  readonly alerts?: readonly number[];
}

/** Keys by slug, short enough for a table. */
type Keys = {readonly [slug: string]: readonly [name: string, owner: string, state?: 'deleted']};

type More = Pick<Project, 'limit' | 'alerts'> & {archived?: string; deleted?: string};

function project(
  slug: string,
  name: string | null,
  created: string,
  members: string,
  keys: Keys,
  more: More = {},
): Project {
  const {archived, deleted, ...budget} = more;
  return {
    slug,
    id: `proj_${opaque(`project ${slug}`, 24)}`,
    name,
    created: dayOf(created),
    members: members.split(' '),
    keys: Object.entries(keys).map(([keySlug, [keyName, owner, state]]) => ({
      slug: keySlug,
      id: `key_${opaque(`key ${keySlug}`, 16)}`,
      name: keyName,
      owner,
      ...(state && {deleted: true}),
    })),
    ...budget,
    ...(archived && {archived: dayOf(archived)}),
    ...(deleted && {deleted: dayOf(deleted)}),
  };
}

/** Every kind of project that a report must cope with: archived, deleted, nameless, named in another script. */
export const PROJECTS: readonly Project[] = [
  project('default', null, '2024-01-01', 'ingrid mateo priya tom zoe', {}),
  project(
    'atlas',
    'Atlas Search',
    '2024-02-05',
    'ingrid priya tom hana',
    {
      'atlas-prod': ['atlas-prod', 'svc-atlas'],
      'atlas-index': ['atlas-indexer', 'svc-atlas'],
      'atlas-dev': ['Priya (dev)', 'priya'],
    },
    {limit: {cents: 450_000, enforced: false}, alerts: [300_000, 400_000]},
  ),
  project(
    'labelling',
    'Data Labelling 2024',
    '2024-03-11',
    'priya jonas',
    {'labelling-batch': ['labelling', 'priya', 'deleted']},
    {
      archived: '2025-03-31',
    },
  ),
  project(
    'support',
    'Support Copilot',
    '2024-06-10',
    'mateo zoe ngozi',
    {
      'support-prod': ['support-prod', 'svc-support'],
      'support-old': ['support-prod (rotated)', 'svc-support', 'deleted'],
      'support-triage': ['triage classifier', 'zoe'],
    },
    {limit: {cents: 300_000, enforced: true}},
  ),
  project(
    'mobile',
    'Mobile Beta',
    '2024-09-02',
    'tom',
    {'mobile-beta': ['mobile-beta', 'tom']},
    {deleted: '2026-11-10'},
  ),
  project('pipeline', 'Document Pipeline', '2024-10-07', 'priya ngozi lukas', {
    'pipeline-batch': ['nightly-batch', 'svc-pipeline'],
    'pipeline-vision': ['scan-reader', 'svc-pipeline'],
  }),
  project('marketing', 'Marketing Studio', '2024-11-18', 'zoe elena', {
    'marketing-web': ['studio', 'zoe'],
    'marketing-elena': ['Elena', 'elena'],
  }),
  project('tokyo', 'ナレッジ検索 🗾', '2025-03-10', 'sato hana', {
    'tokyo-prod': ['本番', 'svc-tokyo'],
    'tokyo-dev': ['佐藤 開発', 'sato'],
  }),
  project(
    'hackathon',
    'Hackathon Spring ’25',
    '2025-04-22',
    'tom hana jonas',
    {'hackathon-all': ['everyone', 'hana']},
    {archived: '2025-06-30'},
  ),
  project('research', 'Research Sandbox', '2025-05-05', 'mateo lukas wei jonas', {
    'research-lukas': ['Lukas', 'lukas'],
    'research-jonas': ['Jonas notebook', 'jonas'],
    'research-evals': ['eval-runner', 'svc-evals'],
  }),
  project('tools', 'Internal Tools', '2025-08-11', 'ingrid amara', {
    'tools-slack': ['slack-bot', 'svc-tools'],
    'tools-amara': ['=HYPERLINK("#","finance")', 'amara'],
  }),
  project(
    'agents',
    'Agents Platform',
    '2025-09-15',
    'mateo wei amara lukas',
    {
      'agents-prod': ['agents-prod', 'svc-agents'],
      'agents-staging': ['agents-staging', 'svc-agents'],
      'agents-wei': ['Wei (loop tests)', 'wei'],
    },
    {limit: {cents: 250_000, enforced: false}, alerts: [200_000]},
  ),
  project(
    'voice',
    'Voice Concierge',
    '2026-01-19',
    'zoe ngozi elena',
    {'voice-prod': ['voice-prod', 'svc-voice'], 'voice-dev': ['Ngozi', 'ngozi']},
    {
      limit: {cents: 200_000, enforced: true},
      alerts: [150_000],
    },
  ),
  project(
    'offsite',
    'Offsite Hack 2026',
    '2026-10-12',
    'tom amara wei',
    {'offsite-all': ['offsite', 'tom']},
    {archived: '2026-11-06'},
  ),
];

/** Cents a month for the whole organization. */
export const ORGANIZATION_LIMIT = {cents: 1_500_000, enforced: false};
/** Cents a month at which a mail is sent. */
export const ORGANIZATION_ALERTS: readonly number[] = [1_000_000, 1_300_000];

/** Ids as usage rows carry them; service accounts have user ids too. */
export const userId = (slug: string): string => `user-${opaque(`user ${slug}`, 24)}`;
