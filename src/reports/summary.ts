import {compareDecimals, type Decimal, decimal, divide, toPlaces, ZERO} from '../core/money.ts';
import type {Amount} from './line.ts';

/** How people read a unit: in steps, largest first, each with what it is divided by. */
const READABLE: {readonly [unit: string]: readonly (readonly [divisor: string, unit: string])[]} = {
  microseconds: [
    ['3600000000', 'h'],
    ['60000000', 'min'],
    ['1000000', 's'],
    ['1000', 'ms'],
  ],
  seconds: [
    ['3600', 'h'],
    ['60', 'min'],
    ['1', 's'],
  ],
  'vcpu-seconds': [
    ['3600', 'vCPU-h'],
    ['60', 'vCPU-min'],
    ['1', 'vCPU-s'],
  ],
  'gib-hours': [['1', 'GiB-h']],
  bytes: [
    ['1073741824', 'GiB'],
    ['1048576', 'MiB'],
    ['1', 'B'],
  ],
};

/** Quantities that have no column of their own, in a few words: "2.4 h qpu, 31 jobs". For people only. */
export function summarize(amounts: readonly Amount[]): string {
  const rest = amounts.filter(({metric, value}) => !isCovered(metric.unit) && value !== ZERO);
  return rest.map(({metric, value}) => phrase(value, metric.unit, metric.kind)).join(', ');
}

/** Tokens and requests have columns, and their parts (cached, audio …) would only repeat them. */
const isCovered = (unit: string): boolean => unit === 'tokens' || unit === 'requests';

function phrase(value: Decimal, unit: string, kind: string): string {
  const steps = READABLE[unit];
  const what = kind.replaceAll('_', ' ');
  if (!steps) {
    const counted = what.includes(unit.split('-')[0] ?? unit) ? what : unit;
    return `${round(value)} ${value === ONE ? singular(counted) : counted}`;
  }
  const step = steps.find(([divisor]) => compareDecimals(value, decimal(divisor)) >= 0) ?? steps.at(-1);
  const [divisor, name] = step ?? ['1', unit];
  return `${round(divide(value, decimal(divisor), 4) ?? value)} ${name} ${what}`;
}

const ONE = decimal(1);

/** "jobs" as "job"; of several words the last. What providers count is plural with a plain s. */
const singular = (words: string): string => words.replace(/(?<=[a-z]{2})s$/, '');

const round = (value: Decimal): string =>
  toPlaces(value, 1)
    .replace(/\.0$/, '')
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
