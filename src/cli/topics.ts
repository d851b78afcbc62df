import type {Instant} from '../core/instant.ts';
import type {Section} from './page.ts';

/** A page of `usage help`. */
export interface Topic {
  /** One line, for lists. */
  readonly summary: string;
  /** The text. `now` is what examples are worked out for; the manual, which is printed once, has none. */
  load(): Promise<(now: Instant | undefined) => Section>;
}

/** Pages that explain what several commands share. Each is loaded when it is asked for. */
export const TOPICS: {readonly [name: string]: Topic} = {
  periods: {
    summary: 'every form of --period, and what each comes to today',
    load: async () => (await import('./topics/periods.ts')).periods,
  },
  'group-by': {
    summary: 'what costs and usage can be split by, and by whom',
    load: async () => (await import('./topics/group-by.ts')).groupBy,
  },
  formatting: {
    summary: 'formats, fields, sorting, colour, width',
    load: async () => (await import('./topics/formatting.ts')).formatting,
  },
  environment: {
    summary: 'variables that are read, and where keys are kept',
    load: async () => (await import('./topics/environment.ts')).environment,
  },
  'exit-codes': {
    summary: 'what each exit code means to a script',
    load: async () => (await import('./topics/exit-codes.ts')).exitCodes,
  },
};
