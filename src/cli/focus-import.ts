import {resolve} from 'node:path';
import {InputError, InterruptedError, UsageError} from '../core/errors.ts';
import {drivers} from '../drivers/index.ts';
import {sentence} from '../focus/complaints.ts';
import {asFailure, openTable} from '../focus/open.ts';
import {rolesOf} from '../focus/roles.ts';
import {type Survey, survey} from '../focus/survey.ts';
import {messageLines} from '../render/message.ts';
import {FOCUS} from './accounts.ts';
import {wholeNumber} from './choice.ts';
import type {Context} from './context.ts';
import {fetchSource, isAddress, subjectOf} from './focus-fetch.ts';
import {chooseCost} from './focus-sources.ts';
import {nextOf, surveyJson, surveyText} from './focus-survey.ts';
import {openSettings} from './preferences.ts';
import {writeToStdout} from './write-stdout.ts';

export interface ImportFlags {
  readonly name?: string;
  readonly cost?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly timeout?: string;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Reads a FOCUS file from end to end and says what it holds; with a name it becomes an account. Gives the exit code. */
export async function runFocusImport(source: string, flags: ImportFlags, context: Context): Promise<number> {
  const cost = chooseCost(flags.cost);
  const timeout = wholeNumber('--timeout', flags.timeout ?? '30', 1, 3_600);
  if (flags.name !== undefined) checkName(flags.name, source);
  const fetched = await fetchSource(source, timeout, context).catch((error: unknown) => {
    throw isAddress(source) ? error : named(error, source);
  });
  let found: Survey;
  try {
    if (flags.name !== undefined && !isAddress(source) && fetched.path !== source)
      throw new InputError('it is a pipe, which cannot be read again', {
        rule: 'a file or an address has a name',
        hint: 'save it to a file first',
      });
    const table = await openTable(fetched.path, context.signal);
    found = await survey(table, rolesOf(table.columns, cost));
  } catch (error) {
    throw named(asFailure(error), source);
  } finally {
    await fetched.dispose();
  }
  if (flags.name !== undefined) await register(flags.name, source, flags.cost, context);
  await writeToStdout(
    [flags.json ? surveyJson(source, found, flags.name) : surveyText(source, found)],
    context,
  );
  if (flags.quiet || flags.json) return 0;
  const columns = context.stderr.columns;
  for (const complaint of found.complaints)
    await context.stderr.write(messageLines([`warning: ${sentence(complaint)}`], columns));
  if (found.period)
    await context.stderr.write(messageLines([`next: ${nextOf(source, found, flags.name)}`], columns));
  return 0;
}

function named(error: unknown, source: string): unknown {
  if (error instanceof UsageError && !(error instanceof InterruptedError))
    error.message = `${subjectOf(source)}: ${error.message}`;
  return error;
}

function checkName(name: string, source: string): void {
  if (!NAME.test(name)) {
    throw new InputError(`--name "${name}" is no name`, {
      rule: '1 to 64 of a-z, 0-9, dot, dash and underscore, the first a letter or a digit',
    });
  }
  if (name === FOCUS || drivers.some(({id}) => id === name))
    throw new InputError(`--name "${name}" is the name of a provider`, {rule: 'a name of your own'});
  if (source === '-')
    throw new InputError('stdin cannot be read again', {
      rule: 'a file or an address has a name',
      hint: 'save it to a file first',
    });
  // config.json is made to be published, and such an address may hold a signature.
  if (isAddress(source) && /[?#]/.test(source))
    throw new InputError('an address with a query is not kept', {
      rule: 'nothing that may be a secret stands in config.json',
      hint: 'give it each time with --source, or download it',
    });
}

/** Throws InputError if another account has the name. */
async function register(
  name: string,
  source: string,
  cost: string | undefined,
  context: Context,
): Promise<void> {
  const {loadStore} = await import('./accounts.ts');
  const quiet = () => undefined;
  const others = await (await loadStore(context, quiet)).list();
  const taken = others.find(other => other.name === name && other.provider !== FOCUS);
  if (taken) {
    throw new InputError(`there is an account "${name}" of ${taken.provider}`, {
      rule: 'a name that is not taken',
    });
  }
  const settings = await openSettings(context, quiet);
  const place = isAddress(source) ? source : resolve(source);
  await settings.change(now => ({
    ...now,
    accounts: new Map(now.accounts).set(name, {
      provider: FOCUS,
      settings: {source: place, ...(cost !== undefined && {cost})},
    }),
  }));
}
