import {FULL_PERCENT} from '../../core/budget.ts';
import {addDays, formatDate} from '../../core/instant.ts';
import type {Decimal} from '../../core/money.ts';
import {money, percent as percentText} from '../../render/figures.ts';
import type {CheckedEntry} from '../../reports/budget-entry.ts';

/** What a budget stands at, in one sentence without its scope: "$1,234.56 of $1,000.00 a month (123.5%), …". */
export function verdictText(entry: CheckedEntry, forecast: boolean): string {
  const {standing, error, verdict} = entry;
  if (standing.state === 'not_begun') return 'has not begun';
  const parts = [spentText(entry)];
  if (verdict.by === 'spent') parts.push(overText(entry));
  if (forecast && standing.projected !== null) parts.push(projectedText(entry, standing.projected));
  if (verdict.over === false && (standing.state === 'warning' || standing.state === 'critical'))
    parts.push(standing.state);
  if (forecast && standing.unprojected === 'too_early')
    parts.push('too early to project, with fewer than 3 complete days');
  if (forecast && standing.unprojected === 'no_end') parts.push('not projected, for a total has no end');
  if (verdict.over === undefined)
    return `could not be checked: ${error}${entry.hint === undefined ? '' : `; ${entry.hint}`}`;
  if (error !== undefined && entry.amount !== null) parts.push(error);
  return parts.join('; ');
}

function spentText({amount, currency, period, standing}: CheckedEntry): string {
  const often = period === 'total' ? 'in total' : period === 'unknown' ? '' : `a ${period}`;
  const limit = `${amount === null ? 'unlimited' : money(amount, currency)} ${often}`.trim();
  const {spent, atLeast, percent} = standing;
  const known = spent ?? atLeast;
  if (known === null) return `an unknown part of ${limit}`;
  const bound = spent === null ? 'at least ' : '';
  const share = percent === null ? '' : ` (${percentText(percent)})`;
  return `${bound}${money(known, currency)} of ${limit}${share}`;
}

function overText({currency, verdict, standing}: CheckedEntry): string {
  const {excess, line, percent, since} = verdict;
  const bound = standing.spent === null ? 'at least ' : '';
  const by = excess === null ? '' : ` by ${bound}${money(excess, currency)}`;
  const which =
    percent === FULL_PERCENT || line === null ? '' : ` its line at ${percent}% (${money(line, currency)})`;
  return `over${which}${by}${since === undefined ? '' : ` since ${formatDate(since)}`}`;
}

function projectedText({currency, verdict, standing}: CheckedEntry, projected: Decimal): string {
  const end = standing.span?.end;
  const when = end === undefined ? '' : ` by ${formatDate(addDays(end, -1))}`;
  const over =
    verdict.by === 'projected' && verdict.excess !== null
      ? `, over by ${money(verdict.excess, currency)}`
      : '';
  return `${money(projected, currency)} projected${when}${over}`;
}
