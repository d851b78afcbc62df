import {InputError} from '../core/errors.ts';
import type {JobControl} from '../interactive/job-control.ts';
import {listAccounts, selectAccounts} from './accounts.ts';
import type {Context} from './context.ts';
import {blamingDefaults, fillIn} from './defaults.ts';
import {demoAccounts} from './demo-accounts.ts';
import {explorationOf} from './exploration.ts';
import type {ReportFlags} from './options.ts';
import {loadPreferences} from './preferences.ts';
import {chooseColor} from './view-options.ts';

/** A process that a shell can stop and let go on again; left out where it cannot. */
export interface Stoppable {
  readonly jobControl?: JobControl | undefined;
}

/** `usage report --interactive`. Gives 0 when its reader quits. Throws InputError where there is no terminal. */
export async function runInteractive(given: ReportFlags, context: Context & Stoppable): Promise<number> {
  const {stdout, keyboard, env, signal, jobControl} = context;
  const other = ['json', 'csv', 'format', 'fields', 'output', 'from', 'bucket', 'top'].find(
    name => given[name] !== undefined,
  );
  if (other !== undefined)
    throw new InputError(`--interactive and --${other} exclude each other`, {
      hint: 'leave one of them out',
    });
  if (!stdout.terminal || !keyboard)
    throw new InputError('--interactive needs a terminal', {
      rule: 'stdin and stdout must both be one',
      hint: 'leave it out for a table, or use --json for a program',
    });
  const {defaults} = await loadPreferences(context, () => undefined);
  const {flags, applied} = await fillIn(given, defaults, context.now(), ['format']);
  const demo = flags.demo ? await demoAccounts(context) : undefined;
  try {
    const accounts = demo?.accounts ?? (await listAccounts(context, () => undefined));
    const selection = selectAccounts(accounts, flags.provider, flags.account);
    const {source, first} = await blamingDefaults(applied, async () =>
      explorationOf(selection, flags, context),
    );
    const {showExplorer} = await import('../interactive/show.tsx');
    const color = chooseColor(env, stdout, flags.color);
    await showExplorer(source, first, {output: stdout.terminal, keyboard, color, signal, jobControl});
    return 0;
  } finally {
    await demo?.close();
  }
}
