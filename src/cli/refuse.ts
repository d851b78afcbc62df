import {InterruptedError, type UsageError} from '../core/errors.ts';
import type {SourceStatus} from '../core/report.ts';
import type {Context} from './context.ts';
import {showErrors} from './show-error.ts';

/**
 * Nothing answered, or `--strict`: the failures are the answer. Gives the exit code: 4 if all are about credentials, 2
 * if all are about input, else 5. Throws InterruptedError if it was Ctrl-C that made them fail.
 */
export async function refuse(
  failures: readonly UsageError[],
  context: Context,
  asJson: boolean,
): Promise<number> {
  if (context.signal.aborted) throw new InterruptedError();
  await showErrors(failures, context, asJson);
  const [code = 5, ...others] = new Set(failures.map(({exitCode}) => exitCode));
  return others.length === 0 ? code : 5;
}

/** How a provider stands in `sources[]` that was asked for by name and has no account. */
export const missingSource = ({code, message, advice}: UsageError): SourceStatus => ({
  provider: advice.provider ?? '',
  account: advice.provider ?? '',
  status: 'failed',
  requests: 0,
  retries: 0,
  error: {code, message},
});
