import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {tile} from '../../../src/core/bucket.ts';
import {addDays, DAY_MS, instant, MINUTE_MS, startOfDay} from '../../../src/core/instant.ts';
import type {Source, SourceQuery} from '../../../src/drivers/driver.ts';
import {NOW} from '../../support/session.ts';
import {ask, at, costs, period, sourceOf} from './query.ts';

const completions = sourceOf('completions');
const LIMITS = {minute: 1440, hour: 168, day: 31} as const;
const widths = fc.constantFrom('minute', 'hour', 'day');
const EPOCH = at('2024-01-01');

const dates = (source: Source, query: SourceQuery) =>
  source
    .slices(query)
    .map(({window: {start, end}}) => [start, end].map(at => new Date(at).toISOString().slice(0, 16)));

/** Expects the slices to tile the window, cut at UTC midnights only. */
function expectTiles(slices: readonly SourceQuery[], start: number, end: number): void {
  expect(slices[0]?.window.start).toBe(start);
  expect(slices.at(-1)?.window.end).toBe(end);
  for (const [index, {window}] of slices.entries()) {
    expect(window.end).toBeGreaterThan(window.start);
    if (index > 0) expect(window.start).toBe(slices[index - 1]?.window.end);
    if (index > 0) expect(startOfDay(window.start)).toBe(window.start);
  }
}

describe('slices of usage', () => {
  test('tile any window of minutes, each within the limit of its width', () => {
    const minutes = fc.integer({min: 1, max: 60 * 1440});
    fc.assert(
      fc.property(fc.integer({min: 0, max: 800 * 1440}), minutes, widths, (from, length, granularity) => {
        const start = instant(EPOCH + from * MINUTE_MS);
        const window = {start, end: instant(start + length * MINUTE_MS)};
        const slices = completions.slices(ask(window, {granularity}));
        expectTiles(slices, window.start, window.end);
        for (const slice of slices)
          expect(tile(slice.window, granularity).length).toBeLessThanOrEqual(LIMITS[granularity]);
      }),
    );
  });

  test('end with the minute that is running, wherever in it the clock is', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: DAY_MS - 1}), widths, (into, granularity) => {
        const today = at('2026-11-22');
        const query = ask({start: today, end: addDays(today, 1)}, {granularity, now: instant(today + into)});
        const end = completions.slices(query).at(-1)!.window.end;
        expect(end).toBeGreaterThan(query.now);
        expect(end - query.now).toBeLessThanOrEqual(MINUTE_MS);
        expect(end).toBeLessThanOrEqual(query.window.end);
      }),
    );
  });

  test('a window that has not begun gives none', () => {
    expect(completions.slices(ask(period('2026-11-22T22:00:00Z', '2026-11-22T23:00:00Z')))).toEqual([]);
  });

  test('31 days of days, 7 days of hours, one day of minutes', () => {
    const window = period('2026-09-30', '2026-11-02');
    expect(dates(completions, ask(window))).toEqual([
      ['2026-09-30T00:00', '2026-10-31T00:00'],
      ['2026-10-31T00:00', '2026-11-02T00:00'],
    ]);
    expect(completions.slices(ask(window, {granularity: 'hour'})).length).toBe(5);
    expect(completions.slices(ask(window, {granularity: 'minute'})).length).toBe(33);
  });

  test('31 days that begin at noon are 32 buckets, so two slices', () => {
    expect(dates(completions, ask(period('2026-10-01T12:00:00Z', '2026-11-01T12:00:00Z')))).toEqual([
      ['2026-10-01T12:00', '2026-11-01T00:00'],
      ['2026-11-01T00:00', '2026-11-01T12:00'],
    ]);
  });
});

describe('slices of costs', () => {
  test('tile any window of days, each within 180 days, the running day whole', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 900}), fc.integer({min: 1, max: 900}), (from, days) => {
        const start = addDays(EPOCH, from);
        const slices = costs.slices(ask({start, end: addDays(start, days)}));
        expectTiles(slices, start, addDays(start, days));
        for (const {window} of slices) expect((window.end - window.start) / DAY_MS).toBeLessThanOrEqual(180);
      }),
    );
  });

  test('a year is three requests, and asks for all of today', () => {
    const window = {start: at('2025-11-23'), end: addDays(startOfDay(NOW), 1)};
    expect(dates(costs, ask(window))).toEqual([
      ['2025-11-23T00:00', '2026-05-22T00:00'],
      ['2026-05-22T00:00', '2026-11-18T00:00'],
      ['2026-11-18T00:00', '2026-11-23T00:00'],
    ]);
  });
});
