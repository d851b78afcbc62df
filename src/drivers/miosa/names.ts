import * as z from 'zod/mini';
import {ProviderError} from '../../core/errors.ts';
import type {NameSource, Schema, Session} from '../driver.ts';
import {paginate} from '../paginate.ts';

/** What reading projects, workspaces and credits takes. */
export const KEY = 'a key of the organization that may read it (msk_a_… or msk_p_…)';

const PAGE_SIZE = 100; // the most that the API gives
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const text = z.nullish(z.string());
const itemSchema = z.object({
  id: z.string(),
  name: text,
  external_project_id: text,
  workspace_id: text,
  created_at: text,
});
export type Item = z.infer<typeof itemSchema>;

const total = z.nullish(z.number());
const listSchema = z.object({
  data: z.optional(z.array(itemSchema)),
  projects: z.optional(z.array(itemSchema)),
  workspaces: z.optional(z.array(itemSchema)),
  total,
  page: z.nullish(z.union([z.number(), z.object({total})])),
  meta: z.nullish(z.object({total})),
});

interface List {
  readonly items: readonly Item[];
  /** Of all pages, if the answer says. */
  readonly total: number;
}

/** A list comes bare, in `data`, or under its own name; its total at the top, in `page` or in `meta`. */
const list: Schema<List> = {
  parse(input) {
    if (Array.isArray(input)) return {items: z.array(itemSchema).parse(input), total: 0};
    const {data, projects, workspaces, page, meta, ...rest} = listSchema.parse(input);
    const items = data ?? projects ?? workspaces;
    // Gives the message that any other missing field has.
    if (!items) return {items: z.object({data: z.array(itemSchema)}).parse(input).data, total: 0};
    const ofPage = typeof page === 'object' ? page?.total : undefined;
    return {items, total: ofPage ?? rest.total ?? meta?.total ?? 0};
  },
};

/** The rollup knows projects by the id that the customer gave them, not by MIOSA's own. */
export const projectNames: NameSource = {
  dimension: 'project',
  needs: KEY,
  isId: () => false, // any text may be an id, and any text a name
  lookup: async session => namesBy(await getAll('/projects', session), item => item.external_project_id),
};

export const workspaceNames: NameSource = {
  dimension: 'workspace',
  needs: KEY,
  isId: value => UUID.test(value),
  lookup: async session => namesBy(await getAll('/workspaces', session), item => item.id),
};

/** An id that stands for several names (two projects may share an external id) gets none, rather than a wrong one. */
function namesBy(
  items: readonly Item[],
  idOf: (item: Item) => string | null | undefined,
): Map<string, string> {
  const names = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const item of items) {
    const id = idOf(item);
    if (!id || !item.name) continue;
    if (names.has(id) && names.get(id) !== item.name) ambiguous.add(id);
    names.set(id, item.name);
  }
  for (const id of ambiguous) names.delete(id);
  return names;
}

/** All projects or workspaces, page by page. */
export async function getAll(path: string, session: Session): Promise<readonly Item[]> {
  const seen = new Map<string, Item>();
  let read = 0;
  const pages = paginate(async cursor => {
    const page = Number(cursor ?? '1');
    const {items, total} = await session.get(path, {query: {page, page_size: PAGE_SIZE}, schema: list});
    read += items.length;
    return {content: items, next: items.length > 0 && read < total ? String(page + 1) : undefined};
  });
  for await (const items of pages) {
    if (items.length > 0 && items.every(item => seen.has(item.id))) {
      throw new ProviderError('repeated_cursor', `MIOSA repeats a page of ${path}`, {provider: 'miosa'});
    }
    for (const item of items) seen.set(item.id, item);
  }
  return [...seen.values()];
}
