import type {Driver, Session} from '../drivers/driver.ts';

/** One account that is ready to be asked. */
export interface Connected {
  readonly driver: Driver;
  readonly account: string;
  readonly session: Session & {readonly counts: {readonly requests: number; readonly retries: number}};
  /** Gives up whatever is under way for this account: one part failed, so none of it will be used. */
  cancel(): void;
}
