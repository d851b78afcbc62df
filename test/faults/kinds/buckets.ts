import {changed, type Fault, isFields, listOf} from '../fault.ts';
import type {Random} from '../random.ts';
import {DAY_MS, type Fields, type Json, rfc3339, SECOND} from '../servers/answer.ts';
import type {Provider} from '../truth.ts';
import {dateOf, dayOf, TODAY} from '../world.ts';

type Change = (buckets: Fields[], random: Random, body: Fields) => boolean | undefined;

/** Changes the list that holds the figures: OpenAI's buckets, IonQ's, MIOSA's rows. */
const listed =
  (provider: Provider) =>
  (name: string, nature: Fault['nature'], change: Change): Fault =>
    changed(
      'buckets',
      name,
      nature,
      (body, random) => {
        const holder = provider === 'miosa' && isFields(body.data) ? body.data : body;
        const member = {openai: 'data', ionq: 'usage_data', miosa: 'results'}[provider];
        const list = listOf(holder, member);
        if (list.length === 0) return false;
        if (change(list, random, holder) === false) return false;
        holder[member] = list;
        return true;
      },
      provider,
    );

const openai = listed('openai');
const ionq = listed('ionq');
const miosa = listed('miosa');

const RUNNING = (TODAY * DAY_MS) / SECOND;
/** A bucket of a day that is over: the running one may be late. */
const settled = (buckets: readonly Fields[]): Fields[] =>
  buckets.filter(({start_time}) => Number(start_time) < RUNNING);

function drop(buckets: Fields[], victim: Fields | undefined): boolean {
  if (!victim) return false;
  buckets.splice(buckets.indexOf(victim), 1);
  return true;
}
const someSettled = (buckets: Fields[], random: Random): Fields | undefined =>
  random.shuffled(settled(buckets))[0];

export const BUCKETS: readonly Fault[] = [
  openai('a day that is missing', 'fatal', (buckets, random) => drop(buckets, someSettled(buckets, random))),
  openai('a day that comes twice', 'fatal', (buckets, random) => {
    buckets.splice(random.whole(0, buckets.length), 0, structuredClone(random.pick(buckets)));
    return true;
  }),
  openai('a day that comes again, changed', 'fatal', (buckets, random) => {
    buckets.push({...random.pick(buckets), results: []});
    return true;
  }),
  openai('a day outside the window', 'fatal', (buckets, random) => {
    const start = (dayOf('2026-08-01') * DAY_MS) / SECOND;
    buckets.splice(random.whole(0, buckets.length), 0, {
      start_time: start,
      end_time: start + 86_400,
      results: [],
    });
    return true;
  }),
  openai('a day that ends early', 'fatal', (buckets, random) => {
    const bucket = someSettled(buckets, random);
    if (!bucket) return false;
    bucket.end_time = Number(bucket.end_time) - random.whole(1, 40_000);
    return true;
  }),
  openai('a day that begins late', 'fatal', (buckets, random) => {
    const bucket = someSettled(buckets, random);
    if (!bucket) return false;
    bucket.start_time = Number(bucket.start_time) + random.whole(1, 40_000);
    return true;
  }),
  openai('a day that reaches into the next', 'fatal', (buckets, random) => {
    const bucket = someSettled(buckets, random);
    if (!bucket) return false;
    bucket.end_time = Number(bucket.end_time) + random.whole(1, 90_000);
    return true;
  }),
  openai('a day backwards', 'fatal', (buckets, random) => {
    const bucket = random.pick(buckets);
    [bucket.start_time, bucket.end_time] = [bucket.end_time ?? null, bucket.start_time ?? null];
    return true;
  }),
  openai('a time that is none', 'fatal', (buckets, random) => {
    random.pick(buckets)[random.pick(['start_time', 'end_time'])] = random.pick<Json>([
      null,
      'soon',
      -1,
      1.5,
      1e300,
      '2026-11-01',
      [],
      Number.MAX_SAFE_INTEGER,
    ]);
    return true;
  }),
  openai('a day without results', 'fatal', (buckets, random) => {
    const bucket = random.pick(buckets);
    bucket.result = bucket.results ?? [];
    delete bucket.results;
    return true;
  }),
  openai('days in another order', 'harmless', (buckets, random) => {
    buckets.splice(0, buckets.length, ...random.shuffled(buckets));
    return true;
  }),

  ionq('a day that is missing', 'fatal', (buckets, random) => drop(buckets, random.pick(buckets))),
  ionq('all days missing', 'fatal', buckets => {
    buckets.length = 0;
    return true;
  }),
  ionq('a day that comes twice', 'fatal', (buckets, random) => {
    buckets.push(structuredClone(random.pick(buckets)));
    return true;
  }),
  ionq('a day outside the window', 'fatal', (buckets, random) => {
    random.pick(buckets).from = random.pick(['2026-08-01', '2027-01-01']);
    return true;
  }),
  ionq('a date that is none', 'fatal', (buckets, random) => {
    random.pick(buckets).from = random.pick<Json>([
      '',
      'today',
      '2026-02-30',
      '2026-11-01T09:00:00Z',
      5,
      null,
      '20261101',
    ]);
    return true;
  }),
  ionq('a group that comes twice', 'fatal', (buckets, random) => {
    const bucket = random.pick(buckets);
    const groups = listOf(bucket, 'group_usages');
    if (groups.length === 0) return false;
    bucket.group_usages = [...groups, structuredClone(random.pick(groups))];
    return true;
  }),
  ionq('a day without its groups', 'fatal', (buckets, random) => delete random.pick(buckets).group_usages),
  ionq('another split', 'fatal', (_buckets, random, body) => {
    body.group_type = random.pick<Json>(['user', 'job', '', null]);
    return true;
  }),
  ionq('another width', 'fatal', (_buckets, random, body) => {
    body.modality = random.pick<Json>(['hourly', 'yearly', '', null]);
    return true;
  }),
  ionq('an answer for less time than asked', 'fatal', (buckets, random, body) => {
    const from = random.pick(buckets).from;
    if (typeof from !== 'string') return false;
    body.usage_from = `${dateOf(dayOf(from) + 1)}T00:00:00Z`;
    return true;
  }),
  ionq('days in another order', 'harmless', (buckets, random) => {
    buckets.splice(0, buckets.length, ...random.shuffled(buckets));
    return true;
  }),

  miosa('a group that comes twice', 'fatal', (rows, random) => {
    rows.push(structuredClone(random.pick(rows)));
    return true;
  }),
  miosa('another split', 'fatal', rows => {
    for (const row of rows) {
      const keys = Object.keys(row).filter(key => /_id$/.test(key));
      for (const key of keys) delete row[key];
      row.external_user_id = `user ${rows.indexOf(row)}`;
    }
    return true;
  }),
  miosa('an answer for another window', 'fatal', (_rows, random, body) => {
    const edge = random.pick(['period_start', 'period_end']);
    const at = Date.parse(String(body[edge]));
    body[edge] = rfc3339(at + random.pick([-1, 1, -7, 30]) * DAY_MS);
    return true;
  }),
  miosa('an answer without its window', 'fatal', (_rows, random, body) => {
    const edge = random.pick(['period_start', 'period_end']);
    body[edge] = random.pick<Json>([null, '', 'today', 5, '2026-13-01T00:00:00Z']);
    return true;
  }),
  miosa('rows in another order', 'harmless', (rows, random) => {
    rows.splice(0, rows.length, ...random.shuffled(rows));
    return true;
  }),
];
