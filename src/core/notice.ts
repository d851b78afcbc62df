/** Something a reader of the figures must know; goes to stderr and into `notices[]`. */
export interface Notice {
  readonly level: 'info' | 'warning';
  /** Stable, for scripts: `provisional`, `cannot_group`, `cannot_filter`, `names_unavailable` … */
  readonly code: string;
  readonly provider?: string;
  readonly account?: string;
  readonly message: string;
}
