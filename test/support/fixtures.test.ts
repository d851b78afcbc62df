import {expect, test} from 'vitest';
import {findExchange, parseRaw, raw, serialize} from './fixtures.ts';

test.each([
  '{"a":0.1234567890123456789,"b":[1e999,2.50,-0,12]}',
  '{"text":"12.50, [1e999] \\" 3","c":"0E-6176"}',
])('%s comes back digit by digit', text => {
  expect(serialize(parseRaw(text))).toBe(text);
});

test('raw literals are written without quotes', () => {
  expect(serialize({a: raw('1e999'), b: 'NaN'})).toBe('{"a":1e999,"b":"NaN"}');
});

test('the exchange that names most of the query answers', () => {
  const [any, second, both] = [{}, {page: '2'}, {page: '2', group: ['a', 'b']}].map(query => ({
    request: {path: '/x', query},
    response: {body: query},
  }));
  const find = (path: string, query: string) =>
    findExchange([any!, second!, both!], {path, query: new URLSearchParams(query)});
  expect(find('/x', 'page=1')).toBe(any);
  expect(find('/x', 'page=2&group=a')).toBe(second);
  expect(find('/x', 'group=a&page=2&group=b')).toBe(both);
  expect(find('/y', 'page=2')).toBeUndefined();
});
