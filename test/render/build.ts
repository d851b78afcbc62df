import {type Instant, parseInstant} from '../../src/core/instant.ts';
import {type Decimal, decimal} from '../../src/core/money.ts';
import type {Cell, Column} from '../../src/core/report.ts';
import type {View} from '../../src/render/renderer.ts';

// Short words for the parts of a report.

export const at = (text: string): Instant => {
  const instant = parseInstant(text);
  if (instant === undefined) throw new RangeError(text);
  return instant;
};

export const none: Cell = {type: 'none'};
export const text = (value: string | null, display?: string): Cell =>
  display === undefined ? {type: 'text', value} : {type: 'text', value, display};
export const money = (amount: string, currency = 'USD'): Cell => ({
  type: 'money',
  amount: decimal(amount),
  currency,
});
export const quantity = (value: string, unit: string): Cell => ({
  type: 'quantity',
  value: decimal(value),
  unit,
});
export const share = (value: string): Cell => ({type: 'share', value: decimal(value)});
export const change = (value: string): Cell => ({type: 'change', value: decimal(value)});
export const series = (...values: (string | null)[]): Cell => ({
  type: 'series',
  values: values.map(value => (value === null ? null : decimal(value))),
});
export const quantities = (values: {[kind: string]: {[metric: string]: Decimal}}, summary: string): Cell => ({
  type: 'quantities',
  values,
  summary: () => summary,
});

export const column = (key: string, more: Partial<Column> = {}): Column => ({
  key,
  title: key,
  align: 'left',
  shown: 'everywhere',
  rank: 0,
  description: `The ${key}.`,
  ...more,
});

/** A view that remembers what was dropped. */
export function viewOf(width: number, more: Partial<View> = {}): View & {readonly titles: string[]} {
  const titles: string[] = [];
  return {
    width,
    color: false,
    terminal: false,
    dropped: dropped => titles.push(...dropped),
    ...more,
    titles,
  };
}
