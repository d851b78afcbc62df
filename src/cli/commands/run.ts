import type {Context} from '../context.ts';

/** Work that a command has been parsed into. Gives the exit code. */
export type Work = (context: Context) => Promise<number>;

/** Hands the work on: parsing stops here, so that tests can look at what flags come to. */
export type Run = (work: Work) => void;
