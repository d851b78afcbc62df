import {changed, type Fault, listOf} from '../fault.ts';
import type {Random} from '../random.ts';
import type {Fields, Json} from '../servers/answer.ts';

/**
 * Faults of OpenAI's pages; `next_page` counts while `has_more` is true. A page of nothing may be followed by a good one,
 * so that alone need not be fatal.
 */
const page = (
  name: string,
  nature: Fault['nature'],
  change: (body: Fields, random: Random) => boolean | undefined,
): Fault =>
  changed(
    'pages',
    name,
    nature,
    (body, random) => 'has_more' in body && change(body, random) !== false,
    'openai',
  );

export const PAGES: readonly Fault[] = [
  page('more pages without a cursor', 'fatal', body => {
    body.has_more = true;
    body.next_page = null;
    return true;
  }),
  page('a cursor that comes again', 'any', body => {
    body.has_more = true;
    body.next_page = 'page_again';
    body.data = [];
    return true;
  }),
  page('endless cursors and nothing else', 'any', (body, random) => {
    body.has_more = true;
    body.next_page = `page_${random.next()}`;
    body.data = [];
    return true;
  }),
  page('endless cursors and the same buckets', 'fatal', (body, random) => {
    if (listOf(body, 'data').length === 0) return false;
    body.has_more = true;
    body.next_page = `page_${random.next()}`;
    return true;
  }),
  page('a cursor that is no text', 'fatal', (body, random) => {
    body.has_more = true;
    body.next_page = random.pick<Json>([5, true, {}, []]);
    return true;
  }),
  page('has_more that is no truth value', 'fatal', (body, random) => {
    body.has_more = random.pick<Json>(['false', 0, null, 'no']);
    return true;
  }),
  page('no has_more', 'fatal', body => delete body.has_more),
  page('an end before the end', 'any', body => {
    if (body.has_more !== true) return false;
    body.has_more = false;
    return true;
  }),
  page('a cursor although it is the end', 'harmless', body => {
    if (body.has_more !== false) return false;
    body.next_page = 'page_zzz';
    return true;
  }),
];
