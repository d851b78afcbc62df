import {expect, it} from 'vitest';
import {decimal} from '../../src/core/money.ts';
import {summarize} from '../../src/reports/summary.ts';

const amount = (value: string, unit: string, kind: string) => ({
  metric: {kind, name: 'x', unit, statistic: 'sum' as const},
  value: decimal(value),
});

it.each([
  ['1', 'jobs', 'qpu', '1 job'],
  ['2', 'jobs', 'qpu', '2 jobs'],
  ['0.5', 'jobs', 'qpu', '0.5 jobs'],
  ['1', 'sessions', 'code_interpreter_sessions', '1 code interpreter session'],
  ['4341', 'sessions', 'code_interpreter_sessions', '4,341 code interpreter sessions'],
  ['1', 'images', 'images', '1 image'],
  ['1', 'gib-hours', 'storage', '1 GiB-h storage'],
  ['1000000', 'microseconds', 'qpu', '1 s qpu'],
])('%s %s of %s is "%s"', (value, unit, kind, words) =>
  expect(summarize([amount(value, unit, kind)])).toBe(words),
);
