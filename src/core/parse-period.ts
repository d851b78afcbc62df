import {InputError} from './errors.ts';
import {whyImpossible} from './impossible-date.ts';
import {
  addDays,
  addMonths,
  calendarDay,
  type Instant,
  MINUTE_MS,
  parseDate,
  parseInstant,
  startOfDay,
  startOfMonth,
  utc,
} from './instant.ts';
import {formatPeriod, isEmpty, type NamedPeriod} from './period.ts';

/** Every form that `--period` takes, as help and errors print it. */
export const PERIOD_FORMS =
  'today, yesterday, Nd (7d, 30d …), mtd, last-month, qtd, ytd, YYYY, YYYY-MM, YYYY-Qn, YYYY-MM-DD, or A..B with both days included';

/** Words that stand for a period; also what a misspelt one is compared with. */
export const PERIOD_WORDS = ['today', 'yesterday', '7d', '30d', 'mtd', 'last-month', 'qtd', 'ytd'] as const;

const MAX_DAYS = 3_660;

/** Reads `--period`. `now` decides what the words mean. Throws InputError with the nearest word or the list of forms. */
export function parsePeriod(text: string, now: Instant): NamedPeriod {
  const period = words(text, now) ?? calendar(text) ?? range(text);
  if (!period) {
    const why = text.split('..').flatMap(part => whyImpossible(part) ?? [])[0];
    throw new InputError(`"${text}" is no period${why ? `: ${why}` : ''}`, {
      rule: PERIOD_FORMS,
      nearest: [text, PERIOD_WORDS],
    });
  }
  return {...sayable(period, text), label: text};
}

type Unlabelled = Omit<NamedPeriod, 'label'>;

function words(text: string, now: Instant): Unlabelled | undefined {
  const today = startOfDay(now);
  const tomorrow = addDays(today, 1);
  const {year, month} = calendarDay(now);
  switch (text) {
    case 'today':
      return {start: today, end: tomorrow};
    case 'yesterday':
      return {start: addDays(today, -1), end: today};
    case 'mtd':
      return {start: startOfMonth(now), end: tomorrow, months: 1, running: true};
    case 'last-month':
      return {start: addMonths(startOfMonth(now), -1), end: startOfMonth(now), months: 1};
    case 'qtd':
      return {start: utc(year, month - ((month - 1) % 3)), end: tomorrow, months: 3, running: true};
    case 'ytd':
      return {start: utc(year, 1), end: tomorrow, months: 12, running: true};
  }
  const days = /^([1-9]\d*)d$/.exec(text)?.[1];
  if (days === undefined) return undefined;
  if (Number(days) > MAX_DAYS)
    throw new InputError(`"${text}" is too long a period`, {rule: `at most ${MAX_DAYS}d`});
  return {start: addDays(tomorrow, -Number(days)), end: tomorrow};
}

function calendar(text: string): Unlabelled | undefined {
  const match = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/i.exec(text);
  if (match) {
    const [, year, quarter, month] = match;
    if (quarter) return whole(utc(Number(year), Number(quarter) * 3 - 2), 3);
    return month ? whole(utc(Number(year), Number(month)), 1) : whole(utc(Number(year), 1), 12);
  }
  const day = parseDate(text);
  return day === undefined ? undefined : {start: day, end: addDays(day, 1)};
}

const whole = (start: Instant, months: 1 | 3 | 12): Unlabelled => ({
  start,
  end: addMonths(start, months),
  months,
});

function range(text: string): Unlabelled | undefined {
  const parts = text.split('..');
  if (parts.length !== 2) return undefined;
  const [from = '', to = ''] = parts;
  const first = calendar(from);
  const last = calendar(to);
  if (!first || !last) return undefined;
  return ordered({start: first.start, end: last.end}, text);
}

/** Reads `--from` and `--to`: dates, both included, or instants, the end excluded. Without `--to`: up to the running day. */
export function parseFromTo(from: string, to: string | undefined, now: Instant): NamedPeriod {
  const start = parseDate(from) ?? wholeMinute(from, '--from');
  const end = to === undefined ? addDays(startOfDay(now), 1) : endOf(to);
  const period = ordered({start, end}, to === undefined ? `--from ${from}` : `--from ${from} --to ${to}`);
  const label = formatPeriod(period);
  return {...sayable(period, label), label};
}

function endOf(to: string): Instant {
  const day = parseDate(to);
  return day === undefined ? wholeMinute(to, '--to') : addDays(day, 1);
}

function wholeMinute(text: string, flag: string): Instant {
  const at = parseInstant(text);
  if (at === undefined) {
    const why = whyImpossible(text);
    throw new InputError(`${flag} "${text}" is no date${why ? `: ${why}` : ''}`, {
      rule: 'YYYY-MM-DD, or an RFC 3339 instant such as 2026-11-05T12:00:00Z',
    });
  }
  // No provider meters finer than a minute: seconds would be rounded by some of them, silently.
  if (at % MINUTE_MS !== 0)
    throw new InputError(`${flag} "${text}" is not on a whole minute`, {rule: 'seconds must be 00'});
  return at;
}

/** The year 10000 has no form that anybody reads. */
const LATEST = utc(9999, 12);

function sayable<P extends Unlabelled>(period: P, text: string): P {
  if (period.end > LATEST)
    throw new InputError(`"${text}" is too far away`, {rule: 'periods end before December 9999'});
  return period;
}

function ordered<P extends Unlabelled>(period: P, text: string): P {
  if (isEmpty(period))
    throw new InputError(`"${text}" ends before it starts`, {
      rule: 'the first day must not be after the last',
    });
  return period;
}
