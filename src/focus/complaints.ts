import type {Notice} from '../core/notice.ts';

/** What a file does not keep, though its figures do not depend on it. */
export interface Complaint {
  /** Of the standard, as its rule model calls it. */
  readonly rule: string;
  /** What was found, and what was made of it. */
  readonly message: string;
  readonly count: number;
  /** The first place: `line 12`; undefined: it is about the file as a whole. */
  readonly where: string | undefined;
}

/** Gathers what a file does not keep, each rule once. */
export class Complaints {
  readonly #found = new Map<
    string,
    {rule: string; message: string; count: number; where: string | undefined}
  >();

  /**
   * Complaints about the same column by the same rule are one: the first is told, the others are counted. `where` is
   * asked for that one only, since finding a line is costly.
   */
  add(rule: string, column: string, message: string, where?: () => string): void {
    const key = `${rule} ${column}`;
    const known = this.#found.get(key);
    if (known) known.count++;
    else this.#found.set(key, {rule, message, count: 1, where: where?.()});
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

/** "line 12 and 3 more: BilledCost has a plus sign, which is left out (NumericFormat)". */
export function sentence({rule, message, count, where}: Complaint): string {
  const more = count > 1 ? ` and ${count - 1} more` : '';
  return `${where === undefined ? '' : `${where}${more}: `}${message} (${rule})`;
}
