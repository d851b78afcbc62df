import {Random} from '../random.ts';
import type {Day, World} from '../world.ts';
import {
  type Answer,
  type Asked,
  DAY_MS,
  type Fields,
  figures,
  type Json,
  other,
  SECOND,
  written,
} from './answer.ts';

/** OpenAI's organization endpoints for a world: buckets of days in short pages, empty ones included. */
export function openai(world: World, seed: number): (asked: Asked) => Answer {
  const pageSize = new Random(seed, 'page').whole(2, 12);
  return ({path, query}) => {
    const random = new Random(seed, path, query.toString());
    if (path === '/organization/costs')
      return buckets(query, pageSize, day => costs(world, day, query, random));
    const kind = /^\/organization\/usage\/(\w+)$/.exec(path)?.[1];
    if (kind) return buckets(query, pageSize, day => usage(world, kind, day, query));
    if (path === '/organization/projects') return projects(world, query);
    return other({error: {message: `Invalid URL (GET ${path})`, type: 'x', param: null, code: null}}, 404);
  };
}

function buckets(query: URLSearchParams, pageSize: number, rowsOf: (day: Day) => Fields[]): Answer {
  const end = Number(query.get('end_time'));
  // A cursor that a fault made up leads back to the beginning.
  const cursor = /^page_(\d+)=$/.exec(query.get('page') ?? '')?.[1];
  let start = Number(cursor ?? query.get('start_time'));
  const data: Json[] = [];
  while (start < end && data.length < pageSize) {
    const day = Math.floor((start * SECOND) / DAY_MS);
    const next = Math.min(((day + 1) * DAY_MS) / SECOND, end);
    data.push({object: 'bucket', start_time: start, end_time: next, results: rowsOf(day)});
    start = next;
  }
  const more = start < end;
  return figures({
    object: 'page',
    data,
    has_more: more,
    next_page: more ? `page_${start}=` : null,
  });
}

function costs({charges}: World, day: Day, query: URLSearchParams, random: Random): Fields[] {
  const by = query.getAll('group_by');
  const rows = new Map<string, {labels: Fields; currency: string; units: bigint}>();
  for (const charge of charges) {
    if (charge.day !== day || !isWanted(charge.project_id, query)) continue;
    const labels = {
      project_id: by.includes('project_id') ? charge.project_id : null,
      line_item: by.includes('line_item') ? charge.line_item : null,
    };
    const key = JSON.stringify([labels, charge.currency]);
    const row = rows.get(key) ?? {labels, currency: charge.currency, units: 0n};
    row.units += charge.units;
    rows.set(key, row);
  }
  return random.shuffled([...rows.values()]).map(({labels, currency, units}) => ({
    object: 'organization.costs.result',
    amount: {value: written(units, random), currency},
    ...labels,
    organization_id: 'org-faults',
  }));
}

function usage({calls}: World, kind: string, day: Day, query: URLSearchParams): Fields[] {
  const by = query.getAll('group_by');
  return calls
    .filter(call => call.day === day && call.kind === kind && isWanted(call.project_id, query))
    .map(({project_id, model, input_tokens, output_tokens, num_model_requests}) => ({
      object: `organization.usage.${kind}.result`,
      input_tokens: Number(input_tokens),
      ...(kind === 'completions' && {output_tokens: Number(output_tokens)}),
      num_model_requests: Number(num_model_requests),
      project_id: by.includes('project_id') ? project_id : null,
      model: by.includes('model') ? model : null,
    }));
}

const isWanted = (project: string | null, query: URLSearchParams): boolean => {
  const wanted = query.getAll('project_ids');
  return wanted.length === 0 || (project !== null && wanted.includes(project));
};

/** Ids stand for themselves: the names are looked at elsewhere. */
function projects({charges}: World, query: URLSearchParams): Answer {
  const ids = [...new Set(charges.flatMap(({project_id}) => project_id ?? []))].sort();
  const first = query.get('after') === null ? 0 : ids.indexOf(query.get('after') ?? '') + 1;
  const data = ids.slice(first, first + 2).map(id => ({id, name: `name of ${id}`, status: 'active'}));
  return other({object: 'list', data, has_more: first + 2 < ids.length, last_id: null});
}
