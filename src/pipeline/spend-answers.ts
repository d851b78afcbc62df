import type {Dimension} from '../core/dimension.ts';
import type {UsageError} from '../core/errors.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import type {Instant} from '../core/instant.ts';
import {formatPeriod, type Period} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import type {Group} from './aggregate.ts';
import type {Connected} from './connected.ts';
import {runQuery} from './run.ts';

/** One request for costs: of which accounts, over what time, and by what to tell them apart. */
export interface Question {
  readonly dimension: Dimension;
  readonly window: Period;
  readonly bucket: 'day' | null;
  /** By name, each of which can tell its costs apart by the dimension. */
  readonly accounts: readonly string[];
  /** Those that cannot. */
  readonly blind: readonly string[];
}

export interface Answer {
  readonly groups: readonly Group[];
  /** By account. */
  readonly failures: ReadonlyMap<string, UsageError>;
}

interface Asking {
  readonly now: Instant;
  /** Opens sessions of some accounts: every question has its own, because a failure ends them. */
  open(names: readonly string[]): readonly Connected[];
}

/** Asks every question once, of all the accounts that somebody wants to know it of. */
export class Answers {
  readonly #asking: Asking;
  readonly #accounts = new Map<string, Set<string>>();
  readonly #answers = new Map<string, Promise<Answer>>();

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  /** Says which questions will come, so that those that differ in nothing but their accounts become one. */
  plan(questions: readonly (Question | undefined)[]): void {
    for (const question of questions) {
      if (!question) continue;
      const accounts = getOrAdd(this.#accounts, keyOf(question), () => new Set());
      for (const account of question.accounts) accounts.add(account);
    }
  }

  /** The answer may hold more accounts than the question. */
  to(question: Question): Promise<Answer> {
    const key = keyOf(question);
    const planned = this.#accounts.get(key);
    if (planned && question.accounts.every(account => planned.has(account)))
      return getOrAdd(this.#answers, key, () => this.#ask({...question, accounts: [...planned]}));
    const own = `${key} ${question.accounts.join(' ')}`;
    return getOrAdd(this.#answers, own, () => this.#ask(question));
  }

  async #ask(question: Question): Promise<Answer> {
    const {sources, failures, current} = await runQuery(
      queryOf(question, this.#asking.now),
      this.#asking.open(question.accounts),
      [],
    );
    // Both are in the order of the accounts.
    const failed = sources.filter(({status}) => status === 'failed');
    return {
      groups: [...current.groups.values()],
      failures: new Map(
        failed.flatMap(({account}, index) => {
          const error = failures[index];
          return error ? [[account, error] as const] : [];
        }),
      ),
    };
  }
}

const keyOf = ({dimension, window, bucket}: Question): string =>
  `${dimension} ${window.start} ${window.end} ${bucket}`;

/** Days are asked for in any case: sources that tell them at no further cost do. */
const queryOf = ({dimension, window, bucket}: Question, now: Instant): Query => ({
  report: 'costs',
  now,
  period: {...window, label: formatPeriod(window)},
  compare: undefined,
  bucket,
  groupBy: [dimension],
  filters: {},
  kinds: [],
  sort: undefined,
  top: undefined,
  fields: undefined,
  wide: false,
  trend: true,
});
