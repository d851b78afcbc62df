import {raw} from '../../support/fixtures.ts';
import type {Random} from '../random.ts';
import {plain} from '../world.ts';

/** What a server was asked for. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** JSON that a fault may change before it is sent; raw literals stand for numbers of any length. */
export type Json = null | boolean | number | string | Json[] | {[key: string]: Json};
export type Fields = {[key: string]: Json};

export interface Answer {
  readonly status: number;
  readonly body: Json;
  /** Whether figures are made of it; others only give names and the like. */
  readonly figures: boolean;
}

export const figures = (body: Fields): Answer => ({status: 200, body, figures: true});
export const other = (body: Json, status = 200): Answer => ({status, body, figures: false});

export const SECOND = 1_000;
export const DAY_MS = 86_400_000;
export const rfc3339 = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('.000Z', 'Z');

/** One amount in one of the ways in which amounts have been seen: number, text, with zeros, with an exponent. */
export function written(units: bigint, random: Random): Json {
  const text = plain(units);
  if (text === '0') return random.pick<Json>([0, '0', '0E-6176', '0.00', '-0.0']);
  return random.pick<Json>([
    raw(text),
    text,
    text.includes('.') ? `${text}00` : `${text}.0`,
    exponential(text),
  ]);
}

/** The same number with an exponent: "-1.25E-3". */
function exponential(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? [];
  const all = `${whole}${fraction}`;
  const digits = all.replace(/^0+/, '');
  const exponent = whole.length - 1 - (all.length - digits.length);
  return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}E${exponent}`;
}
