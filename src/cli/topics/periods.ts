import type {Instant} from '../../core/instant.ts';
import {parsePeriod} from '../../core/parse-period.ts';
import {formatPeriod} from '../../core/period.ts';
import {type Entry, entries, page, paragraph, type Section, sample} from '../page.ts';

const FORMS: readonly Entry[] = [
  ['today', 'the running day'],
  ['yesterday', 'the day before it'],
  ['7d', 'seven days with the running one; so with every other number'],
  ['30d', 'thirty days'],
  ['mtd', 'the month so far; what a report is about unless you say otherwise'],
  ['last-month', 'the whole month before'],
  ['qtd', 'the quarter so far'],
  ['ytd', 'the year so far'],
  ['2026', 'a year'],
  ['2026-11', 'a month'],
  ['2026-Q4', 'a quarter'],
  ['2026-11-05', 'a day'],
  ['2026-11-01..2026-11-15', 'both days included; months and quarters do, too'],
];

/** `usage help periods`. */
export const periods = (now: Instant | undefined): Section =>
  page(
    paragraph(
      'All days are UTC days, because every provider bills by them. A period that has not ended goes up to the end of the running day, whose figures are provisional and marked with an asterisk.',
    ),
    entries(
      now === undefined ? '--period' : '--period, and what it comes to today',
      FORMS.map(([form, meaning]): Entry => {
        if (now === undefined || /^\d{4}/.test(form)) return [form, meaning];
        return [`${form.padEnd(12)}${formatPeriod(parsePeriod(form, now))}`, meaning];
      }),
    ),
    entries('--from and --to', [
      ['--from 2026-11-05', 'from that day to the running one'],
      ['--to 2026-11-10', 'up to that day, included'],
      ['2026-11-05T12:00:00Z', 'an instant; at --to the first one that is not included'],
    ]),
    entries('--compare', [
      ['previous', 'the same days of the month, quarter or year before; or as many days just before'],
      ['none', 'nothing'],
      ['2025-Q4', 'any other period'],
    ]),
    entries('--bucket', [
      ['minute … month', 'a row for each; weeks begin on Monday; a bucket that the period cuts is cut'],
    ]),
    sample('Examples', [
      'usage report --period last-month',
      'usage report --period 2026-Q3 --compare 2026-Q2',
      'usage costs --from 2026-11-01 --to 2026-11-10 --bucket day',
    ]),
  );
