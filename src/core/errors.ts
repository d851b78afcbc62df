/** What a message needs beside its first sentence, so that it always says which rule and what to do next. */
export interface Advice {
  /** The rule that was broken: what is valid. */
  readonly rule?: string;
  /** What to do next. */
  readonly hint?: string;
  /** What was given, and the values among which the nearest is worth naming. */
  readonly nearest?: readonly [given: string, valid: readonly string[]];
  readonly provider?: string;
  /** Whose failure it is, where that says more than the name of the account: the path of a file. */
  readonly subject?: string;
  readonly cause?: unknown;
}

/** A failure that a person can act on. Every class owns its exit code; one place (cli/show-error) prints them. */
export abstract class UsageError extends Error {
  abstract readonly code: string;
  abstract readonly exitCode: number;
  advice: Advice;

  constructor(message: string, advice: Advice = {}) {
    super(message, {cause: advice.cause});
    this.advice = advice;
  }

  /**
   * Says whose failure it is and what to do next, where whoever threw it did not know: drivers carry neither their own
   * name around nor that of the account. To be called once.
   */
  attribute(provider: string, title: string, account: string): this {
    const {subject, provider: known} = this.advice;
    const whose = subject ?? (account !== provider ? account : known === undefined ? title : undefined);
    if (whose !== undefined) this.message = `${whose}: ${this.message}`;
    // What was put in wrong is wrong the next time, too.
    const hint = this.exitCode === 2 ? {} : {hint: 'try again; if it lasts, report it'};
    this.advice = {...hint, ...this.advice, provider};
    return this;
  }
}

/** Wrong input: flag, period, field, unknown command. Exit 2. */
export class InputError extends UsageError {
  readonly code = 'input';
  readonly exitCode = 2;
}

/** The store or the output file is unreadable, malformed or not writable; nothing was overwritten. Exit 3. */
export class StoreError extends UsageError {
  readonly code = 'store';
  readonly exitCode = 3;
}

/** A credential is missing or was refused. Exit 4 if no other provider answered. */
export class CredentialError extends UsageError {
  readonly code: 'credential_missing' | 'credential_refused';
  readonly exitCode = 4;

  constructor(code: 'credential_missing' | 'credential_refused', message: string, advice: Advice = {}) {
    super(message, advice);
    this.code = code;
  }
}

/** What can go wrong with a provider's answer, as scripts read it in `sources[].error.code`. */
export type ProviderErrorCode =
  | 'unreachable'
  | 'timeout'
  | 'rate_limited'
  | 'server_error'
  | 'bad_request'
  | 'not_found'
  | 'bad_response'
  | 'repeated_cursor'
  | 'repeated_bucket'
  | 'missing_bucket'
  | 'outside_window'
  | 'inconsistent';

/** A provider did not answer, or with something that no figure may be made of. Exit 5, or 6 if others answered. */
export class ProviderError extends UsageError {
  readonly code: ProviderErrorCode;
  readonly exitCode = 5;

  constructor(code: ProviderErrorCode, message: string, advice: Advice = {}) {
    super(message, advice);
    this.code = code;
  }
}

/** Ctrl-C or SIGTERM. Exit 130. */
export class InterruptedError extends UsageError {
  readonly code = 'interrupted';
  readonly exitCode = 130;

  constructor() {
    super('interrupted');
  }
}
