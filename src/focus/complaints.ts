import type {Notice} from '../core/notice.ts';

/** What a file does not keep, though its figures do not depend on it. */
export interface Complaint {
  /** Of the standard, as its rule model calls it. */
  readonly rule: string;
  /** What was found, and what was made of it. */
  readonly message: string;
  /** The first place: `line 12`; undefined: it is about the file as a whole. */
  readonly where: string | undefined;
}

/** Gathers what a file does not keep, each rule once. */
export class Complaints {
  readonly #found = new Map<string, Complaint>();

  /**
   * Of complaints about the same column by the same rule only the first is kept. `where` is asked for that one alone,
   * since finding a line is costly.
   */
  add(rule: string, column: string, message: string, where?: () => string): void {
    const key = `${rule} ${column}`;
    if (!this.#found.has(key)) this.#found.set(key, {rule, message, where: where?.()});
  }

  all(): readonly Complaint[] {
    return [...this.#found.values()];
  }

  notices(): Pick<Notice, 'level' | 'code' | 'message'>[] {
    return this.all().map(complaint => ({
      level: 'warning',
      code: 'focus_rule',
      message: sentence(complaint),
    }));
  }
}

/** "first in line 12: BilledCost is written like "+1" (NumericFormat)". */
export const sentence = ({rule, message, where}: Complaint): string =>
  `${where === undefined ? '' : `first in ${where}: `}${message} (${rule})`;
