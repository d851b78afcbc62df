import * as z from 'zod/mini';
import {ProviderError} from '../../core/errors.ts';
import type {Label} from '../../core/record.ts';
import type {Session} from '../driver.ts';
import {ifVisible, type Part} from '../visible.ts';
import {listPages} from './lists.ts';
import {projectPath} from './projects.ts';

const text = z.nullish(z.string());
const owner = z.nullish(z.object({id: text, name: text, email: text}));
const keySchema = z.object({
  id: z.string(),
  last_used_at: z.nullish(z.number()),
  owner: z.nullish(z.object({user: owner, service_account: owner})),
});
export type ProjectKey = z.infer<typeof keySchema>;

const KEYS: Part = {
  what: 'API keys of the project, and so who spent what,',
  needs: "an admin API key that may read the organization's projects, made by one of its owners",
};

/** The keys of a project that are not deleted; undefined if this key may not see them, or the project is closed. */
export const keysOf = (id: string, session: Session): Promise<ProjectKey[] | undefined> =>
  ifVisible(session, KEYS, () => listKeys(id, session));

async function listKeys(id: string, session: Session): Promise<ProjectKey[] | undefined> {
  try {
    const keys: ProjectKey[] = [];
    // Without this, keys whose owner has left the project are not listed.
    const params = {owner_project_access: 'any'};
    for await (const page of listPages(session, projectPath(id, 'api_keys'), keySchema, params))
      keys.push(...page);
    return keys;
  } catch (error) {
    // Deleted, or archived and so no more to be looked into.
    if (error instanceof ProviderError && ['not_found', 'bad_request'].includes(error.code)) return undefined;
    throw error;
  }
}

/** The person or the service account that a key belongs to. */
export function ownerOf({owner}: ProjectKey): Label | undefined {
  const {id, name, email} = owner?.user ?? owner?.service_account ?? {};
  const shown = name || email;
  return id ? {id, ...(shown && {name: shown})} : undefined;
}
