import {type DayNumber, dayOf} from '../day.ts';
import {hash, uuid} from '../random.ts';
import {RHYTHMS, type Rhythm, type RhythmName} from '../rhythm.ts';

/** The organization itself is a tenant of MIOSA. */
export const TENANT_ID = uuid('tenant');

/** A workspace of MIOSA's own: every sandbox is in one. */
export interface Workspace {
  readonly slug: string;
  readonly id: string;
  readonly name: string;
  readonly created: DayNumber;
}

const workspace = (slug: string, name: string, created: string): Workspace => ({
  slug,
  id: uuid(`workspace ${slug}`),
  name,
  created: dayOf(created),
});

/** The first one is the default. */
export const WORKSPACES: readonly Workspace[] = [
  workspace('production', 'Production', '2024-09-16'),
  workspace('staging', 'Staging', '2024-09-16'),
  workspace('trials', 'Customer trials', '2025-05-19'),
];

/** The id that usage is grouped by. */
export const workspaceId = (slug: string): string =>
  WORKSPACES.find(known => known.slug === slug)?.id ?? slug;

/** A project as the company knows it. */
export interface SandboxProject {
  readonly slug: string;
  readonly name: string;
  readonly workspace: string;
  readonly created: DayNumber;
  readonly description: string | null;
}

const project = (
  slug: string,
  name: string,
  at: string,
  created: string,
  description: string | null = null,
): SandboxProject => ({
  slug,
  name,
  workspace: at,
  created: dayOf(created),
  description,
});

/** The slug is the `external_project_id` that usage is grouped by. */
export const SANDBOX_PROJECTS: readonly SandboxProject[] = [
  project(
    'notebooks',
    'Customer notebooks',
    'production',
    '2024-09-16',
    'Code cells of the hosted notebooks',
  ),
  project('agent-runs', 'Agent sandboxes', 'production', '2025-09-22'),
  project('ci', 'Integration tests', 'staging', '2024-10-07'),
  project('previews', 'Preview environments', 'staging', '2025-03-10'),
  project('trial-desktops', 'Trial desktops', 'trials', '2025-05-19', 'Full computers, two weeks each'),
];

/** One steady use of sandboxes and computers; volumes of an ordinary weekday on the reference day. */
export interface Tenant {
  /** Null where whoever made the sandbox said nothing. */
  readonly user: string | null;
  readonly project: string | null;
  readonly workspace: string;
  readonly rhythm: Rhythm;
  readonly seed: number;
  readonly from: DayNumber;
  /** vCPU-seconds a day. */
  readonly sandbox: number;
  readonly computer: number;
  /** Attached all day long. */
  readonly gib: number;
}

const tenant = (
  user: string | null,
  projectSlug: string | null,
  at: string,
  from: string,
  rhythm: RhythmName,
  [sandbox, computer, gib]: readonly [sandbox: number, computer: number, gib: number],
): Tenant => ({
  user,
  project: projectSlug,
  workspace: workspaceId(at),
  rhythm: RHYTHMS[rhythm],
  seed: hash(`${user} ${projectSlug} ${at}`),
  from: dayOf(from),
  sandbox,
  computer,
  gib,
});

/** Two have no user on purpose, one no project, and one neither. */
export const TENANTS: readonly Tenant[] = [
  tenant('user_clinic_42', 'notebooks', 'production', '2024-09-23', 'customers', [14_400, 0, 2.5]),
  tenant('user_clinic_99', 'notebooks', 'production', '2024-11-04', 'customers', [6_800, 1_900, 1]),
  tenant('user_harbor_7', 'notebooks', 'production', '2025-02-03', 'customers', [9_300, 0, 4]),
  tenant('user_harbor_7', 'agent-runs', 'production', '2025-10-06', 'customers', [4_100, 0, 0.5]),
  tenant(
    'maria.silva@ponte.example',
    'agent-runs',
    'production',
    '2025-11-10',
    'customers',
    [11_700, 0, 1.5],
  ),
  tenant('user_北斗_3', 'notebooks', 'production', '2026-03-16', 'tokyo', [5_200, 2_400, 2]),
  tenant('user_orchard_15', 'trial-desktops', 'trials', '2026-05-11', 'office', [0, 7_900, 8]),
  tenant('user_orchard_16', 'trial-desktops', 'trials', '2026-09-28', 'office', [900, 5_300, 8]),
  tenant(null, 'ci', 'staging', '2024-10-14', 'office', [8_600, 0, 0]),
  tenant(null, 'previews', 'staging', '2025-03-17', 'steady', [2_700, 0, 6]),
  tenant('lukas', null, 'staging', '2025-06-23', 'office', [1_900, 600, 1]),
  tenant(null, null, 'production', '2025-01-13', 'steady', [430, 0, 12]),
];

/** Limits of the users who have any; null is no cap. */
export const QUOTAS: {readonly [user: string]: {readonly [limit: string]: number | null}} = {
  user_clinic_42: {max_sandboxes: 40, max_concurrent: 6, max_storage_gb: 50, max_credit_cents: 12_000},
  user_clinic_99: {max_sandboxes: 20, max_concurrent: 3, max_storage_gb: 20, max_credit_cents: 5_000},
  user_orchard_15: {max_sandboxes: 4, max_concurrent: 1, max_storage_gb: 16, max_credit_cents: 4_000},
  'maria.silva@ponte.example': {
    max_sandboxes: null,
    max_concurrent: 8,
    max_storage_gb: null,
    max_credit_cents: null,
  },
};
