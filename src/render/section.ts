import type {Report, Section} from '../core/report.ts';

/** A section by itself: what is provisional or missing is said for the sheet as a whole. */
export const reportOf = (frame: Report, {title, subtitle = '', columns, rows, footer}: Section): Report => ({
  ...frame,
  title,
  subtitle,
  columns,
  rows,
  footer,
  sources: [],
  notices: [],
  provisionalFrom: undefined,
});
