import * as z from 'zod/mini';
import {InputError, ProviderError, type ProviderErrorCode} from '../../core/errors.ts';
import type {Session} from '../driver.ts';

/** IonQ's specification says UUID, but real ones are reverse domains too: any text that can stand in a path. */
const ID = /^(?!\.{1,2}$)[^\s\p{C}]{1,200}$/u;

const HINT = 'set IONQ_ORGANIZATION_ID, or: usage auth login ionq --organization <id>';

const sessionsSchema = z.object({
  organization_id: z.nullish(z.string()),
  sessions: z.nullish(z.array(z.object({organization_id: z.nullish(z.string())}))),
});

/** One look-up a session, however many slices wait for it. */
const lookups = new WeakMap<Session, Promise<string>>();

/**
 * The organization whose usage is asked for: the setting, or else the one that the key's sessions belong to.
 * Throws InputError for a setting that cannot be an id, ProviderError if IonQ does not say, CredentialError if it refuses.
 */
export function organizationOf(session: Session): Promise<string> {
  const known = lookups.get(session);
  if (known) return known;
  const lookup = find(session);
  lookups.set(session, lookup);
  return lookup;
}

async function find(session: Session): Promise<string> {
  const given = session.settings.organization?.trim();
  if (!given) return discover(session);
  if (ID.test(given)) return given;
  throw new InputError('the organization id of IonQ cannot be an id', {
    rule: '1 to 200 characters without white space, such as a UUID or com.example.team',
    hint: HINT,
    provider: 'ionq',
  });
}

async function discover(session: Session): Promise<string> {
  const {organization_id, sessions} = await getSessions(session);
  const ids = organization_id
    ? [organization_id]
    : (sessions ?? []).flatMap(one => one.organization_id || []);
  const [id, ...others] = new Set(ids);
  // Several would be a guess, and a guess would be somebody else's bill.
  if (id !== undefined && others.length === 0 && ID.test(id)) return id;
  throw unknown('bad_response');
}

async function getSessions(session: Session): Promise<z.infer<typeof sessionsSchema>> {
  try {
    return await session.get('/sessions', {schema: sessionsSchema});
  } catch (cause) {
    if (cause instanceof ProviderError && cause.code === 'not_found') throw unknown(cause.code, cause);
    throw cause;
  }
}

const unknown = (code: ProviderErrorCode, cause?: unknown): ProviderError =>
  new ProviderError(code, 'IonQ does not say which organization the key belongs to', {
    hint: HINT,
    provider: 'ionq',
    cause,
  });
