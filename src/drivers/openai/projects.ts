import * as z from 'zod/mini';
import type {Session} from '../driver.ts';
import {listPages} from './lists.ts';

const projectSchema = z.object({id: z.string(), name: z.nullish(z.string()), status: z.nullish(z.string())});
export type Project = z.infer<typeof projectSchema>;

/** All projects, page by page; archived ones too, because what they cost is still in the figures. */
export const listProjects = (session: Session): AsyncGenerator<readonly Project[]> =>
  listPages(session, '/organization/projects', projectSchema, {include_archived: true});
