import {ProviderError} from '../../core/errors.ts';
import {type Decimal, ZERO} from '../../core/money.ts';
import type {Project} from '../../core/project.ts';
import type {Record} from '../../core/record.ts';
import {Sum} from '../../core/sum.ts';
import type {ProjectQuery, Session} from '../driver.ts';
import {CURRENCY} from './metrics.ts';
import {spenders} from './quotas.ts';
import {getRollup} from './usage.ts';

/** One request each; users beyond these have spent least. */
const MAX_USERS = 200;

/**
 * What a project was charged, by user. The rollup has one key at a time; a filter by user, which only some of the
 * SDKs know, gives the second. Servers that ignore the filter are found out: then a user's projects do not add up to
 * what the user has spent, and nothing is told rather than something wrong.
 */
export async function* charges(
  project: Project,
  query: ProjectQuery,
  session: Session,
): AsyncGenerator<Record> {
  const users = await spenders(query, session);
  const asked = users.slice(0, MAX_USERS);
  if (asked.length < users.length) {
    const message = `who spent what is asked of the ${MAX_USERS} users with the highest costs, out of ${users.length}`;
    session.note({level: 'warning', code: 'users_cut', message});
  }
  const parts = await narrowed(() =>
    Promise.all(asked.map(({id}) => byProject(id, project, query, session))),
  );
  if (!parts?.every(({total}, index) => total === asked[index]?.credits)) {
    session.note({
      level: 'warning',
      code: 'not_visible',
      message: 'who spent what is unknown: MIOSA does not split the usage of a project by user here',
    });
    return;
  }
  for (const [index, {share}] of parts.entries()) {
    const id = asked[index]?.id;
    if (!id || share === undefined) continue;
    yield {period: query.window, labels: {user: {id}}, cost: {amount: share, currency: CURRENCY}};
  }
}

/** Undefined where the server objects to the filter. */
async function narrowed<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'bad_request') return undefined;
    throw error;
  }
}

interface OfUser {
  /** Over all projects, and outside of any. */
  readonly total: Decimal;
  /** In the project; undefined if there was nothing. */
  readonly share: Decimal | undefined;
}

async function byProject(
  user: string,
  {id}: Project,
  {window, now}: ProjectQuery,
  session: Session,
): Promise<OfUser> {
  const filter = {external_user_id: user};
  const {results} = await getRollup(window, {now}, 'external_project_id', session, filter);
  const total = results.reduce((sum, {credit_cents}) => sum.add(credit_cents), new Sum()).value;
  const share = results.find(({external_project_id}) => external_project_id === id)?.credit_cents;
  return {total, share: share === ZERO ? undefined : share};
}
