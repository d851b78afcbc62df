import {InterruptedError, UsageError} from '../core/errors.ts';
import {type Answer, keyOf, type Question, type Source} from './question.ts';

/** How far the answer to a question is. */
export type Progress =
  | {readonly state: 'asking'; readonly done: number; readonly started: number}
  | {readonly state: 'known'; readonly answer: Answer}
  | {readonly state: 'failed'; readonly message: string};

/**
 * Keeps every answer, and asks only for what is on the screen: a question that is left before it was answered is given
 * up. A failure stays until it is asked for again.
 */
export class Answers {
  readonly #source: Source;
  readonly #changed: () => void;
  readonly #known = new Map<string, Progress>();
  #current: {readonly key: string; readonly abort: AbortController} | undefined;
  #failure: unknown;

  /** @param changed is called whenever a progress is another one. */
  constructor(source: Source, changed: () => void) {
    this.#source = source;
    this.#changed = changed;
  }

  /** What is known of a question; whatever else is being asked is given up. */
  of(question: Question): Progress {
    const key = keyOf(question);
    if (this.#current && this.#current.key !== key) this.stop();
    const known = this.#known.get(key);
    if (known) return known;
    const asking: Progress = {state: 'asking', done: 0, started: 0};
    this.#known.set(key, asking);
    const abort = new AbortController();
    this.#current = {key, abort};
    void this.#ask(question, key, abort);
    return asking;
  }

  forget(question: Question): void {
    this.stop();
    this.#known.delete(keyOf(question));
  }

  /** Gives up what is being asked. */
  stop(): void {
    if (!this.#current) return;
    const {key, abort} = this.#current;
    this.#current = undefined;
    this.#known.delete(key);
    abort.abort();
  }

  /** A bug that came up while asking: whoever waits for the screen is to throw it. */
  get bug(): unknown {
    return this.#failure;
  }

  async #ask(question: Question, key: string, abort: AbortController): Promise<void> {
    const isStale = () => this.#current?.abort !== abort;
    const become = (progress: Progress) => {
      if (isStale()) return;
      if (progress.state !== 'asking') this.#current = undefined;
      this.#known.set(key, progress);
      this.#changed();
    };
    try {
      const answer = await this.#source.ask(question, abort.signal, (done, started) =>
        become({state: 'asking', done, started}),
      );
      become({state: 'known', answer});
    } catch (error) {
      if (isStale() || error instanceof InterruptedError) return;
      if (!(error instanceof UsageError)) this.#failure ??= error;
      const {rule} = error instanceof UsageError ? error.advice : {};
      const message = error instanceof Error ? error.message : String(error);
      become({state: 'failed', message: rule ? `${message}: ${rule}` : message});
    }
  }
}
