import {formatDate} from '../../core/instant.ts';
import type {Record} from '../../core/record.ts';
import type {Session, Source, SourceQuery} from '../driver.ts';
import {METRICS} from './amounts.ts';
import {holeIn, notesOn, notesOnRemainder} from './checks.ts';
import {type Asked, chooseModality, misfitOf, periodOf} from './modality.ts';
import {organizationOf} from './organization.ts';
import {recordsOf} from './records.ts';
import {type Usages, usagesSchema} from './schema.ts';
import {pricingOf} from './units.ts';

/** `GET /organizations/{organization_id}/usage`: cost, QPU time and jobs of an organization, by one group at a time. */
export const usage: Source = {
  id: 'usage',
  billed: true,
  metrics: METRICS,
  dimensions: ['job', 'project', 'user'],
  splits: 'one',
  filters: [],
  granularities: ['day', 'week', 'month'],
  whole: false,
  resolution: 'day',
  // No limit to the range is documented, and there are no pages: one request is the whole answer.
  slices: query => [query],
  fetch,
};

async function* fetch(query: SourceQuery, session: Session): AsyncGenerator<readonly Record[]> {
  const {body, asked} = await answer(query, session);
  const pricing = pricingOf(body);
  const [split] = query.split;
  const hole = holeIn(body, pricing, asked.window);
  if (hole) throw hole;
  for (const note of notesOn(body, pricing)) session.note(note);
  for (const bucket of body.usage_data) {
    const period = periodOf(bucket.from, asked.modality);
    const {records, remainder} = recordsOf(bucket, period, split, pricing);
    if (remainder && split) for (const note of notesOnRemainder(remainder, split, period)) session.note(note);
    yield records;
  }
}

interface Answer {
  readonly body: Usages;
  readonly asked: Asked;
}

/** Asks for the widest buckets that will do; weeks or months that cannot be placed for certain are fetched as days. */
async function answer(query: SourceQuery, session: Session): Promise<Answer> {
  // The API wants a group in any case; without a split only the buckets' own figures are used.
  const daily: Asked = {groupBy: query.split[0] ?? 'project', modality: 'daily', window: query.window};
  const modality = chooseModality(query);
  if (modality !== 'daily') {
    const asked = {...daily, modality};
    const body = await get(asked, session);
    const misfit = misfitOf(body, asked);
    if (!misfit) return {body, asked};
    session.note({
      level: 'info',
      code: 'days_instead',
      message: `${misfit.message}; days are added up instead`,
    });
  }
  const body = await get(daily, session);
  const misfit = misfitOf(body, daily);
  if (misfit) throw misfit;
  return {body, asked: daily};
}

async function get({groupBy, modality, window}: Asked, session: Session): Promise<Usages> {
  const organization = await organizationOf(session);
  return session.get(`/organizations/${encodeURIComponent(organization)}/usage`, {
    schema: usagesSchema,
    query: {
      group_by: groupBy,
      modality,
      start_date: formatDate(window.start),
      end_date: formatDate(window.end), // exclusive, like ours
    },
  });
}
