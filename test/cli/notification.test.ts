import {describe, expect, it} from 'vitest';
import {digestOf, notificationsOf, slackJsonOf} from '../../src/cli/budget/notification.ts';
import {instant, parseDate} from '../../src/core/instant.ts';
import {decimal} from '../../src/core/money.ts';
import type {CheckedEntry} from '../../src/reports/budget-entry.ts';

const entry = (scope: string, spent: string, more: Partial<CheckedEntry> = {}): CheckedEntry => ({
  scope,
  keptBy: 'usage',
  kind: 'limit',
  provider: null,
  account: null,
  amount: decimal('100'),
  currency: 'USD',
  period: 'month',
  enforced: undefined,
  warn: [decimal('80')],
  standing: {
    span: {start: parseDate('2026-11-01')!, end: parseDate('2026-12-01')!},
    spent: decimal(spent),
    atLeast: null,
    atMost: null,
    percent: decimal(spent),
    remaining: null,
    projected: null,
    unprojected: 'unknown',
    state: 'ok',
    days: undefined,
    rates: new Map(),
    problem: undefined,
  },
  overSince: undefined,
  notCounted: [],
  error: undefined,
  hint: undefined,
  remark: undefined,
  verdict: {
    over: false,
    by: undefined,
    percent: decimal('100'),
    line: decimal('100'),
    excess: null,
    since: undefined,
  },
  ...more,
});
const lines = (spent: string, more: Partial<CheckedEntry> = {}) =>
  notificationsOf(entry('all', spent, more), false).map(({percent}) => percent);

describe('what there is to tell', () => {
  it.each([
    ['79.99', []],
    ['80', ['80']],
    ['90', ['90']],
    ['100', ['90']],
    ['100.01', ['100']],
  ])('at %s of 100: %j', (spent, told) => {
    expect(lines(spent)).toEqual(told);
  });

  it('is nothing of what is unlimited or unknown', () => {
    expect(lines('500', {amount: null})).toEqual([]);
    const {standing} = entry('all', '500');
    expect(lines('0', {standing: {...standing, spent: null}})).toEqual([]);
    expect(lines('0', {standing: {...standing, spent: null, atLeast: decimal('95')}})).toEqual(['90']);
  });

  it('is told apart by scope, period, amount and line, and by who is told', () => {
    const marks = (one: CheckedEntry) => notificationsOf(one, false).flatMap(({marks: all}) => all);
    const {standing} = entry('all', '101');
    const later = {...standing, span: {start: parseDate('2026-12-01')!, end: parseDate('2027-01-01')!}};
    const all = [
      entry('all', '101'),
      entry('b', '101'),
      entry('all', '101', {amount: decimal('99')}),
      entry('all', '101', {period: 'total'}),
      entry('all', '101', {currency: 'EUR'}),
      entry('all', '101', {standing: later}),
    ].flatMap(marks);
    expect(new Set(all).size).toBe(6 * 3);
    expect(digestOf('a', 'x')).not.toBe(digestOf('a', 'y'));
    expect(digestOf('a', 'x')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('a total is remembered for good', () => {
    const {standing} = entry('all', '101');
    const total = entry('all', '101', {
      period: 'total',
      standing: {...standing, span: {start: instant(0), end: undefined}},
    });
    expect(notificationsOf(total, false)[0]?.until).toBeGreaterThan(parseDate('2999-01-01')!);
  });

  it('names nobody to Slack who is not meant: its special characters mean themselves', () => {
    const [notification] = notificationsOf(entry('openai/<!channel> & "co"\u001b[2J', '95'), false);
    const {text} = JSON.parse(slackJsonOf(notification!));
    expect(text).toContain('Budget openai/&lt;!channel&gt; &amp; "co":');
    expect(text).not.toContain('\u001b');
  });
});
