import type {UsageError} from '../../core/errors.ts';

/** Whether there is something to mend: an `error` must be, a `warning` should be, a `note` is only good to know. */
export const STATES = ['ok', 'note', 'warning', 'error'] as const;
export type State = (typeof STATES)[number];

/** What was looked at. */
export const CHECKS = ['store', 'account', 'key', 'reach', 'role', 'figures', 'clock'] as const;
type Check = (typeof CHECKS)[number];

/** What came of one look. */
export interface Finding {
  readonly check: Check;
  readonly state: State;
  readonly message: string;
  /** What a person does about it. */
  readonly fix?: string;
  /** The exit code that an `error` asks for: 3, 4 or 5. */
  readonly exitCode?: number;
}

/** A request that was made for it. */
export interface Asked {
  /** Path with query. */
  readonly target: string;
  /** Null if no answer came. */
  readonly status: number | null;
  /** Milliseconds. */
  readonly took: number;
}

/** An error of a provider or of the store as a finding. Wrong input counts as a credential that cannot be used. */
export const failing = (check: Check, {message, advice, exitCode}: UsageError): Finding => {
  const fix = [advice.rule, advice.hint].filter(Boolean).join('; ');
  return {check, state: 'error', message, exitCode: exitCode === 2 ? 4 : exitCode, ...(fix && {fix})};
};

/**
 * The exit code of all that was found: 0 if nothing must be mended, 3 if the store must be, 4 if only credentials, 5 if
 * a provider could not be asked.
 */
export function exitCodeOf(findings: readonly Finding[]): number {
  const codes = findings.filter(({state}) => state === 'error').map(({exitCode = 5}) => exitCode);
  if (codes.length === 0) return 0;
  if (codes.includes(3)) return 3;
  return codes.every(code => code === 4) ? 4 : 5;
}
