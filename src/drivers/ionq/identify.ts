import * as z from 'zod/mini';
import {CredentialError, ProviderError} from '../../core/errors.ts';
import type {Session} from '../driver.ts';
import {organizationOf} from './organization.ts';

const whoamiSchema = z.object({key_name: z.string(), project_id: z.nullish(z.string())});

/** The key's name, its project, and its organization if that can be found: `key "ci", project …, organization …`. */
export async function identify(session: Session): Promise<string> {
  const {key_name, project_id} = await session.get('/whoami', {schema: whoamiSchema});
  const organization = await knownOrganization(session);
  return [
    `key "${key_name}"`,
    ...(project_id ? [`project ${project_id}`] : []),
    ...(organization ? [`organization ${organization}`] : []),
  ].join(', ');
}

/** The key has proved good by now; not knowing its organization is for the reports to complain about. */
async function knownOrganization(session: Session): Promise<string | undefined> {
  try {
    return await organizationOf(session);
  } catch (error) {
    if (error instanceof ProviderError || error instanceof CredentialError) return undefined;
    throw error;
  }
}
