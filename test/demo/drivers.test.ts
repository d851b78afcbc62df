import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {LabelDimension} from '../../src/core/dimension.ts';
import {type Instant, parseDate, startOfDay} from '../../src/core/instant.ts';
import type {Record} from '../../src/core/record.ts';
import {Sum} from '../../src/core/sum.ts';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {kindsOf, type Source, type SourceQuery} from '../../src/drivers/driver.ts';
import {drivers} from '../../src/drivers/index.ts';
import {collect, NOW, type TestSession, testSession} from '../support/session.ts';
import {accountOf} from './client.ts';

/** The demo stands or falls with what the real drivers make of it. */
let demo: DemoServer;
const sessions = new Map<string, TestSession>();
beforeAll(async () => {
  demo = await startDemo(NOW);
  for (const driver of drivers) {
    const {baseUrl, secret, settings} = accountOf(demo, driver.id);
    sessions.set(driver.id, await testSession(driver, baseUrl, {secret, settings: {...settings}}));
  }
});
afterAll(async () => {
  for (const session of sessions.values()) await session.close();
  await demo.close();
});

const day = (text: string): Instant => parseDate(text)!;

const query = (source: Source, more: Partial<SourceQuery> = {}): SourceQuery => ({
  window: {start: day('2026-10-26'), end: day('2026-11-23')},
  now: NOW,
  granularity: source.whole ? null : 'day',
  split: [],
  filters: {},
  kinds: kindsOf(source),
  ...more,
});

const costs = (records: readonly Record[]): string =>
  records.reduce((sum, {cost}) => (cost ? sum.add(cost.amount) : sum), new Sum()).value;

function quantities(records: readonly Record[], source: Source): string[] {
  return source.metrics
    .filter(({statistic}) => statistic === 'sum')
    .map(({name}) => {
      const sum = new Sum();
      for (const record of records) if (record.quantities?.[name]) sum.add(record.quantities[name]);
      return `${name} ${sum.value}`;
    });
}

const sources = drivers.flatMap(driver =>
  driver.sources.map(source => ({id: driver.id, source, name: `${driver.id} ${source.id}`})),
);

describe.each(sources)('$name', ({id, source}) => {
  test('is read whole, and adds up to the same by every dimension', async () => {
    const session = sessions.get(id)!;
    const whole = await collect(source, query(source), session);
    expect(whole.length).toBeGreaterThan(0);
    for (const dimension of source.dimensions) {
      const split = await collect(source, query(source, {split: [dimension]}), session);
      expect(costs(split), dimension).toBe(costs(whole));
      expect(quantities(split, source), dimension).toEqual(quantities(whole, source));
      expect(
        split.some(record => record.labels[dimension]),
        dimension,
      ).toBe(true);
    }
  });

  test('of two days is what its days are', async () => {
    const session = sessions.get(id)!;
    const window = {start: day('2026-11-18'), end: day('2026-11-20')};
    const both = await collect(source, query(source, {window}), session);
    const parts = [
      ...(await collect(source, query(source, {window: {...window, end: day('2026-11-19')}}), session)),
      ...(await collect(source, query(source, {window: {...window, start: day('2026-11-19')}}), session)),
    ];
    expect(costs(parts)).toBe(costs(both));
    expect(quantities(parts, source)).toEqual(quantities(both, source));
  });
});

test('no driver has anything to warn of', async () => {
  for (const [id, session] of sessions) {
    expect(
      session.notices.filter(({level}) => level === 'warning'),
      id,
    ).toEqual([]);
  }
});

describe.each(drivers.map(driver => ({id: driver.id, driver})))('$id', ({id, driver}) => {
  test('is known by its key', async () => {
    expect(driver.credential.objection?.(accountOf(demo, id).secret)).toBeUndefined();
    expect(await driver.identify(sessions.get(id)!)).not.toBe('');
  });

  test('has names for nearly everything that costs', async () => {
    const window = {start: day('2026-11-01'), end: startOfDay(NOW)};
    for (const {dimension, lookup} of driver.names) {
      const ids = new Set<string>();
      for (const source of driver.sources.filter(candidate => canSplit(candidate, dimension))) {
        const records = await collect(source, query(source, {window, split: [dimension]}), sessions.get(id)!);
        for (const {labels} of records) if (labels[dimension]) ids.add(labels[dimension].id);
      }
      const names = await lookup(sessions.get(id)!, async () => ids);
      const named = [...ids].filter(value => names.has(value));
      expect(named.length, dimension).toBeGreaterThan(ids.size / 2);
    }
  });
});

const canSplit = ({dimensions}: Source, dimension: LabelDimension): boolean => dimensions.includes(dimension);
