import {CredentialError, ProviderError} from '../core/errors.ts';
import type {Session} from './driver.ts';

/** A part of an answer that not every key may see. */
export interface Part {
  /** In the plural, as a sentence begins with it: "budgets of projects". */
  readonly what: string;
  /** Whom or what it takes: "an admin key with the scope …". */
  readonly needs: string;
}

/** Whether a failure says that the key may not see something, or that the API does not have it. */
export const isHidden = (error: unknown): boolean =>
  (error instanceof CredentialError && error.code === 'credential_refused') ||
  (error instanceof ProviderError && error.code === 'not_found');

/**
 * Asks for a part. What the key may not see (401, 403) or the API lacks (404) is undefined, with a notice of what it
 * takes; the same notice is said once, however many projects it is about. Any other failure is thrown.
 */
export async function ifVisible<T>(
  session: Session,
  part: Part,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!isHidden(error)) throw error;
    noteHidden(session, part, error);
    return undefined;
  }
}

export function noteHidden(session: Session, {what, needs}: Part, error: unknown): void {
  const why = error instanceof CredentialError ? 'this key may not see them' : 'the API does not have them';
  session.note({
    level: 'warning',
    code: 'not_visible',
    message: `${what} are unknown: ${why}. It takes ${needs}`,
  });
}
