import {describe, expect, test} from 'vitest';
import {emptyNote, headParts, wrapParts} from '../../src/render/lines.ts';
import {at, column} from './build.ts';
import {EMPTY, SAMPLE} from './sample.ts';

const day = (start: string, end: string, label: string) => ({start: at(start), end: at(end), label});

describe('headParts', () => {
  test('the title, the span with its name, what it is set against', () => {
    expect(headParts(SAMPLE)).toEqual([
      'Costs as billed',
      '2026-11-01..2026-11-22* (mtd, UTC)',
      'vs 2026-10-01..2026-10-22',
      '* provisional from 2026-11-22',
    ]);
  });

  test('a name that is only the dates is not said twice; one that says more is', () => {
    const period = day('2026-11-05T00:00:00Z', '2026-11-06T00:00:00Z', '2026-11-05');
    const compare = day('2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', 'last-month');
    expect(headParts({...SAMPLE, period, compare, provisionalFrom: undefined}).slice(1)).toEqual([
      '2026-11-05 (UTC)',
      'vs 2026-10-01..2026-10-31 (last-month)',
    ]);
  });

  test('a span that is not whole days shows its instants, and nothing hostile gets through', () => {
    const period = day('2026-11-05T12:00:00Z', '2026-11-05T13:00:00Z', 'a\u001b[31m\nb');
    expect(
      headParts({...SAMPLE, title: 'x\u0007y', period, compare: undefined, provisionalFrom: undefined}),
    ).toEqual(['xy', '2026-11-05T12:00:00Z..2026-11-05T13:00:00Z (a b, UTC)']);
  });
});

test('parts are wrapped between parts only', () => {
  expect(wrapParts(['aaaa', 'bbbb', 'cccc'], 11)).toEqual(['aaaa · bbbb', 'cccc']);
  expect(wrapParts(['aaaa', 'bbbb', 'cccc'], 10)).toEqual(['aaaa', 'bbbb', 'cccc']);
  expect(wrapParts(['longer than that', 'b'], 4)).toEqual(['longer than that', 'b']);
});

test('only an empty report says so, in words of its own', () => {
  expect(emptyNote(SAMPLE)).toBeUndefined();
  expect(emptyNote(EMPTY)).toBe('No costs or usage in this period from those that answered.');
  expect(emptyNote({...EMPTY, sources: []})).toBe('No costs or usage in this period.');
  expect(emptyNote({...EMPTY, columns: [column('name')]})).toBe('Nothing to list.');
});

test('the head says from which day, or instant within it, figures are provisional', () => {
  expect(headParts({...SAMPLE, provisionalFrom: undefined}).join()).not.toContain('*');
  expect(headParts(SAMPLE)[1]).toMatch(/\*/);
  expect(headParts(SAMPLE).at(-1)).toBe('* provisional from 2026-11-22');
  expect(headParts({...SAMPLE, provisionalFrom: at('2026-11-22T09:00:00Z')}).at(-1)).toContain(
    '2026-11-22T09:00:00Z',
  );
});
