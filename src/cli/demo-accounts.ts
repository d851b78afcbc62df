import {drivers} from '../drivers/index.ts';
import type {Account} from './accounts.ts';
import type {Context} from './context.ts';

/** Starts the embedded server of --demo and gives its accounts. The real drivers talk to it over real HTTP. */
export async function demoAccounts(
  context: Pick<Context, 'now'>,
): Promise<{readonly accounts: readonly Account[]; close(): Promise<void>}> {
  const {startDemo} = await import('../demo/server.ts');
  const server = await startDemo(context.now());
  const accounts = server.accounts.flatMap(({provider, baseUrl, secret, settings}): Account[] => {
    const driver = drivers.find(({id}) => id === provider);
    return driver
      ? [
          {
            name: driver.id,
            driver,
            secret: async () => secret,
            settings,
            baseUrl: new URL(baseUrl),
            origin: 'demo',
          },
        ]
      : [];
  });
  return {accounts, close: () => server.close()};
}
