import {CredentialError, InterruptedError, UsageError} from '../../core/errors.ts';
import {addDays, formatDate, type Instant, SECOND_MS, startOfDay} from '../../core/instant.ts';
import {proxiesOf, proxyFor} from '../../http/proxy.ts';
import type {Observer} from '../../http/session.ts';
import {maskSecret} from '../../store/mask.ts';
import {keyObjection} from '../account-secret.ts';
import {type Account, urlText} from '../accounts.ts';
import {age} from '../age.ts';
import {connect} from '../connect.ts';
import type {Context} from '../context.ts';
import {probe, type Reading} from '../probe.ts';
import {judgeSkew, type Stamp, skewOf} from './clock-skew.ts';
import {type Asked, type Finding, failing} from './finding.ts';

/** One account as it was found. */
export interface Examined {
  readonly account: Account;
  /** As it may be shown; null if there is none. */
  readonly key: string | null;
  readonly identity: string | null;
  readonly proxy: string | null;
  readonly findings: readonly Finding[];
  readonly requests: readonly Asked[];
  readonly newestDay: Instant | undefined;
  /** Milliseconds that this machine is ahead. */
  readonly skew: number | undefined;
}

/** Days that are looked through for figures, the running one included. */
const DAYS = 7;
/** A provider that is down need not be asked again for long here; one that is slow has its time-out. */
const PATIENCE_MS = 5 * SECOND_MS;

/** Looks at one account: its key, whether its API is reached, what the key may read, how new the figures are. */
export async function examineAccount(
  account: Account,
  context: Context,
  {timeout, observer}: {readonly timeout: number; readonly observer: Observer},
): Promise<Examined> {
  if (account.file) return examineFile(account, account.file.source, context, timeout);
  const {driver, baseUrl} = account;
  const proxy = proxyFor(baseUrl, context.env) ?? null;
  const nothing = {account, identity: null, proxy, requests: [], newestDay: undefined, skew: undefined};
  if (account.fault) return {...nothing, key: null, findings: [failing('account', account.fault)]};
  const secret = await attempt(() => account.secret());
  if ('error' in secret) return {...nothing, key: null, findings: [failing('key', secret.error)]};
  const key = maskSecret(secret.value);
  const objection = keyObjection(secret.value, driver, urlText(baseUrl) === driver.baseUrl);
  if (objection) {
    const fix = `${driver.credential.hint} Make one at ${driver.credential.url}`;
    const message = `${key} from ${account.origin} cannot work: ${objection}`;
    return {...nothing, key, findings: [{check: 'key', state: 'error', message, fix, exitCode: 4}]};
  }

  const blocked = await unusableProxy(context);
  if (blocked) return {...nothing, key, findings: [blocked]};

  const requests: Asked[] = [];
  const stamps: Stamp[] = [];
  const tried: Observer['tried'] = (target, status, took, date) => {
    requests.push({target, status: status ?? null, took: Math.round(took)});
    if (date !== undefined) stamps.push({date, at: context.clock.now(), took});
  };
  const {connected, close} = await connect([account], context, {
    timeout,
    concurrency: 4,
    patience: PATIENCE_MS,
    onNotice: () => undefined,
    observe: () => ({...observer, tried}),
  });
  try {
    const [only] = connected;
    if (!only) throw new Error('no account was connected');
    const identity = await attempt(() => driver.identify(only.session));
    const tomorrow = addDays(startOfDay(context.now()), 1);
    const week = {start: addDays(tomorrow, -DAYS), end: tomorrow};
    const readings = 'error' in identity ? [] : await probe(only, week, context.now());
    const skew = skewOf(stamps);
    return {
      account,
      key,
      identity: 'error' in identity ? null : identity.value,
      proxy,
      requests,
      skew,
      newestDay: newestOf(readings),
      findings: [
        ...('error' in identity
          ? refused(identity.error, requests, {account, key, proxy})
          : [keyFound(account, key, identity.value, context.now()), reached(requests, baseUrl, proxy)]),
        ...rolesOf(readings),
        ...figuresOf(readings, context.now()),
        ...(requests.some(({status}) => status !== null)
          ? [judgeSkew(skew, baseUrl.host, context.platform)]
          : []),
      ],
    };
  } finally {
    await close();
  }
}

/** A FOCUS file in the place of an account: whether it can be read, and what is in it. */
async function examineFile(
  account: Account,
  source: string,
  context: Context,
  timeout: number,
): Promise<Examined> {
  const options = {timeout, concurrency: 1, onNotice: () => undefined};
  const nothing = {account, key: null, proxy: null, requests: [], newestDay: undefined, skew: undefined};
  const blocked = await unusableProxy(context);
  if (blocked) return {...nothing, identity: null, findings: [blocked]};
  const {connected, close} = await connect([account], context, options);
  try {
    const [only] = connected;
    if (!only) throw new Error('no account was connected');
    const identity = await attempt(() => only.driver.identify(only.session));
    const found: Finding =
      'error' in identity
        ? {...failing('reach', identity.error), exitCode: 5}
        : {check: 'reach', state: 'ok', message: `${source} can be read: ${identity.value}`};
    return {...nothing, identity: 'error' in identity ? null : identity.value, findings: [found]};
  } finally {
    await close();
  }
}

/** Nobody at all can be asked through a proxy that is none. */
async function unusableProxy({env}: Context): Promise<Finding | undefined> {
  const proxies = await attempt(async () => proxiesOf(env));
  return 'error' in proxies ? {...failing('reach', proxies.error), exitCode: 5} : undefined;
}

type Attempt<T> = {readonly value: T} | {readonly error: UsageError};

async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return {value: await work()};
  } catch (error) {
    if (!(error instanceof UsageError) || error instanceof InterruptedError) throw error;
    return {error};
  }
}

const keyFound = ({origin, addedAt}: Account, key: string, identity: string, now: Instant): Finding => ({
  check: 'key',
  state: 'ok',
  message: `${key}, ${addedAt === undefined ? `from ${origin}` : `stored ${age(addedAt, now)}`}: ${identity}`,
});

const through = (proxy: string | null): string => (proxy === null ? '' : ` through the proxy ${proxy}`);

const reached = (requests: readonly Asked[], {host}: URL, proxy: string | null): Finding => ({
  check: 'reach',
  state: 'ok',
  message: `${host} answered in ${requests.at(0)?.took ?? 0} ms${through(proxy)}`,
});

/** What it means that the provider did not say whose key it is. */
function refused(
  error: UsageError,
  requests: readonly Asked[],
  {account, key, proxy}: {readonly account: Account; readonly key: string; readonly proxy: string | null},
): Finding[] {
  if (!requests.some(({status}) => status !== null)) {
    const {fix = '', ...finding} = failing('reach', error);
    const route = proxy === null ? '' : `; requests go${through(proxy)}`;
    return [{...finding, message: `${finding.message}${route}`, fix}];
  }
  const answered = reached(requests, account.baseUrl, proxy);
  if (!(error instanceof CredentialError)) return [{...failing('reach', error)}];
  const finding = failing('key', error);
  return [answered, {...finding, message: `${key}, from ${account.origin}: ${finding.message}`}];
}

function rolesOf(readings: readonly Reading[]): Finding[] {
  const may = readings.filter(({error}) => error === undefined).map(({what}) => what);
  return [
    ...(may.length > 0
      ? [{check: 'role', state: 'ok', message: `the key may read ${may.join(' and ')}`} as const]
      : []),
    ...readings.flatMap(({what, error}) => {
      if (error === undefined) return [];
      const finding = failing(error instanceof CredentialError ? 'role' : 'figures', error);
      return [{...finding, message: `${what} cannot be read: ${finding.message}`}];
    }),
  ];
}

function figuresOf(readings: readonly Reading[], now: Instant): Finding[] {
  const read = readings.filter(({error}) => error === undefined);
  if (read.length === 0) return [];
  const said = read.map(({what, newest}) =>
    newest === undefined
      ? `no ${what} in the last ${DAYS} days`
      : `${what} up to ${formatDate(newest)} (${age(newest, now)})`,
  );
  const state = read.some(({newest}) => newest !== undefined) ? 'ok' : 'note';
  return [{check: 'figures', state, message: said.join(', ')}];
}

function newestOf(readings: readonly Reading[]): Instant | undefined {
  const days = readings.flatMap(({newest}) => (newest === undefined ? [] : [newest]));
  return days.length === 0 ? undefined : days.reduce((a, b) => (a > b ? a : b));
}
