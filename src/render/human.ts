import {nextBucket} from '../core/bucket.ts';
import {formatDate, formatInstant, type Instant} from '../core/instant.ts';
import type {Cell, Column, Report} from '../core/report.ts';
import {change, compact, money, percent, quantity, share} from './figures.ts';
import {progressBar} from './progress-bar.ts';
import {sanitize} from './sanitize.ts';
import {sparkline} from './sparkline.ts';

/** What the text of a cell depends on beside the cell. */
export interface Setting {
  readonly report: Pick<Report, 'bucket' | 'provisionalFrom'>;
  /** The most points that a small chart may have. */
  readonly points: number;
}

/** The friendly text of a cell: one line, rounded, safe for a terminal; empty where nothing was reported. */
export function humanOf(cell: Cell, column: Pick<Column, 'key'>, {report, points}: Setting): string {
  switch (cell.type) {
    case 'none':
      return '';
    case 'text':
      return sanitize(cell.display ?? cell.value ?? '');
    case 'money':
      return money(cell.amount, cell.currency);
    case 'quantity':
      return isHeadline(column, cell.unit) ? compact(cell.value) : quantity(cell.value);
    case 'share':
      return share(cell.value);
    case 'change':
      return change(cell.value);
    case 'percent':
      return percent(cell.value);
    case 'bar':
      return progressBar(cell.value);
    case 'bound':
      return `≥ ${money(cell.amount, cell.currency)}`;
    case 'state':
      return cell.value.replaceAll('_', ' ');
    case 'instant': {
      const text = cell.date ? formatDate(cell.value) : formatInstant(cell.value);
      return column.key === 'bucket_start' && isProvisional(cell.value, report) ? `${text}*` : text;
    }
    case 'flag':
      return cell.value ? 'yes' : '';
    case 'series':
      return sparkline(cell.values, points);
    case 'quantities':
      return sanitize(cell.summary());
  }
}

// `usage report` has counts as headlines beside the cost; `usage usage` is about them and shows every digit.
const isHeadline = ({key}: Pick<Column, 'key'>, unit: string): boolean =>
  key === unit && (key === 'requests' || key === 'tokens');

/** Whether a bucket reaches into the time whose figures are not final. */
function isProvisional(start: Instant, {bucket, provisionalFrom}: Setting['report']): boolean {
  return provisionalFrom !== undefined && bucket !== null && nextBucket(start, bucket) > provisionalFrom;
}
