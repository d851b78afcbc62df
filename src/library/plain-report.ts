import {flagOf} from '../core/dimension.ts';
import {formatInstant} from '../core/instant.ts';
import type {NamedPeriod} from '../core/period.ts';
import type {Cell, Report as InnerReport} from '../core/report.ts';
import type {Dimension, Report, Span} from '../index.ts';

/** A report as plain data: cells become text, with every digit, or null. */
export function plainReport<Row>(report: InnerReport): Report<Row> {
  const columns = report.columns.map(({key, shown}, index) => ({key, index, shown}));
  const {period} = report;
  if (!period) throw new TypeError('only budgets have no period, and no library call asks for them');
  const kept = columns.filter(({shown}) => shown === 'everywhere' || shown === 'data');
  return {
    schema: report.schema,
    generatedAt: formatInstant(report.generatedAt),
    period: span(period),
    compare: report.compare ? span(report.compare) : null,
    groupBy: report.groupBy.map(dimension => flagOf(dimension) as Dimension),
    bucket: report.bucket,
    rows: report.rows.map(
      row => Object.fromEntries(kept.map(({key, index}) => [key, plain(row[index])])) as Row,
    ),
    totals: report.totals.map(({currency, cost, previousCost = null, change = null}) => ({
      currency,
      cost,
      previousCost,
      change,
    })),
    sources: report.sources.map(({error = null, ...source}) => ({...source, error})),
    notices: report.notices.map(({provider = null, account = null, ...notice}) => ({
      ...notice,
      provider,
      account,
    })),
    provisionalFrom: report.provisionalFrom === undefined ? null : formatInstant(report.provisionalFrom),
  };
}

const span = ({start, end, label}: NamedPeriod): Span => ({
  start: formatInstant(start),
  end: formatInstant(end),
  label,
});

function plain(cell: Cell = {type: 'none'}): unknown {
  switch (cell.type) {
    case 'none':
      return null;
    case 'bound':
      return null; // so much at the least is no figure
    case 'money':
      return cell.amount;
    case 'instant':
      return formatInstant(cell.value);
    case 'series':
    case 'quantities':
      return cell.values;
    default:
      return cell.value;
  }
}
