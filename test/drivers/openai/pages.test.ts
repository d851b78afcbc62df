import {describe, expect, test} from 'vitest';
import {DAY_MS, instant} from '../../../src/core/instant.ts';
import {ask, at, costs, period, sourceOf} from './query.ts';
import {answer, bucket, connected, fetchAll, page} from './server.ts';

const DAYS = period('2026-11-01', '2026-11-05');
const cost = {amount: {value: '1', currency: 'usd'}};
const day = (number: number, rows: readonly unknown[] = []) => {
  const start = at(`2026-11-0${number}`);
  return bucket(start, instant(start + DAY_MS), rows);
};

describe('pages', () => {
  test('are followed with all parameters kept, and give every row once', async () => {
    const query = ask(DAYS, {split: ['project', 'line_item'], filters: {project: ['proj_a', 'proj_b']}});
    const {records, received} = await fetchAll(costs, query, request => {
      const {page: cursor, ...rest} = Object.fromEntries(request.query);
      // Two buckets a page, although the request would allow all of them.
      const smaller = new URLSearchParams({...rest, limit: '2', ...(cursor && {page: cursor})});
      return answer({...request, query: smaller}, () => [cost]);
    });
    expect(records.map(({period: {start}}) => new Date(start).getUTCDate())).toEqual([1, 2, 3, 4]);
    expect(received.length).toBe(2);
    const [first, second] = received.map(({query}) => [...query].filter(([name]) => name !== 'page'));
    expect(second).toEqual(first);
    expect(received.map(({query}) => query.get('page'))).toEqual([null, `page_${at('2026-11-03') / 1000}`]);
  });

  test('are asked for one at a time, when their rows are wanted', async () => {
    const cursors = ['a=', 'b='];
    await connected(
      (_, index) => ({
        body: {
          ...page(day(index * 2 + 1, [cost]), day(index * 2 + 2, [cost])),
          has_more: index < 1,
          next_page: cursors[index],
        },
      }),
      async ({session, server}) => {
        const rows = costs.fetch(ask(DAYS), session)[Symbol.asyncIterator]();
        await rows.next();
        await rows.next();
        expect(server.received.length).toBe(1);
        await rows.next();
        expect(server.received.length).toBe(2);
        await rows.next();
        expect((await rows.next()).done).toBe(true);
        expect(server.received.length).toBe(2);
      },
    );
  });

  test('a cursor on the last page is not followed', async () => {
    const body = {...page(...[1, 2, 3, 4].map(number => day(number))), next_page: 'page_more'};
    expect((await fetchAll(costs, ask(DAYS), () => ({body}))).received.length).toBe(1);
  });

  test.each([
    ['null', {next_page: null}],
    ['missing', {next_page: undefined}],
    ['empty', {next_page: ''}],
  ])('more to come with a cursor that is %s is an error', async (_, cursor) => {
    const body = {...page(day(1), day(2)), has_more: true, ...cursor};
    await expect(fetchAll(costs, ask(DAYS), () => ({body}))).rejects.toMatchObject({code: 'bad_response'});
  });

  test('a cursor that repeats is an error', async () => {
    const answers = [page(day(1)), page(day(2)), page(day(3), day(4))];
    const result = fetchAll(costs, ask(DAYS), (_, index) => ({
      body: {...answers[index], has_more: true, next_page: 'same'},
    }));
    await expect(result).rejects.toMatchObject({code: 'repeated_cursor'});
  });

  test('slices are fetched side by side, their pages in turn', async () => {
    const source = sourceOf('completions');
    const query = ask(period('2026-08-01', '2026-11-01'));
    await connected(
      request => answer(request, () => [{input_tokens: 1, output_tokens: 1, num_model_requests: 1}]),
      async ({session, server}) => {
        const counts = await Promise.all(
          source.slices(query).map(async slice => {
            let count = 0;
            for await (const records of source.fetch(slice, session))
              count += records.filter(({kind}) => kind === 'completions').length;
            return count;
          }),
        );
        expect(counts).toEqual([31, 31, 30]);
        expect(server.received.length).toBe(3);
      },
    );
  });
});
