import {UsageError} from '../../core/errors.ts';
import type {CheckedEntry} from '../../reports/budget-entry.ts';
import type {Notified, Told} from '../../store/notified.ts';
import type {Context} from '../context.ts';
import {storeOptions} from '../preferences.ts';
import {digestOf, type Notification, notificationsOf} from './notification.ts';
import type {Receiver} from './receivers.ts';

interface Notifying {
  readonly forecast: boolean;
  /** Made-up figures are remembered apart from real ones. */
  readonly demo: boolean;
  warn(message: string): void;
}

/**
 * Tells each receiver of every line that a budget has come to, once in its period; remembers what was delivered, and
 * nothing else. Gives the exit code of what went wrong, or 0.
 */
export async function notify(
  entries: readonly CheckedEntry[],
  receivers: readonly Receiver[],
  {forecast, demo, warn}: Notifying,
  context: Context,
): Promise<number> {
  const notifications = entries.flatMap(entry => notificationsOf(entry, forecast));
  if (receivers.length === 0 || notifications.length === 0) return 0;
  const {openNotified} = await import('../../store/notified.ts');
  const notified = openNotified(storeOptions(context, warn));
  const known = await notified.read();
  const told: Told[] = [];
  let failed = 0;
  for (const receiver of receivers) {
    for (const notification of notifications) {
      const keys = keysOf(notification, receiver, demo);
      if (known.has(keys[0] ?? '')) continue;
      const problem = await receiver.deliver(notification);
      if (problem === undefined) told.push(...keys.map(key => ({key, until: notification.until})));
      else {
        failed = 5;
        warn(`${notification.entry.scope}: nobody was told: ${problem}; the next check tries again`);
      }
    }
  }
  return (await remember(notified, told, warn, context)) || failed;
}

const keysOf = ({marks}: Notification, {id}: Receiver, demo: boolean): readonly string[] =>
  marks.map(mark => digestOf(mark, demo ? `demo ${id}` : id));

/** What was delivered cannot be taken back: a store that cannot be written must not keep the answer from being right. */
async function remember(
  notified: Notified,
  told: readonly Told[],
  warn: (message: string) => void,
  context: Context,
): Promise<number> {
  if (told.length === 0) return 0;
  try {
    await notified.add(told, context.now());
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    warn(`what was told could not be remembered, so that it will be told again: ${error.message}`);
    return error.exitCode;
  }
}
