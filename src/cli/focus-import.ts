import {resolve} from 'node:path';
import {flagOf} from '../core/dimension.ts';
import {InputError} from '../core/errors.ts';
import {formatInstant} from '../core/instant.ts';
import {formatPeriod} from '../core/period.ts';
import {drivers} from '../drivers/index.ts';
import {sentence} from '../focus/complaints.ts';
import {asFailure, openTable} from '../focus/open.ts';
import {rolesOf} from '../focus/roles.ts';
import {type Survey, survey} from '../focus/survey.ts';
import {AIRY, jsonObject, jsonString} from '../render/cell.ts';
import {messageLines} from '../render/message.ts';
import {sanitize} from '../render/sanitize.ts';
import {FOCUS} from './accounts.ts';
import {wholeNumber} from './choice.ts';
import type {Context} from './context.ts';
import {fetchSource, isAddress} from './focus-fetch.ts';
import {chooseCost} from './focus-sources.ts';
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
  const fetched = await fetchSource(source, timeout, context);
  let found: Survey;
  try {
    const table = await openTable(fetched.path);
    found = await survey(table, rolesOf(table.columns, cost));
  } catch (error) {
    const failure = asFailure(error);
    failure.message = `${nameFor(source)}: ${failure.message}`;
    throw failure;
  } finally {
    await fetched.dispose();
  }
  if (flags.name !== undefined) await register(flags.name, source, flags.cost, context);
  await writeToStdout([flags.json ? json(source, found, flags.name) : text(source, found)], context);
  if (flags.quiet || flags.json) return 0;
  const columns = context.stderr.columns;
  for (const complaint of found.complaints)
    await context.stderr.write(messageLines([`warning: ${sentence(complaint)}`], columns));
  if (found.period)
    await context.stderr.write(messageLines([`next: ${nextOf(source, found, flags.name)}`], columns));
  return 0;
}

const nameFor = (source: string): string => (source === '-' ? 'stdin' : source);

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

function text(source: string, found: Survey): string {
  const {rows, period, version, providers, totals, cost, dimensions} = found;
  const facts: [string, string][] = [
    ['file', nameFor(source)],
    ['standard', `FOCUS ${version}, by its columns`],
    ['rows', String(rows)],
    ['period', period ? formatPeriod(period) : 'none'],
    ['providers', providers.join(', ') || 'not told'],
    ...[...totals].map(([currency, amount]): [string, string] => [cost, `${amount} ${currency}`]),
    ['groups by', ['provider', ...dimensions.map(flagOf)].join(', ')],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${sanitize(value)}\n`).join('');
}

function nextOf(source: string, {period, dimensions}: Survey, name: string | undefined): string {
  const from = period ? formatPeriod(period) : 'mtd';
  const by = dimensions.includes('service') ? 'service' : 'provider';
  const quoted = /^[\w./:@-]+$/.test(source) ? source : `'${source.replaceAll("'", "'\\''")}'`;
  const what = name === undefined ? `--source ${quoted}` : `--account ${name}`;
  const span = /^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/.test(from)
    ? `--period ${from}`
    : `--from ${from.replace('..', ' --to ')}`;
  return `usage report ${what} ${span} --group-by ${by}`;
}

function json(source: string, found: Survey, name: string | undefined): string {
  const {rows, period, version, providers, totals, cost, dimensions, complaints} = found;
  const list = (items: readonly string[]) => `[${items.join(', ')}]`;
  const nullable = (value: string | undefined) => (value === undefined ? 'null' : jsonString(value));
  const members: [string, string][] = [
    ['schema', jsonString('usage/focus-import@1')],
    ['source', jsonString(source)],
    ['account', nullable(name)],
    ['focus_version', jsonString(version)],
    ['rows', String(rows)],
    ['start', nullable(period && formatInstant(period.start))],
    ['end', nullable(period && formatInstant(period.end))],
    ['providers', list(providers.map(jsonString))],
    [
      'totals',
      list(
        [...totals].map(([currency, amount]) =>
          jsonObject(
            [
              ['currency', jsonString(currency)],
              ['cost', amount],
              ['column', jsonString(cost)],
            ],
            AIRY,
          ),
        ),
      ),
    ],
    ['group_by', list(dimensions.map(dimension => jsonString(flagOf(dimension))))],
    [
      'complaints',
      list(
        complaints.map(({rule, message, where}) =>
          jsonObject(
            [
              ['rule', jsonString(rule)],
              ['message', jsonString(message)],
              ['first', nullable(where)],
            ],
            AIRY,
          ),
        ),
      ),
    ],
  ];
  return `{\n${members.map(([key, value]) => `  ${jsonString(key)}: ${value}`).join(',\n')}\n}\n`;
}
