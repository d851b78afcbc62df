import {ProviderError} from '../core/errors.ts';
import {type Instant, instant, parseDate, parseInstant} from '../core/instant.ts';
import {type Currency, type Decimal, parseDecimal} from '../core/money.ts';
import type {Complaints} from './complaints.ts';
import {isNational} from './price.ts';
import {unreadable} from './table.ts';

/** Words that people write for nothing, which the standard forbids. */
const NOTHING = /^(?:null|n\/a|not applicable)$/i;
const CODE = /^[A-Z]{3}$/;
/** "2026-10-01 00:00:00 UTC", "+00", "+0000" and without zone, as data warehouses write it. */
const LOOSE =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: ?(UTC|Z|[+-]\d{2}(?::?\d{2})?))?$/;
/** What needs no further look at it. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const EXACT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

type Where = () => string;

/** Reads the values of one file: what can be meant one way only is taken, with a complaint; nothing is guessed. */
export class Values {
  readonly #complaints: Complaints;
  readonly #instants = new Map<string, Instant>();
  readonly #currencies = new Map<string, Currency>();
  readonly #providers = new Map<string, string>();

  constructor(complaints: Complaints) {
    this.#complaints = complaints;
  }

  /** "" for null, however it is written. */
  text(value: string, column: string, where: Where): string {
    if (value === '' || value.length > 14 || !NOTHING.test(value)) return value;
    this.#complaints.add('NullHandling', column, `${column} says "${value}" where it means nothing`, where);
    return '';
  }

  /** Throws ProviderError for one that is missing or no number. */
  cost(value: string, column: string, where: Where): Decimal {
    const cost = this.decimal(value, column, where);
    if (cost === undefined) throw unreadable(`${where()}: ${column} is missing`, 'a cost in every row');
    return cost;
  }

  /** Undefined for null. */
  decimal(value: string, column: string, where: Where): Decimal | undefined {
    const exact = value === '' ? undefined : parseDecimal(value);
    if (exact !== undefined) return exact;
    const text = this.text(value, column, where);
    if (text === '') return undefined;
    const loose = parseDecimal(
      text
        .trim()
        .replace(/^\+/, '')
        .replace(/^(-?)\./, '$10.')
        .replace(/\.$/, ''),
    );
    if (loose === undefined)
      throw unreadable(`${where()}: ${column} "${short(text)}" is no number`, 'digits, a point, an exponent');
    this.#complaints.add('NumericFormat', column, `${column} is written like "${short(text)}"`, where);
    return loose;
  }

  /** Complains about a number that is none, where no figure is made of it. */
  look(value: string, column: string, where: Where): void {
    if (value === '' || NUMBER.test(value)) return;
    try {
      this.decimal(value, column, where);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const message = `${column} "${short(value)}" is no number; no cost depends on it`;
      this.#complaints.add('NumericFormat', column, message, where);
    }
  }

  /** Complains about a time that no figure depends on, and that is not written as the standard wants it. */
  lookAtTime(value: string, column: string, where: Where): void {
    if (EXACT.test(value) || this.text(value, column, where) === '') return;
    this.#complaints.add('DateTimeFormat', column, `${column} is written like "${short(value)}"`, where);
  }

  /** Whose row it is: "" for null; without blanks around it, or one provider would be two. */
  provider(value: string, column: string, where: Where): string {
    const known = this.#providers.get(value);
    if (known !== undefined) return known;
    const name = this.text(value.trim(), column, where);
    if (name !== '' && name !== value)
      this.#complaints.add(
        'StringHandling',
        column,
        `${column} has blanks around "${short(name)}", which are left out`,
        where,
      );
    if (this.#providers.size < 10_000) this.#providers.set(value, name);
    return name;
  }

  /** Throws ProviderError for one that is missing or no instant. */
  instant(value: string, column: string, where: Where): Instant {
    const known = this.#instants.get(value);
    if (known !== undefined) return known;
    const at = this.#readInstant(value, column, where);
    // What is remembered is complained about once: few instants occur, each in many rows.
    if (this.#instants.size < 100_000) this.#instants.set(value, at);
    return at;
  }

  #readInstant(value: string, column: string, where: Where): Instant {
    const text = this.text(value, column, where).trim();
    if (text === '') throw unreadable(`${where()}: ${column} is missing`, 'a charge period in every row');
    const exact = parseInstant(text);
    if (exact !== undefined) {
      if (!EXACT.test(text))
        this.#complaints.add('DateTimeFormat', column, `${column} is written like "${short(text)}"`, where);
      return exact;
    }
    const [, date = '', time = '00:00', zone] = LOOSE.exec(text) ?? [];
    const at = date ? parseInstant(`${date}T${time}${offsetOf(zone)}`) : parseDate(text);
    if (at === undefined) {
      throw unreadable(`${where()}: ${column} "${short(text)}" is no time`, 'such as 2026-10-05T00:00:00Z');
    }
    const read = zone ? '' : ', and is read as UTC';
    this.#complaints.add(
      'DateTimeFormat',
      column,
      `${column} is written like "${short(text)}"${read}`,
      where,
    );
    return instant(at);
  }

  /** Throws ProviderError for one that is missing. */
  currency(value: string, column: string, where: Where): Currency {
    const known = this.#currencies.get(value);
    if (known !== undefined) return known;
    const text = this.text(value, column, where).trim();
    if (text === '') throw unreadable(`${where()}: ${column} is missing`, 'a currency in every row');
    const currency = text.toUpperCase().replace(/[ -]+/g, '_');
    if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(currency))
      throw unreadable(`${where()}: ${column} "${short(text)}" is no currency`, 'a code of ISO 4217');
    if (!CODE.test(text))
      this.#complaints.add(
        'CurrencyFormat',
        column,
        `${column} is "${short(text)}", which is taken for ${currency}`,
        where,
      );
    else if (!isNational(text)) {
      const message = `${column} "${text}" is no currency of ISO 4217; it is kept apart from all others`;
      this.#complaints.add('CurrencyFormat', column, message, where);
    }
    this.#currencies.set(value, currency);
    return currency;
  }
}

/** As RFC 3339 has it: without one it is UTC. */
function offsetOf(zone: string | undefined): string {
  if (!zone || !/^[+-]/.test(zone)) return 'Z';
  const digits = zone.replace(':', '');
  return `${digits.slice(0, 3)}:${digits.slice(3) || '00'}`;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
