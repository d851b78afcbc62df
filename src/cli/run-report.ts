import {InterruptedError, type UsageError} from '../core/errors.ts';
import {formatPeriod} from '../core/period.ts';
import type {ReportKind} from '../core/query.ts';
import {loadRenderer, type View} from '../render/renderer.ts';
import {describeColumns} from '../reports/build.ts';
import {listAccounts, selectAccounts} from './accounts.ts';
import type {Chunks} from './batch.ts';
import {wholeNumber} from './choice.ts';
import {connect} from './connect.ts';
import type {Context} from './context.ts';
import {blamingDefaults, type Filled, fillIn} from './defaults.ts';
import {demoAccounts} from './demo-accounts.ts';
import {accountsOf, chooseCost, type OpenFiles, openFiles, splitSources} from './focus-sources.ts';
import {gatherReport} from './gather-report.ts';
import type {ReportFlags} from './options.ts';
import {metricsOf, parseQuery} from './parse-query.ts';
import {loadPreferences} from './preferences.ts';
import {Progress} from './progress.ts';
import {rememberNames} from './remember-names.ts';
import {showErrors} from './show-error.ts';
import {Speaker} from './speaker.ts';
import {chooseColor, chooseFormat, chooseWidth} from './view-options.ts';
import {writeToStdout} from './write-stdout.ts';

/** Runs report, costs or usage: flags to query, accounts to figures, figures to the answer. Gives the exit code. */
export async function runReport(
  kind: ReportKind,
  kinds: readonly string[],
  given: ReportFlags,
  context: Context,
): Promise<number> {
  const warnings: string[] = [];
  const {defaults} = await loadPreferences(context, message => warnings.push(message));
  const {files, flags: typed} = splitSources(given);
  const without = [...(kind === 'usage' ? NO_COMPARE : []), ...(files.length > 0 ? NO_ACCOUNTS : [])];
  const {flags, applied} = await fillIn(typed, defaults, context.now(), without);
  return blamingDefaults(applied, () => run(kind, kinds, {flags, applied, warnings, files}, context));
}

/** Defaults of config.json that do not apply to usage, and to files. */
const NO_COMPARE = ['compare'] as const;
const NO_ACCOUNTS = ['provider', 'account'] as const;

interface Wanted extends Filled {
  /** FOCUS files to report on instead of the accounts. */
  readonly files: readonly string[];
  /** What was said of the store so far. */
  readonly warnings: readonly string[];
}

async function run(
  kind: ReportKind,
  kinds: readonly string[],
  {flags, applied, warnings, files}: Wanted,
  context: Context,
): Promise<number> {
  const format = chooseFormat(flags);
  if (flags.fields?.length === 1 && flags.fields[0] === 'help')
    return listFields(kind, kinds, flags, context);
  const parsed = parseQuery(kind, kinds, flags, context.now());
  const tabular = format === 'table' || format === 'markdown';
  const query = {...parsed, trend: parsed.fields?.includes('trend') ?? (tabular && kind === 'report')};
  const timeout = wholeNumber('--timeout', flags.timeout ?? '30', 1, 3_600);
  const concurrency = wholeNumber('--concurrency', flags.concurrency ?? '8', 1, 64);
  const {output} = flags;
  if (output !== undefined) await (await import('./write-answer.ts')).checkOutput(output);

  const toTerminal = output === undefined && context.stdout.isTerminal;
  const speaker = new Speaker(context, flags, {inEnvelope: format === 'json', inTable: tabular});
  for (const message of warnings) speaker.say({level: 'warning', code: 'store', message});
  if (applied.length > 0) speaker.mention(`from config.json: ${applied.join(', ')}`);
  if (query.period.start > query.now) {
    const message = `the period ${formatPeriod(query.period)} has not begun: there is nothing to report`;
    speaker.say({level: 'warning', code: 'not_begun', message});
  }
  const demo = flags.demo ? await demoAccounts(context) : undefined;
  const cost = chooseCost(flags.cost);
  let open: OpenFiles | undefined;
  const progress = new Progress(context, format === 'table' && toTerminal && !flags.quiet);
  try {
    const warn = (message: string) => {
      if (!warnings.includes(message)) speaker.say({level: 'warning', code: 'store', message});
    };
    const selected =
      files.length > 0
        ? {accounts: accountsOf(files, cost), missing: []}
        : selectAccounts(
            demo?.accounts ?? (await listAccounts(context, warn)),
            flags.provider,
            flags.account,
          );
    const providers = files.length > 0 ? flags.provider : undefined;
    open = await openFiles(selected.accounts, {units: kind === 'usage', timeout, providers}, context);
    const selection = {...selected, accounts: open.accounts};
    const connections = await connect(selection.accounts, context, {
      timeout,
      concurrency,
      onNotice: notice => speaker.hold(notice),
      observe: account => ({...progress.observe(account.name), tried: speaker.debugger(account)}),
    });
    const view: View = {
      width: chooseWidth(context),
      color: output === undefined && chooseColor(context.env, context.stdout, flags.color),
      terminal: toTerminal,
      dropped: titles => speaker.dropped(titles),
    };
    try {
      // The renderer loads while the requests are under way. Who forces colour into a pipe gets a terminal's table.
      const asked = gatherReport(query, selection, connections.connected);
      const [render, gathered] = await Promise.all([
        loadRenderer(format, {terminal: view.terminal || view.color}),
        asked,
      ]);
      await progress.stop();
      const {failures, answered} = gathered;
      if (failures[0] && (flags.strict || !answered))
        return await showFailures(failures, context, format === 'json');
      const report = gathered.report(speaker.notices);
      await write(render(report, view), output, context);
      await speaker.flush();
      if (!flags.demo) await rememberNames(report, context);
      if (failures.length === 0) return 0;
      await speaker.failures(failures);
      return 6;
    } finally {
      await connections.close();
    }
  } finally {
    await progress.stop();
    await speaker.settle();
    await open?.close();
    await demo?.close();
  }
}

async function write(chunks: Chunks, output: string | undefined, context: Context): Promise<void> {
  if (output === undefined) return writeToStdout(chunks, context);
  const {writeToFile} = await import('./write-answer.ts'); // Node's fs/promises comes along with it
  await writeToFile(chunks, output, context);
}

/** Nothing answered, or --strict: the failures are the answer. 4 if all are about credentials, 2 about input, else 5. */
async function showFailures(
  failures: readonly UsageError[],
  context: Context,
  asJson: boolean,
): Promise<number> {
  if (context.signal.aborted) throw new InterruptedError();
  await showErrors(failures, context, asJson);
  const [code = 5, ...others] = new Set(failures.map(({exitCode}) => exitCode));
  return others.length === 0 ? code : 5;
}

async function listFields(
  kind: ReportKind,
  kinds: readonly string[],
  flags: ReportFlags,
  context: Context,
): Promise<number> {
  const {fields: _, ...rest} = flags;
  const query = parseQuery(kind, kinds, rest, context.now());
  const columns = describeColumns(query, metricsOf(query));
  const width = Math.max(...columns.map(({key}) => key.length));
  await context.stdout.write(
    columns.map(({key, description}) => `${key.padEnd(width)}  ${description}\n`).join(''),
  );
  return 0;
}
