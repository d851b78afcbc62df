import {addDays, addMonths, calendarDay, utc} from './instant.ts';

/** Why a text that has the form of a date, a month or a quarter is none; undefined if it has another form or is one. */
export function whyImpossible(text: string): string | undefined {
  const quarter = /^\d{4}-Q(\d)$/i.exec(text)?.[1];
  if (quarter !== undefined) return /[1-4]/.test(quarter) ? undefined : 'quarters are Q1 to Q4';
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text) ?? [];
  if (year === undefined || month === undefined) return undefined;
  if (Number(month) < 1 || Number(month) > 12) return 'months are 01 to 12';
  if (day === undefined) return undefined;
  const {day: last} = calendarDay(addDays(addMonths(utc(Number(year), Number(month)), 1), -1));
  return Number(day) >= 1 && Number(day) <= last ? undefined : `${year}-${month} has the days 01 to ${last}`;
}
