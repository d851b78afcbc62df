import type {Command} from 'commander';
import {guide} from '../guide.ts';
import type {Run} from './run.ts';

export interface LoginFlags {
  readonly name?: string;
  readonly organization?: string;
  readonly verify?: boolean;
}

/** `usage auth login|status|logout`. */
export function addAuth(program: Command, run: Run): void {
  const auth = program
    .command('auth')
    .summary('log in to a provider, out of it, or see where you stand')
    .description('Credentials: kept in a file of their own that only you can read.');
  guide(auth, {
    examples: ['usage auth', 'usage auth login <provider>'],
    exitCodes: [0, 2, 3, 4, 5, 130],
    meant: 'status',
  });
  const login = auth
    .command('login [provider]')
    .summary('store a key, read hidden from the terminal or from stdin')
    .description('Stores a key, read hidden from the terminal or from stdin; never from an argument.')
    .option('--name <name>', 'name of the account, if there are several of one provider')
    .option('--organization <id>', 'organization id, where a provider has them')
    .option('--no-verify', 'store it without asking the provider whether it works');
  guide(login, {
    examples: [
      'usage auth login <provider>',
      'pass show <entry> | usage auth login <provider>',
      'pass show <entry> | usage auth login <provider> --name second-account',
    ],
    exitCodes: [0, 2, 3, 4, 5, 130],
    topics: ['environment'],
  });
  login.action(() => {
    const [provider] = login.args;
    const flags = login.opts<LoginFlags>();
    run(async context => (await import('../auth.ts')).login(provider, flags, context));
  });
  const status = auth
    .command('status [account]')
    .summary('which accounts there are, where their keys come from, and whether they work')
    .option('--offline', 'do not ask the providers')
    .option('--json', 'as JSON');
  guide(status, {
    examples: ['usage auth status', 'usage auth status --offline --json | jq .accounts'],
    exitCodes: [0, 2, 3, 4, 5, 130],
    json: async () => (await import('../auth-status-schema.ts')).AUTH_STATUS_SCHEMA,
  });
  status.action(() => {
    const [account] = status.args;
    const flags = status.opts<{offline?: boolean; json?: boolean}>();
    run(async context => (await import('../auth-status.ts')).status(account, flags, context));
  });
  const logout = auth
    .command('logout <account>')
    .summary('forget a stored key')
    .description('Forgets a stored key.');
  guide(logout, {
    examples: ['usage auth logout second-account', 'usage auth logout <provider>'],
    exitCodes: [0, 2, 3],
  });
  logout.action(() => {
    const [account = ''] = logout.args;
    run(async context => (await import('../auth.ts')).logout(account, context));
  });
}
