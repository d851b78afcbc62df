import {type Account, selectAccounts, settingsOf} from '../cli/accounts.ts';
import {choose} from '../cli/choice.ts';
import {connect} from '../cli/connect.ts';
import type {Context} from '../cli/context.ts';
import {demoAccounts} from '../cli/demo-accounts.ts';
import {gatherReport} from '../cli/gather-report.ts';
import {parseQuery} from '../cli/parse-query.ts';
import {describe} from '../cli/show-error.ts';
import {systemClock} from '../clock.ts';
import {CredentialError, InputError, UsageError} from '../core/errors.ts';
import {type Instant, instant} from '../core/instant.ts';
import type {Notice} from '../core/notice.ts';
import type {ReportKind} from '../core/query.ts';
import type {Driver, Session} from '../drivers/driver.ts';
import {drivers} from '../drivers/index.ts';
import {parseBaseUrl} from '../http/base-url.ts';
import {type AccountOptions, type Report, ReportError, type UsageOptions} from '../index.ts';
import {checkOptions} from './check-options.ts';
import {flagsFrom} from './flags-from.ts';
import {plainReport} from './plain-report.ts';

/** Makes a report as the command line would, from options alone. Rejects with ReportError. */
export async function makeReport<Row>(kind: ReportKind, options: UsageOptions): Promise<Report<Row>> {
  try {
    checkOptions(kind, options);
    return plainReport<Row>(await gathered(kind, options));
  } catch (error) {
    throw error instanceof UsageError ? await reportError(error) : error;
  }
}

async function gathered(kind: ReportKind, options: UsageOptions) {
  const {timeout = 30, concurrency = 8, env = {}, signal = new AbortController().signal} = options;
  const now = momentOf(options.now);
  const flags = flagsFrom(options);
  const query = parseQuery(kind, options.kinds ?? [], flags, now);
  const context: Pick<Context, 'env' | 'clock' | 'signal' | 'now'> = {
    env,
    clock: systemClock,
    signal,
    now: () => now,
  };
  const demo = options.demo ? await demoAccounts(context) : undefined;
  try {
    const accounts = demo?.accounts ?? (options.accounts ?? []).map(accountFrom);
    if (accounts.length === 0)
      throw new InputError('no account was given', {rule: 'accounts: [{provider, secret}], or demo: true'});
    const selection = selectAccounts(accounts, flags.provider, flags.account);
    const notices: Notice[] = [];
    const connections = await connect(selection.accounts, context, {
      timeout: whole('timeout', timeout, 3_600),
      concurrency: whole('concurrency', concurrency, 64),
      onNotice: notice => notices.push(notice),
    });
    try {
      const {failures, answered, report} = await gatherReport(query, selection, connections.connected);
      const [failure] = failures;
      if (failure && (options.strict || !answered)) throw failure;
      return report(notices);
    } finally {
      await connections.close();
    }
  } finally {
    await demo?.close();
  }
}

function accountFrom({provider, secret, name, settings = {}, baseUrl}: AccountOptions): Account {
  const ids = drivers.map(driver => driver.id);
  if (provider === undefined)
    throw new InputError('the provider of an account is missing', {rule: ids.join(', ')});
  const id = choose('provider', provider, ids);
  const driver = drivers.find(candidate => candidate.id === id);
  if (!driver) throw new InputError(`provider "${provider}" is not known`);
  if (!secret)
    throw new CredentialError('credential_missing', `the secret of ${name ?? provider} is missing`, {
      provider: id,
      rule: 'text; a variable of the environment that is not set is none',
      hint: driver.credential.hint,
    });
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new InputError(`the secret of ${name ?? provider} cannot be one`, {
      rule: 'printable ASCII characters and no space',
    });
  const objection = driver.credential.objection?.(secret);
  if (objection) throw new InputError(objection, {hint: driver.credential.hint});
  return {
    name: name ?? id,
    driver,
    secret: async () => secret,
    settings: settingsOf(driver, name ?? id, {}, checkedSettings(driver, settings)),
    baseUrl: parseBaseUrl(baseUrl ?? driver.baseUrl, 'baseUrl'),
    origin: 'options',
  };
}

function checkedSettings(driver: Driver, settings: Session['settings']): Session['settings'] {
  const valid = driver.settings.map(({name}) => name);
  for (const [name, value] of Object.entries(settings)) {
    if (!valid.includes(name))
      throw new InputError(`settings.${name} is no setting of ${driver.id}`, {
        rule: valid.join(', ') || 'it has none',
        nearest: [name, valid],
      });
    if (value !== undefined && typeof value !== 'string')
      throw new InputError(`settings.${name} is not what it takes`, {rule: 'text'});
  }
  return settings;
}

function momentOf(date: Date | undefined): Instant {
  if (date === undefined) return systemClock.now();
  const at = date.getTime();
  if (Number.isNaN(at)) throw new InputError('now is no date', {rule: 'a Date that is valid'});
  return instant(at);
}

function whole(name: string, value: number, max: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new InputError(`${name} ${value} is no number it takes`, {rule: `a whole number from 1 to ${max}`});
}

async function reportError(error: UsageError): Promise<ReportError> {
  const {code, message, provider, hint} = await describe(error);
  return new ReportError(message, {code, exitCode: error.exitCode, provider, hint, cause: error});
}
