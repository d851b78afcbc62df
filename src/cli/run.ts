import {InputError} from '../core/errors.ts';
import {ClosedPipeError, type Context} from './context.ts';

/** Runs one command line from argv to exit code. Never throws. */
export async function run(context: Context): Promise<number> {
  try {
    if (context.argv.length === 0) return await runBare(context);
    if (context.argv[0] === '__complete') {
      const {answerCompletion} = await import('./completion/answer.ts');
      return await answerCompletion(context.argv.slice(1), context);
    }
    return await runArgv(context.argv, context);
  } catch (error) {
    if (error instanceof ClosedPipeError) return 0;
    const {showError} = await import('./show-error.ts');
    try {
      return await showError(error, context, wantsJson(context.argv));
    } catch (failed) {
      if (failed instanceof ClosedPipeError) return error instanceof InputError ? error.exitCode : 1;
      throw failed;
    }
  }
}

async function runArgv(argv: readonly string[], context: Context): Promise<number> {
  const [{parse}, {chooseHelpWidth}] = await Promise.all([
    import('./program.ts'),
    import('./view-options.ts'),
  ]);
  const parsed = await parse(argv, context.version, chooseHelpWidth(context));
  if ('work' in parsed) return parsed.work(context);
  await context.stdout.write(parsed.text);
  return 0;
}

/** `usage` alone: the month's report, or how to begin. */
async function runBare(context: Context): Promise<number> {
  const [{listAccounts}, {drivers}] = await Promise.all([
    import('./accounts.ts'),
    import('../drivers/index.ts'),
  ]);
  const accounts = await listAccounts(context, () => undefined);
  if (accounts.length > 0) return runArgv(['report'], context);
  const variables = drivers.map(({credential}) => credential.env).join(', ');
  await context.stdout.write(
    'What AI, quantum and sandbox providers really cost. No account is set up yet.\n' +
      `Log in: usage auth login, or set ${variables}\n` +
      'Try it: usage report --group-by project --demo (made-up data). Help: usage -h\n',
  );
  return 0;
}

/** Before flags are parsed, and when they cannot be. */
const wantsJson = (argv: readonly string[]): boolean =>
  argv.includes('--json') ||
  argv.some(word => word === '--format=json' || /^-\w*fjson$/.test(word)) ||
  argv.some((word, index) => word === 'json' && ['-f', '--format'].includes(argv[index - 1] ?? ''));
