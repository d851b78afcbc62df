import {InterruptedError, UsageError} from '../core/errors.ts';
import type {Context} from './context.ts';

/** Prints an error in the one shape that errors have here, and gives its exit code. A bug is exit 1 and says so. */
export async function showError(error: unknown, context: Context, asJson: boolean): Promise<number> {
  const shown =
    error instanceof UsageError ? error : new UnexpectedError(error, context.argv.includes('--debug'));
  if (shown instanceof InterruptedError) return shown.exitCode;
  await showErrors([shown], context, asJson);
  return shown.exitCode;
}

/** Several errors at once: one block each, or one JSON object about the first that lists them all. */
export async function showErrors(
  errors: readonly UsageError[],
  {stderr}: Context,
  asJson: boolean,
): Promise<void> {
  if (!asJson) {
    const {messageLines} = await import('../render/message.ts');
    for (const error of errors) {
      await stderr.write(messageLines([`error: ${error.message}`, ...(await advise(error))], stderr.columns));
    }
    return;
  }
  const described = await Promise.all(errors.map(describe));
  const error = described.length > 1 ? {...described[0], errors: described} : described[0];
  await stderr.write(`${JSON.stringify({error})}\n`);
}

/** A bug of ours. Its message may hold anything, so the details come with --debug only. */
class UnexpectedError extends UsageError {
  readonly code = 'bug';
  readonly exitCode = 1;

  constructor(cause: unknown, debug: boolean) {
    const details =
      cause instanceof Error ? (debug ? (cause.stack ?? cause.message) : cause.message) : String(cause);
    super(`this is a bug in usage: ${details}`, {
      hint: debug ? 'please report it' : 'run it again with --debug and report it',
    });
  }
}

interface Described {
  readonly code: string;
  readonly message: string;
  readonly provider: string | null;
  readonly hint: string | null;
}

/** The same for JSON: rule, nearest value and hint are one hint. People read it too, so nothing in it may be live. */
export async function describe(error: UsageError): Promise<Described> {
  const {sanitize} = await import('../render/sanitize.ts');
  const {provider} = error.advice;
  const hint = sanitize((await advise(error)).join('; '));
  return {code: error.code, message: sanitize(error.message), provider: provider ?? null, hint: hint || null};
}

async function advise({advice}: UsageError): Promise<string[]> {
  const {rule, hint, nearest} = advice;
  // Loaded only when something is wrong.
  const near = nearest && (await import('../core/nearest.ts')).findNearest(...nearest);
  return [
    ...(near ? [`did you mean ${near}?`] : []),
    ...(rule ? [`valid: ${rule}`] : []),
    ...(hint ? [hint] : []),
  ];
}
