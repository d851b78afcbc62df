import type {LabelDimension} from '../../core/dimension.ts';
import {ProviderError} from '../../core/errors.ts';
import type {Project} from '../../core/project.ts';
import type {Label, Record} from '../../core/record.ts';
import type {ProjectQuery, Session, SourceQuery} from '../driver.ts';
import {costs} from './costs.ts';
import {keysOf, ownerOf} from './project-keys.ts';

/**
 * What a project was billed, by line item and by the owner of the key. The bill knows keys and no people, so what was
 * spent by a key that is deleted, or by none, has no user.
 */
export async function* charges(
  project: Project,
  query: ProjectQuery,
  session: Session,
): AsyncGenerator<Record> {
  const keys = await keysOf(project.id, session);
  const owners = new Map((keys ?? []).map(key => [key.id, ownerOf(key)]));
  const records = await byKey(project, query, session);
  for (const {labels, ...record} of records) {
    const {line_item, api_key} = labels;
    const user: Label | undefined = api_key && owners.get(api_key.id);
    yield {...record, labels: {...(line_item && {line_item}), ...(user && {user})}};
  }
}

/** Some organizations cannot split their costs by key: then line items are all that is told. */
async function byKey(project: Project, query: ProjectQuery, session: Session): Promise<Record[]> {
  try {
    return await collect(project, query, ['line_item', 'api_key'], session);
  } catch (error) {
    if (!(error instanceof ProviderError && error.code === 'bad_request')) throw error;
    session.note({
      level: 'warning',
      code: 'not_visible',
      message: 'who spent what is unknown: the costs of this organization cannot be split by API key',
    });
    return collect(project, query, ['line_item'], session);
  }
}

async function collect(
  {id}: Project,
  {window, now}: ProjectQuery,
  split: readonly LabelDimension[],
  session: Session,
): Promise<Record[]> {
  const query: SourceQuery = {window, now, granularity: 'day', split, filters: {project: [id]}, kinds: []};
  const slices = await Promise.all(
    costs.slices(query).map(async slice => {
      const records: Record[] = [];
      for await (const batch of costs.fetch(slice, session)) for (const record of batch) records.push(record);
      return records;
    }),
  );
  return slices.flat();
}
