import {type Instant, parseInstant} from '../../src/core/instant.ts';
import {type Decimal, decimal} from '../../src/core/money.ts';
import type {Cell, Column, Report, Row} from '../../src/core/report.ts';
import type {View} from '../../src/render/renderer.ts';

// A made-up report that has everything in it that has ever broken a table.

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
  summary,
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

const COLUMNS: readonly Column[] = [
  column('provider', {title: 'Provider', rank: 2}),
  column('account', {title: 'Account', rank: 6}),
  column('project_id', {title: 'Project id', shown: 'data', rank: 7}),
  column('project_name', {title: 'Project'}),
  column('cost', {title: 'Cost', align: 'right'}),
  column('currency', {title: 'Currency', shown: 'data', rank: 7}),
  column('share', {title: 'Share', align: 'right', rank: 3}),
  column('previous_cost', {title: 'Before', align: 'right', rank: 5}),
  column('change', {title: 'Change', align: 'right', rank: 1}),
  column('trend', {title: 'Trend', rank: 4, shown: 'table'}),
  column('requests', {title: 'Requests', align: 'right', rank: 4}),
  column('tokens', {title: 'Tokens', align: 'right', rank: 3}),
  column('quantities', {title: 'Quantities', shown: 'data', rank: 7}),
];

const days = (...values: number[]): Cell => series(...values.map(String));

const ROWS: readonly Row[] = [
  [
    text('openai'),
    text('openai'),
    text('proj_alpha'),
    text('Alpha'),
    money('1412.070000000000123'),
    text('USD'),
    share('0.6231'),
    money('1257.4'),
    change('0.12300803'),
    days(30, 41, 44, 52, 18, 12, 47, 61, 70, 72, 66, 21, 17, 80, 88, 91, 84, 95, 30, 22, 99, 104),
    quantity('932104', 'requests'),
    quantity('1240000000', 'tokens'),
    quantities(
      {completions: {input_tokens: decimal('1200000000'), output_tokens: decimal('40000000')}},
      '1.2B tokens',
    ),
  ],
  [
    text('openai'),
    text('openai'),
    text('proj_東京'),
    text('東京リージョンの検索エンジンと推薦システム'),
    money('803.5'),
    text('USD'),
    share('0.3546'),
    money('840.25'),
    change('-0.04373699'),
    series(
      '9',
      '8',
      '7',
      null,
      null,
      '2',
      '3',
      '8',
      '9',
      '9',
      '8',
      '4',
      '3',
      '9',
      '10',
      '11',
      '9',
      '8',
      '3',
      '2',
      '9',
      null,
    ),
    quantity('9999', 'requests'),
    quantity('84200', 'tokens'),
    none,
  ],
  [
    text('openai'),
    text('batch-account'),
    text('proj_rocket'),
    text('👩‍🚀 Rocket 🚀 | *launch* `v2` <b>'),
    money('49.999'),
    text('USD'),
    share('0.0221'),
    none,
    none,
    days(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 9),
    quantity('12', 'requests'),
    quantity('15000', 'tokens'),
    none,
  ],
  [
    text('openai'),
    text('openai'),
    text('=cmd()'),
    text('=HYPERLINK("http://x","\u001b[31mred\u001b[0m")\nnext\u202e line'),
    money('0.0000012'),
    text('USD'),
    share('0.00000000053'),
    money('0.01'),
    change('-0.99988'),
    none,
    none,
    none,
    none,
  ],
  [
    text('openai'),
    text('openai'),
    text('proj_credit'),
    text('Refund é ∑ ไทย हिन्दी'),
    money('-20.5'),
    text('USD'),
    share('-0.009'),
    money('0.02'),
    change('-1026'),
    days(-3, -2, -1, 0),
    none,
    none,
    none,
  ],
  [
    text('openai'),
    text('openai'),
    text(null),
    text('(other)'),
    money('21'),
    text('USD'),
    share('0.0093'),
    money('20'),
    change('0.05'),
    none,
    quantity('55', 'requests'),
    none,
    none,
  ],
  [
    text('miosa'),
    text('lab'),
    text('p-1'),
    text('sandbox pool'),
    money('1234567.5', 'MIOSA_CREDIT_CENTS'),
    text('MIOSA_CREDIT_CENTS'),
    share('1'),
    none,
    none,
    days(5, 5, 6, 5, 7),
    none,
    none,
    none,
  ],
  [
    text('ionq'),
    text('ionq'),
    text(null),
    text('(unattributed)'),
    money('310', 'EUR'),
    text('EUR'),
    share('1'),
    money('31', 'EUR'),
    change('9'),
    none,
    quantity('3', 'requests'),
    none,
    none,
  ],
];

const total = (cost: Cell, before: Cell, moved: Cell): Row => [
  text('Total'),
  none,
  none,
  none,
  cost,
  none,
  none,
  before,
  moved,
  none,
  none,
  none,
  none,
];

export const SAMPLE: Report = {
  schema: 'usage/report@1',
  title: 'Costs as billed',
  generatedAt: at('2026-11-22T09:00:00Z'),
  period: {start: at('2026-11-01T00:00:00Z'), end: at('2026-11-23T00:00:00Z'), label: 'mtd'},
  compare: {
    start: at('2026-10-01T00:00:00Z'),
    end: at('2026-10-23T00:00:00Z'),
    label: '2026-10-01..2026-10-22',
  },
  groupBy: ['project'],
  bucket: null,
  columns: COLUMNS,
  fields: undefined,
  rows: ROWS,
  footer: [
    total(money('2266.069001200000123'), money('2117.68'), change('0.07007')),
    total(money('1234567.5', 'MIOSA_CREDIT_CENTS'), none, none),
    total(money('310', 'EUR'), money('31', 'EUR'), change('9')),
  ],
  totals: [
    {
      currency: 'USD',
      cost: decimal('2266.069001200000123'),
      previousCost: decimal('2117.68'),
      change: decimal('0.07007'),
    },
    {currency: 'MIOSA_CREDIT_CENTS', cost: decimal('1234567.5')},
    {currency: 'EUR', cost: decimal('310'), previousCost: decimal('31'), change: decimal('9')},
  ],
  sources: [
    {provider: 'openai', account: 'openai', status: 'ok', requests: 3, retries: 0},
    {
      provider: 'ionq',
      account: 'ionq',
      status: 'failed',
      requests: 4,
      retries: 3,
      error: {code: 'rate_limited', message: 'told to \u009b wait', hint: 'try later'},
    },
  ],
  notices: [
    {
      level: 'warning',
      code: 'provisional',
      provider: 'openai',
      message: 'figures from 2026-11-22 on may change',
    },
  ],
  provisionalFrom: at('2026-11-22T00:00:00Z'),
};

export const EMPTY: Report = {...SAMPLE, rows: [], footer: [], totals: []};

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
