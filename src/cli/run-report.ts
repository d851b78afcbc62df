import {formatPeriod} from '../core/period.ts';
import type {ReportKind} from '../core/query.ts';
import {describeColumns} from '../reports/build.ts';
import type {Account} from './accounts.ts';
import type {Context} from './context.ts';
import {blamingDefaults, type Filled, fillIn} from './defaults.ts';
import {openDestination} from './destination.ts';
import {isFieldsHelp, printFields} from './fields.ts';
import {gatherReport} from './gather-report.ts';
import type {ReportFlags} from './options.ts';
import {metricsOf, parseQuery} from './parse-query.ts';
import {loadPreferences} from './preferences.ts';
import {refuse} from './refuse.ts';
import {rememberNames} from './remember-names.ts';
import {Speaker} from './speaker.ts';
import {chooseFormat} from './view-options.ts';
import {parseLimits, withAccounts} from './with-accounts.ts';

/** Runs report, costs or usage: flags to query, accounts to figures, figures to the answer. Gives the exit code. */
export async function runReport(
  kind: ReportKind,
  kinds: readonly string[],
  given: ReportFlags,
  context: Context,
): Promise<number> {
  const warnings: string[] = [];
  const {defaults} = await loadPreferences(context, message => warnings.push(message));
  const {sources, flags: typed} = await sourcesOf(given);
  const without = [...(kind === 'usage' ? NO_COMPARE : []), ...(sources ? NO_ACCOUNTS : [])];
  const {flags, applied} = await fillIn(typed, defaults, context.now(), without);
  return blamingDefaults(applied, () => run(kind, kinds, {flags, applied, warnings, sources}, context));
}

/** The code for files comes only where a flag speaks of them. */
async function sourcesOf(flags: ReportFlags) {
  if (flags.source === undefined && flags.cost === undefined) return {sources: undefined, flags};
  const {parseSources} = await import('./focus-sources.ts');
  return parseSources(flags);
}

/** Defaults of config.json that do not apply to usage, and to files. */
const NO_COMPARE = ['compare'] as const;
const NO_ACCOUNTS = ['provider', 'account'] as const;

interface Wanted extends Filled {
  /** FOCUS files to report on instead of the accounts. */
  readonly sources: readonly Account[] | undefined;
  /** What was said of the store so far. */
  readonly warnings: readonly string[];
}

async function run(
  kind: ReportKind,
  kinds: readonly string[],
  {flags, applied, warnings, sources}: Wanted,
  context: Context,
): Promise<number> {
  const format = chooseFormat(flags);
  if (isFieldsHelp(flags)) {
    const {fields: _, ...rest} = flags;
    const query = parseQuery(kind, kinds, rest, context.now());
    return printFields(describeColumns(query, metricsOf(query)), context);
  }
  const parsed = parseQuery(kind, kinds, flags, context.now());
  const tabular = format === 'table' || format === 'markdown';
  const query = {...parsed, trend: parsed.fields?.includes('trend') ?? (tabular && kind === 'report')};
  const limits = parseLimits(flags);
  const destination = await openDestination(format, flags, context);

  const speaker = new Speaker(context, flags, {inEnvelope: format === 'json', inTable: tabular});
  for (const message of warnings) speaker.say({level: 'warning', code: 'store', message});
  if (applied.length > 0) speaker.mention(`from config.json: ${applied.join(', ')}`);
  if (query.period.start > query.now) {
    const message = `the period ${formatPeriod(query.period)} has not begun: there is nothing to report`;
    speaker.say({level: 'warning', code: 'not_begun', message});
  }
  const manner = {
    limits,
    speaker,
    showProgress: format === 'table' && destination.toTerminal && !flags.quiet,
    files: {units: kind === 'usage', providers: sources && flags.provider},
    ...(sources && {accounts: sources}),
  };
  return withAccounts(flags, context, manner, async opened => {
    // The renderer loads while the requests are under way.
    const asked = gatherReport(query, opened, opened.connected);
    const [render, gathered] = await Promise.all([destination.load(), asked]);
    await opened.settled();
    const {failures, answered} = gathered;
    if (failures[0] && (flags.strict || !answered)) return refuse(failures, context, format === 'json');
    const report = gathered.report(speaker.notices);
    await destination.write(render(report, destination.view(speaker)));
    await speaker.flush();
    if (!flags.demo) await rememberNames(report, context);
    if (failures.length === 0) return 0;
    await speaker.failures(failures);
    return 6;
  });
}
