import {createHash} from 'node:crypto';
import {CRITICAL_PERCENT, FULL_PERCENT} from '../../core/budget.ts';
import {formatInstant, type Instant, utc} from '../../core/instant.ts';
import {compareDecimals, type Decimal} from '../../core/money.ts';
import {isBeyond, linesReached} from '../../pipeline/budget-line.ts';
import {DENSE, jsonObject, jsonString} from '../../render/cell.ts';
import {rowWriter} from '../../render/ndjson.ts';
import {sanitize} from '../../render/sanitize.ts';
import type {CheckedEntry} from '../../reports/budget-entry.ts';
import {checkReport} from '../../reports/budgets.ts';
import {verdictText} from './verdict-text.ts';

/** Something that is to be told once: that a budget has come to a line in its running period. */
export interface Notification {
  readonly entry: CheckedEntry;
  readonly what: 'spent' | 'projected';
  /** The highest line that was come to, in percent. */
  readonly percent: Decimal;
  /** What tells this apart from all others, and from what was told of lower lines. */
  readonly marks: readonly string[];
  /** The first of `marks` is this line's own. */
  readonly until: Instant;
}

/** Beyond the last day of any budget: a total never begins anew. */
const FOREVER = utc(9_999, 1);

/** What there is to tell of a budget: the highest line that its spend has come to, and that its projection is over. */
export function notificationsOf(entry: CheckedEntry, forecast: boolean): Notification[] {
  const {amount, standing, warn, verdict} = entry;
  const figure = standing.spent ?? standing.atLeast;
  if (amount === null || figure === null) return [];
  const lines = [...new Set([...warn, CRITICAL_PERCENT, FULL_PERCENT, verdict.percent])].sort(
    compareDecimals,
  );
  const reached = [...linesReached(figure, amount, lines)].reverse();
  const until = standing.span?.end ?? FOREVER;
  const markOf = (what: Notification['what'], percent: Decimal) =>
    JSON.stringify([
      entry.scope,
      entry.period,
      amount,
      entry.currency,
      standing.span?.start ?? null,
      what,
      percent,
    ]);
  const found: Notification[] = [];
  const [highest] = reached;
  if (highest !== undefined)
    found.push({
      entry,
      what: 'spent',
      percent: highest,
      marks: reached.map(percent => markOf('spent', percent)),
      until,
    });
  const {percent} = verdict;
  const projected = forecast && standing.projected !== null && isBeyond(standing.projected, amount, percent);
  if (projected && !isBeyond(figure, amount, percent))
    found.push({entry, what: 'projected', percent, marks: [markOf('projected', percent)], until});
  return found;
}

/** How a mark is remembered for one receiver: a digest, so that the file tells nobody who and how much. */
export const digestOf = (mark: string, receiver: string): string =>
  createHash('sha256').update(`${receiver}\n${mark}`).digest('hex').slice(0, 32);

/** "Budget openai: 90% reached: $912.00 of $1,000.00 a month (91.2%)". */
function textOf({entry, what, percent}: Notification): string {
  const reached =
    what === 'projected'
      ? `on the way beyond ${percent}%`
      : compareDecimals(percent, FULL_PERCENT) < 0
        ? `${percent}% reached`
        : `beyond ${percent}%`;
  return sanitize(`Budget ${entry.scope}: ${reached}: ${verdictText(entry, what === 'projected')}`);
}

/** The whole of it, for programs: figures are exact. */
export function jsonOf(notification: Notification, now: Instant): string {
  const {entry, what, percent} = notification;
  const report = checkReport([entry], {now, fields: undefined, sources: [], notices: []});
  const row = rowWriter(report, DENSE)(report.rows[0] ?? []);
  return jsonObject(
    [
      ['schema', jsonString('usage/budget-notification@1')],
      ['generated_at', jsonString(formatInstant(now))],
      ['text', jsonString(textOf(notification))],
      ['what', jsonString(what)],
      ['threshold_percent', percent],
      ['budget', row],
    ],
    DENSE,
  );
}

/** The body that Slack's incoming web hooks take; its three special characters mean themselves. */
export const slackJsonOf = (notification: Notification): string => {
  const text = textOf(notification).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return jsonObject([['text', jsonString(text)]], DENSE);
};
