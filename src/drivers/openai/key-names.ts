import * as z from 'zod/mini';
import {CredentialError, ProviderError} from '../../core/errors.ts';
import type {NameSource, Session} from '../driver.ts';
import {listPages} from './lists.ts';
import {type ListedProject, listProjects} from './projects.ts';

const keySchema = z.object({id: z.string(), name: z.nullish(z.string())});

/** Projects asked side by side: enough to hide the wait, few enough not to ask many in vain once all are found. */
const BATCH = 8;

/**
 * Keys are listed project by project, so this asks only when there are keys to name, and stops when all have a name.
 * A project that does not open its list (archived, or closed to this key) is skipped, and one notice says how many.
 */
export const apiKeyNames: NameSource['lookup'] = async (session, wanted) => {
  const names = new Map<string, string>();
  const ids = await wanted();
  const missing = new Set(ids);
  const isDone = () => ids !== undefined && missing.size === 0;
  if (isDone()) return names;

  const projects = await projectsInOrder(session);
  let closed = 0;
  for (let first = 0; first < projects.length && !isDone(); first += BATCH) {
    const lists = await Promise.all(
      projects.slice(first, first + BATCH).map(project => keysOf(session, project)),
    );
    for (const keys of lists) {
      if (!keys) closed++;
      for (const [id, name] of keys ?? []) {
        if (name) names.set(id, name);
        missing.delete(id);
      }
    }
  }
  if (closed > 0) {
    session.note({
      level: 'info',
      code: 'names_unavailable',
      message: `${closed} of ${projects.length} projects do not list their API keys (archived, or closed to this key): ids are shown`,
    });
  }
  return names;
};

/** Projects in use first: most keys are found there. */
async function projectsInOrder(session: Session): Promise<readonly ListedProject[]> {
  const projects: ListedProject[] = [];
  for await (const page of listProjects(session)) projects.push(...page);
  const isArchived = ({status}: ListedProject) => status === 'archived';
  return [...projects.filter(project => !isArchived(project)), ...projects.filter(isArchived)];
}

/** Ids with names; undefined if the project does not tell. */
async function keysOf(
  session: Session,
  {id}: ListedProject,
): Promise<ReadonlyMap<string, string | null | undefined> | undefined> {
  const keys = new Map<string, string | null | undefined>();
  // Without this, keys whose owner has left the project are not listed.
  const params = {owner_project_access: 'any'};
  try {
    const path = `/organization/projects/${encodeURIComponent(id)}/api_keys`;
    for await (const page of listPages(session, path, keySchema, params)) {
      for (const key of page) keys.set(key.id, key.name);
    }
  } catch (error) {
    if (isClosed(error)) return undefined;
    throw error;
  }
  return keys;
}

const isClosed = (error: unknown): boolean =>
  error instanceof CredentialError ||
  (error instanceof ProviderError && (error.code === 'bad_request' || error.code === 'not_found'));
