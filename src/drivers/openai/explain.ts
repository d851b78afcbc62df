import * as z from 'zod/mini';
import type {Explanation, Refusal} from '../driver.ts';
import {ADMIN_KEYS_URL} from './credential.ts';

const text = z.catch(z.optional(z.string()), undefined);
const bodySchema = z.object({
  error: z.union([z.string(), z.object({message: text, code: text, type: text, param: text})]),
});

type Said = {
  readonly message?: string | undefined;
  readonly code?: string | undefined;
  readonly param?: string | undefined;
};

/** Reads OpenAI's error body, and knows what a person should do about the refusals that are met most. */
export function explain({status, body}: Refusal): Explanation {
  const said = read(body);
  const message = said.message === undefined ? undefined : maskKeys(said.message);
  const hint = hintFor(status, said);
  return {...(message && {message}), ...(said.code && {code: said.code}), ...(hint && {hint})};
}

function read(body: unknown): Said {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return {};
  const {error} = parsed.data;
  return typeof error === 'string' ? {message: error} : error;
}

/** OpenAI masks the key that it quotes, a server in between may not. */
const maskKeys = (message: string): string => message.replace(/\bsk-[\w*-]+/g, 'sk-…');

function hintFor(status: number, {message = '', param = ''}: Said): string | undefined {
  // The same refusal has been seen with both statuses.
  if (
    (status === 401 || status === 403) &&
    /api\.usage\.read|insufficient permissions|missing scopes?/i.test(message)
  ) {
    return `This is not an admin API key, or not one that may read usage: an owner of the organization makes one at ${ADMIN_KEYS_URL}`;
  }
  if (status === 400 && lacksApiKeys(`${param} ${message}`)) {
    return 'The costs of this organization cannot be told apart by API key: leave api-key out of --group-by and --api-key, or ask for it in: usage usage';
  }
  if (status === 404 && /^invalid url/i.test(message)) return 'check OPENAI_BASE_URL: it ends in /v1';
  if (status === 429) return 'wait a minute, or ask for less at a time: --concurrency 1, a shorter period';
  return undefined;
}

/** Whether the API says that it cannot group by API key, or does not know the filter. */
const lacksApiKeys = (said: string): boolean =>
  (/\bapi_key_id\b/.test(said) && /group_by|supported values/i.test(said)) ||
  (/\bapi_key_ids\b/.test(said) && /unknown|unrecognized|unsupported|not supported/i.test(said));
