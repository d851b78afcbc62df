import {getOrAdd} from '../core/get-or-add.ts';
import {type Instant, instant, SECOND_MS} from '../core/instant.ts';
import type {Notice} from '../core/notice.ts';
import {Gate} from '../http/gate.ts';
import {type Observer, openSession} from '../http/session.ts';
import {openTransport} from '../http/transport.ts';
import type {Connected} from '../pipeline/connected.ts';
import {renewalOf} from './account-secret.ts';
import type {Account} from './accounts.ts';
import type {Context} from './context.ts';
import {watchKeys} from './same-key.ts';

/** After this a run starts no new try: a provider that is down costs minutes, not hours. */
const DEADLINE_MS = 300 * SECOND_MS;

export interface ConnectOptions {
  /** Seconds for each try. */
  readonly timeout: number;
  readonly concurrency: number;
  /** Milliseconds after which what failed is not tried again; five minutes if left out. */
  readonly patience?: number;
  onNotice(notice: Notice): void;
  observe?(account: Account): Observer;
  /** How files among the accounts are read; costs alone and everybody's if left out. */
  readonly files?: FileOptions;
}

export interface FileOptions {
  /** Whether quantities count, and not costs alone. */
  readonly units: boolean;
  /** Whose rows count, as the file names them; everybody's if undefined. */
  readonly providers: readonly string[] | undefined;
}

export interface Connections {
  /** Those that were connected; of a file, what was found in it. */
  readonly accounts: readonly Account[];
  readonly connected: readonly Connected[];
  /** Fresh sessions of some accounts: one that has failed is of no use any more. They share connections and limits. */
  open(names: readonly string[]): readonly Connected[];
  close(): Promise<void>;
}

/** Makes accounts ready to be asked, over one pool of connections. HTTP comes along with this file. */
export async function connect(
  accounts: readonly Account[],
  context: Pick<Context, 'env' | 'clock' | 'signal'>,
  options: ConnectOptions,
): Promise<Connections> {
  const {concurrency} = options;
  const {accounts: ready, close: closeFiles} = await withFiles(accounts, options, context);
  // Each account's gate holds back its own: a pool with less room would make accounts of one host wait for each other.
  const connections = concurrency * Math.max(1, ready.length);
  const transport = await openTransport({connections, env: context.env});
  const began = context.clock.now();
  const deadline: Instant = instant(began + DEADLINE_MS);
  const retriesUntil = options.patience === undefined ? undefined : instant(began + options.patience);
  const secretOf = watchKeys(ready, notice => options.onNotice(notice));
  const gates = new Map<string, Gate>();
  const observers = new Map<string, Observer | undefined>();
  const open = (account: Account): Connected => {
    const {driver, name} = account;
    const giveUp = new AbortController();
    const observer = getOrAdd(observers, name, () => options.observe?.(account));
    const session = openSession({
      driver,
      baseUrl: account.baseUrl,
      secret: secretOf(account),
      renewal: renewalOf(account),
      settings: account.settings,
      transport,
      clock: context.clock,
      timeout: options.timeout * SECOND_MS,
      deadline,
      retriesUntil,
      concurrency,
      gate: getOrAdd(gates, name, () => new Gate(concurrency, context.clock, context.signal)),
      signal: AbortSignal.any([context.signal, giveUp.signal]),
      onNotice: notice => options.onNotice({...notice, provider: driver.id, account: name}),
      ...(observer ? {observer} : {}),
    });
    return {driver, account: name, session, cancel: () => giveUp.abort()};
  };
  return {
    accounts: ready,
    connected: ready.map(open),
    open: names => ready.filter(({name}) => names.includes(name)).map(open),
    close: async () => {
      await transport.close();
      await closeFiles();
    },
  };
}

/** Accounts that are FOCUS files are opened; the code for it comes only then. */
async function withFiles(
  accounts: readonly Account[],
  {timeout, files = {units: false, providers: undefined}}: ConnectOptions,
  context: Parameters<typeof connect>[1],
) {
  if (!accounts.some(({file}) => file)) return {accounts, close: async () => undefined};
  const {openFiles} = await import('./focus-sources.ts');
  return openFiles(accounts, {...files, timeout}, context);
}
