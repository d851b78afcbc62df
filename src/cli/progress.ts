import type {Observer} from '../http/session.ts';
import type {Live} from '../render/live.tsx';
import type {Step} from '../render/progress.tsx';
import type {Context} from './context.ts';
import {chooseColor} from './view-options.ts';

/** Quick answers need no progress, and drawing it would only flicker. Milliseconds. */
const PATIENCE_MS = 400;

type MutableStep = {-readonly [K in keyof Step]: Step[K]};

/**
 * Counts requests by account and, if the work is long and stderr is a terminal, draws them there until `stop`. Only
 * for tables: whoever asks for JSON must not pay for Ink.
 */
export class Progress {
  readonly #steps = new Map<string, MutableStep>();
  readonly #context: Context;
  readonly #timer: NodeJS.Timeout | undefined;
  #live: Promise<Live<readonly Step[]>> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(context: Context, wanted: boolean) {
    this.#context = context;
    if (wanted && context.stderr.terminal) this.#timer = setTimeout(() => this.#draw(), PATIENCE_MS);
  }

  observe(name: string): Observer {
    const step: MutableStep = {name, done: 0, started: 0, waiting: undefined};
    this.#steps.set(name, step);
    const changed = () => void this.#live?.then(live => this.#stopping || live.update(this.#snapshot()));
    return {
      started: () => {
        step.started++;
        changed();
      },
      finished: () => {
        step.done++;
        step.waiting = undefined;
        changed();
      },
      retrying: (wait, reason, asked) => {
        const seconds = `${Math.ceil(wait / 1000)} s`;
        step.waiting = `${asked ? `told to wait ${seconds} (Retry-After)` : `waiting ${seconds}`}: ${reason}`;
        changed();
      },
      resuming: () => {
        step.waiting = undefined;
        changed();
      },
    };
  }

  /** Erases whatever was drawn; once, for what stands there afterwards is the answer. */
  stop(): Promise<void> {
    this.#stopping ??= this.#erase();
    return this.#stopping;
  }

  async #erase(): Promise<void> {
    clearTimeout(this.#timer);
    (await this.#live)?.clear();
  }

  #draw(): void {
    const {stderr, env} = this.#context;
    const {terminal} = stderr;
    if (!terminal) return;
    this.#live = import('../render/progress.tsx').then(({drawProgress}) =>
      drawProgress(terminal, this.#snapshot(), chooseColor(env, stderr, undefined)),
    );
  }

  #snapshot(): Step[] {
    return [...this.#steps.values()].map(step => ({...step}));
  }
}
