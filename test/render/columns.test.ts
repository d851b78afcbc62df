import {expect, test} from 'vitest';
import {InputError} from '../../src/core/errors.ts';
import {cellAt, pickColumns} from '../../src/render/columns.ts';
import {column, none, text} from './build.ts';
import {SAMPLE} from './sample.ts';

const REPORT = {
  ...SAMPLE,
  columns: [
    column('a'),
    column('b', {shown: 'data'}),
    column('c', {shown: 'table'}),
    column('d', {shown: 'nowhere'}),
  ],
};
const keys = (audience: 'data' | 'table', fields?: readonly string[]): string[] =>
  pickColumns({...REPORT, fields}, audience).map(pick => pick.column.key);

test('each audience gets its columns', () => {
  expect(keys('data')).toEqual(['a', 'b']);
  expect(keys('table')).toEqual(['a', 'c']);
});

test('asked for by name, a column comes everywhere, in that order, once', () => {
  for (const audience of ['data', 'table'] as const)
    expect(keys(audience, ['d', 'a', 'd'])).toEqual(['d', 'a']);
});

test('a field that is none is wrong input that names the valid ones', () => {
  expect(() => keys('data', ['x'])).toThrow(InputError);
  expect(() => keys('data', ['__proto__'])).toThrow('no field "__proto__"');
});

test('the cell belongs to the column, wherever it is printed', () => {
  const [pick] = pickColumns({...REPORT, fields: ['b']}, 'table');
  expect(cellAt([text('1'), text('2')], pick!)).toEqual(text('2'));
  expect(cellAt([text('1')], pick!)).toEqual(none);
});
