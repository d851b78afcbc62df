import {formatDate} from '../core/instant.ts';
import type {Cell, Report, Row} from '../core/report.ts';

/** Rows in which some word or date has this text, whatever its case. */
export function rowsWith(report: Report, text: string): readonly Row[] {
  if (text === '') return report.rows;
  const wanted = text.toLowerCase();
  return report.rows.filter(row => row.some(cell => wordsOf(cell).toLowerCase().includes(wanted)));
}

function wordsOf(cell: Cell): string {
  if (cell.type === 'text') return cell.display ?? cell.value ?? '';
  return cell.type === 'instant' ? formatDate(cell.value) : '';
}
