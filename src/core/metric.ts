/** A metered quantity that a source reports. */
export interface Metric {
  /** What was used: `completions`, `qpu`, `sandboxes` …: the `--kind` values. */
  readonly kind: string;
  /** The provider's own field name. */
  readonly name: string;
  /** `tokens`, `requests`, `microseconds`, `vcpu-seconds`, `gib-hours` … */
  readonly unit: string;
  /** A flow is added up over time; a level is not, its mean over the buckets is reported. */
  readonly statistic: 'sum' | 'mean';
  /** Counts into the headline columns of `usage report`. */
  readonly headline?: 'requests' | 'tokens';
}
