import * as z from 'zod/mini';
import type {Explanation, Refusal} from '../driver.ts';

const text = z.catch(z.optional(z.string()), undefined);
const texts = z.catch(z.array(z.string()), []);
/** Complaints by field, as validation gives them. */
const details = z.catch(
  z.optional(z.record(z.string(), z.union([z.string(), z.array(z.string())]))),
  undefined,
);

const nested = z.object({code: text, message: text, detail: text, details, request_id: text});
const bodySchema = z.object({
  error: z.catch(z.optional(z.union([z.string(), nested])), undefined),
  code: text,
  message: text,
  detail: text,
  details,
  errors: texts,
  request_id: text,
});

// Maps and not objects: a server that says `constructor` means no code of ours.
/** What the codes of the rollup mean. They come with spaces or underscores, as code or as message. */
const CAUSES: ReadonlyMap<string, string> = new Map([
  ['invalid_group_by', 'group_by is not one of the values that the API accepts'],
  ['invalid_period', 'period is not one of the values that the API accepts'],
  ['invalid_custom_range', 'start or end of the custom range is missing or not ISO 8601'],
]);

const HINTS: ReadonlyMap<string, string> = new Map([
  ['invalid_group_by', 'the API may have changed: see whether a newer version of usage exists'],
  ['invalid_period', 'the API may have changed: see whether a newer version of usage exists'],
  ['invalid_custom_range', 'try another period; if it stays, see whether a newer version of usage exists'],
  ['insufficient_scope', 'use a key of the organization that may read usage'],
  ['insufficient_credits', 'the organization is out of credits: buy some, then try again'],
  ['tenant_resolution_failed', 'name the organization with MIOSA_TENANT (id or slug)'],
]);

/** Reads every shape of error that the docs and the SDKs know: nested, flat, with `detail`, a list, or plain text. */
export function explain({body}: Refusal): Explanation {
  if (typeof body === 'string' && !isWords(body)) return {};
  const parsed = bodySchema.safeParse(typeof body === 'string' ? {error: body.trim()} : body);
  if (!parsed.success) return {};
  const {error, errors, ...flat} = parsed.data;
  const inner = typeof error === 'object' ? {...flat, ...defined(error)} : flat;
  const word = typeof error === 'string' ? error : undefined;
  // {error: "msg", code: "X"} and {error: "UPPER_SNAKE", detail: "…"} are both about.
  const code =
    inner.code ?? (word && (inner.message || inner.detail || CAUSES.get(normal(word))) ? word : undefined);
  const said = inner.message ?? inner.detail ?? word ?? errors.join('; ');
  const known = [code, said].find(name => name && CAUSES.get(normal(name)));
  const cause = known && CAUSES.get(normal(known));
  const words = cause ? `${known}: ${cause}` : said || code;
  const message = [words, complaints(inner.details), reference(inner.request_id)].filter(Boolean).join(' ');
  const name = known ?? code;
  const hint = name && HINTS.get(normal(name));
  return {...(message && {message}), ...(name && {code: name}), ...(hint && {hint})};
}

const complaints = (byField: z.infer<typeof details>): string =>
  Object.entries(byField ?? {})
    .map(([field, words]) => `${field} ${[words].flat().join(', ')}`)
    .join('; ');
const reference = (id: string | undefined): string => (id ? `(request ${id})` : '');

const normal = (code: string): string =>
  code
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
/** Plain text, and not the page of some proxy. */
const isWords = (body: string): boolean => body.trim() !== '' && !body.trimStart().startsWith('<');
/** Without the fields that are there but undefined, which would cover what stands outside. */
const defined = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
