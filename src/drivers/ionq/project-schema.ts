import * as z from 'zod/mini';
import {type Decimal, decimal, sign} from '../../core/money.ts';
import type {ProviderBudget} from '../../core/project.ts';
import {decimalSchema} from '../decimal-schema.ts';
import type {Schema} from '../driver.ts';
import {optionalUnit, unitSchema} from './schema.ts';

/*
 * None of this is in IonQ's specification: projects were observed in two versions of the API, the report of the
 * organization is documented for the older one. So all but what identifies a thing may be missing.
 */

const text = z.nullish(z.string());
const amount = z.nullish(decimalSchema);

const projectSchema = z.object({
  id: text,
  name: text,
  quotaLimit: amount,
  quotaUsage: amount,
  unit: optionalUnit,
  allowedTargets: z.nullish(z.array(z.string())),
  lastJobRunTime: z.nullish(z.union([z.string(), z.number()])),
  status: text,
  archived: z.nullish(z.boolean()),
});
export type ListedProject = z.infer<typeof projectSchema>;

const envelope = z.object({
  projects: z.optional(z.array(projectSchema)),
  data: z.optional(z.array(projectSchema)),
  next: text,
});

export interface ProjectPage {
  readonly projects: readonly ListedProject[];
  readonly next: string | undefined;
}

/** The list comes bare, in `projects`, or in `data`: its envelope was never shown. */
export const projectPage: Schema<ProjectPage> = {
  parse(input) {
    if (Array.isArray(input)) return {projects: z.array(projectSchema).parse(input), next: undefined};
    const {projects, data, next} = envelope.parse(input);
    // Gives the message that any other missing field has.
    const found = projects ?? data ?? z.object({projects: z.array(projectSchema)}).parse(input).projects;
    return {projects: found, next: next || undefined};
  },
};

export const organizationSchema = z.object({
  organization: text,
  budget: amount,
  balance: amount,
  currency: optionalUnit,
  members: z.nullish(
    z.array(
      z.object({
        id: z.string(),
        user_email: text,
        first_name: text,
        last_name: text,
        quota: amount,
        quota_consumed: amount,
      }),
    ),
  ),
});

export const sessionsSchema = z.object({
  sessions: z.nullish(z.array(z.object({project_id: text, started_at: text, ended_at: text}))),
});

export const keySchema = z.object({key_name: text, project_id: text});

export const jobsSchema = z.object({
  jobs: z.array(
    z.object({
      id: z.string(),
      name: text,
      project_id: text,
      submitter_id: text,
      parent_job_id: text,
      dry_run: z.nullish(z.boolean()),
      submitted_at: text,
      started_at: text,
      completed_at: text,
    }),
  ),
  next: text,
});
export type Job = z.infer<typeof jobsSchema>['jobs'][number];

/** A job that was not charged has no cost. */
export const jobCostSchema = z.object({
  dry_run: z.nullish(z.boolean()),
  cost: z.nullish(z.object({value: decimalSchema, unit: unitSchema})),
});

const NO_JOBS = 'no QPU jobs';

/** A limit as IonQ means it: for all time; none or a negative one is unlimited; 0 lets simulators run and nothing else. */
export function limitOf(
  limit: Decimal | null | undefined,
  currency: string,
): Pick<ProviderBudget, 'kind' | 'amount' | 'period' | 'enforced' | 'remark'> {
  const shared = {kind: 'limit', period: 'total'} as const;
  if (limit == null || sign(limit) < 0) return {...shared, amount: 'unlimited'};
  const bounded = {...shared, amount: {amount: limit, currency}, enforced: true};
  return limit === decimal(0) ? {...bounded, remark: NO_JOBS} : bounded;
}
