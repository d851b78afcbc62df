import * as z from 'zod/mini';
import {type Instant, instant, SECOND_MS} from '../../core/instant.ts';
import type {Session} from '../driver.ts';
import {listPages} from './lists.ts';

/** What lists of the organization's projects and people take. */
export const ADMIN = "an admin API key that may read the organization's projects, made by one of its owners";

/** Unix seconds; null where it has not happened. */
const time = z.nullish(z.number());

const projectSchema = z.object({
  id: z.string(),
  name: z.nullish(z.string()),
  status: z.nullish(z.string()),
  created_at: time,
  archived_at: time,
});
export type ListedProject = z.infer<typeof projectSchema>;

/** All projects, page by page; archived ones too, because what they cost is still in the figures. */
export const listProjects = (session: Session): AsyncGenerator<readonly ListedProject[]> =>
  listPages(session, '/organization/projects', projectSchema, {include_archived: true});

export const projectPath = (id: string, what: string): string =>
  `/organization/projects/${encodeURIComponent(id)}/${what}`;

export const instantOf = (seconds: number | null | undefined): Instant | undefined =>
  seconds == null ? undefined : instant(seconds * SECOND_MS);
