import {describe, expect, test} from 'vitest';
import {decimal} from '../../src/core/money.ts';
import type {Cell} from '../../src/core/report.ts';
import {humanOf} from '../../src/render/human.ts';
import {sparkline} from '../../src/render/sparkline.ts';
import {at, none, quantities, quantity, series, text} from './build.ts';

const setting = {report: {bucket: null, provisionalFrom: undefined}, points: 24};
const human = (cell: Cell, key = 'any'): string => humanOf(cell, {key}, setting);

describe('humanOf', () => {
  const instant: Cell = {type: 'instant', value: at('2026-11-05T12:30:00Z'), date: false};
  const cases: [string, Cell, string][] = [
    ['nothing', none, ''],
    ['text', text('a\tb'), 'a b'],
    ['text that people see differently', text(null, '(other)\n'), '(other) '],
    ['no text', text(null), ''],
    ['a true flag', {type: 'flag', value: true}, 'yes'],
    ['a false flag', {type: 'flag', value: false}, ''],
    ['an instant', instant, '2026-11-05T12:30:00Z'],
    ['a date', {...instant, date: true}, '2026-11-05'],
    ['quantities', quantities({completions: {tokens: decimal(1)}}, '1\u001b[1m token'), '1 token'],
    ['a series', series('0', '1', null), '▁█·'],
  ];
  test.each(cases)('%s', (_, cell, expected) => expect(human(cell)).toBe(expected));

  test('counts are short in their headline columns only', () => {
    expect(human(quantity('1240000', 'tokens'), 'tokens')).toBe('1.24M');
    expect(human(quantity('1240000', 'requests'), 'requests')).toBe('1.24M');
    expect(human(quantity('1240000', 'tokens'), 'quantity')).toBe('1,240,000');
    expect(human(quantity('1240000', 'tokens'), 'requests')).toBe('1,240,000');
  });

  test('a bucket that reaches into the provisional time is marked', () => {
    const report = {bucket: 'week', provisionalFrom: at('2026-11-20T00:00:00Z')} as const;
    const week = (day: string, key: string): string =>
      humanOf({type: 'instant', value: at(`${day}T00:00:00Z`), date: true}, {key}, {report, points: 24});
    expect(week('2026-11-09', 'bucket_start')).toBe('2026-11-09');
    expect(week('2026-11-16', 'bucket_start')).toBe('2026-11-16*');
    expect(week('2026-11-16', 'created_at')).toBe('2026-11-16');
  });
});

describe('sparkline', () => {
  const line = (values: (string | null)[], points = 24): string =>
    sparkline(
      values.map(value => (value === null ? null : decimal(value))),
      points,
    );

  test.each([
    ['empty', [], ''],
    ['scaled from zero', ['0', '1', '2', '3', '4', '5', '6', '7'], '▁▂▃▄▅▆▇█'],
    ['a little is more than nothing', ['0', '0.0001', '100'], '▁▂█'],
    ['all zero', ['0', '0'], '▁▁'],
    ['negative on the floor', ['-100', '1'], '▁█'],
    ['nothing reported', [null, '3', null], '·█·'],
    ['beyond what a float holds apart', ['1e90', '0'], '█▁'],
  ] as const)('%s', (_, values, expected) => expect(line([...values])).toBe(expected));

  test('is averaged down to the points there are; a gap stays one only if all of it is', () => {
    expect(line(['0', '2', null, '4', null, null], 3)).toBe('▃█·');
    expect(
      line(
        Array.from({length: 365}, (_, day) => String(day)),
        24,
      ),
    ).toHaveLength(24);
  });
});
