import {InterruptedError, type UsageError} from '../../core/errors.ts';
import type {Report} from '../../core/report.ts';
import type {View} from '../../render/renderer.ts';
import {loadRenderer} from '../../render/renderer.ts';
import {budgetColumns} from '../../reports/budget-columns.ts';
import type {BudgetEntry} from '../../reports/budget-entry.ts';
import {budgetReport} from '../../reports/budgets.ts';
import {chooseAll} from '../choice.ts';
import type {Context} from '../context.ts';
import {showErrors} from '../show-error.ts';
import {Speaker} from '../speaker.ts';
import {chooseColor, chooseFormat, chooseWidth} from '../view-options.ts';
import {checkOutput, writeToFile} from '../write-answer.ts';
import {writeToStdout} from '../write-stdout.ts';
import {inOrder, withAccounts} from './asking.ts';
import {entryOf, evaluate} from './evaluate.ts';
import type {AskFlags, ListFlags} from './flags.ts';
import {keptBudgets} from './kept.ts';
import {noticesOf} from './problem.ts';
import {providerEntries} from './provider-budgets.ts';
import {rateNotices} from './rate-notices.ts';

/** `usage budget list`: every budget, the providers' own and ours, and how it stands. Gives the exit code. */
export async function listBudgets(flags: ListFlags, context: Context): Promise<number> {
  const format = chooseFormat(flags);
  if (isFieldsHelp(flags)) return printFields(budgetColumns, context);
  const fields = parseFields(flags, budgetColumns);
  if (flags.output !== undefined) await checkOutput(flags.output);
  const speaker = new Speaker(context, flags, {inEnvelope: format === 'json', inTable: true});
  const budgets = await keptBudgets(context, message =>
    speaker.say({level: 'warning', code: 'store', message}),
  );
  const now = context.now();
  const showProgress = format === 'table' && isTerminal(flags, context) && !flags.quiet;
  return withAccounts(flags, context, {speaker, showProgress}, async asking => {
    const rendering = loadRenderer(format, rendererView(flags, context));
    const [own, providers] = await Promise.all([
      evaluate(budgets, asking, 'running'),
      flags.providers === false ? NO_PROVIDERS : providerEntries(asking, flags.all ?? false),
    ]);
    inOrder(speaker, asking.accounts);
    for (const evaluated of own) for (const notice of noticesOf(evaluated)) speaker.hold(notice);
    const failures = new Map([
      ...own.flatMap(({spend}) => [...(spend?.failures ?? [])]),
      ...providers.failures,
    ]);
    const sources = asking.sources(failures);
    if (failures.size > 0 && !sources.some(({status}) => status === 'ok'))
      return failAll([...failures.values()], context, format === 'json');
    const entries: BudgetEntry[] = [...own.map(one => entryOf(one, now)), ...providers.entries];
    for (const {scope, keptBy, error, hint} of entries) {
      if (error === undefined || keptBy !== 'usage') continue;
      const message = `${scope} cannot be told: ${error}${hint === undefined ? '' : `; ${hint}`}`;
      speaker.hold({level: 'warning', code: 'not_measured', message});
    }
    for (const notice of rateNotices(entries)) speaker.hold(notice);
    if (own.length === 0) speaker.hold(NONE_KEPT);
    const report = budgetReport(entries, {now, fields, sources, notices: speaker.notices});
    await print(report, await rendering, flags, context, speaker);
    await speaker.flush();
    if (failures.size === 0) return 0;
    await speaker.failures([...failures.values()]);
    return 6;
  });
}

const NO_PROVIDERS = {entries: [] as readonly BudgetEntry[], failures: new Map<string, UsageError>()};
const NONE_KEPT = {
  level: 'info',
  code: 'no_budgets',
  message: 'no budget is kept here yet: usage budget set <scope> <amount>',
} as const;

/** Nothing answered: the failures are the answer. */
export async function failAll(
  failures: readonly UsageError[],
  context: Context,
  asJson: boolean,
): Promise<number> {
  if (context.signal.aborted) throw new InterruptedError();
  await showErrors(failures, context, asJson);
  const codes = new Set(failures.map(({exitCode}) => exitCode));
  return codes.size === 1 ? (failures[0]?.exitCode ?? 5) : 5;
}

export const isTerminal = ({output}: AskFlags, {stdout}: Context): boolean =>
  output === undefined && stdout.isTerminal;

export const isFieldsHelp = ({fields}: AskFlags): boolean => fields?.length === 1 && fields[0] === 'help';

interface Described {
  readonly key: string;
  readonly description: string;
}

export async function printFields(columns: readonly Described[], {stdout}: Context): Promise<number> {
  const width = Math.max(...columns.map(({key}) => key.length));
  await stdout.write(columns.map(({key, description}) => `${key.padEnd(width)}  ${description}\n`).join(''));
  return 0;
}

export const parseFields = (
  {fields}: AskFlags,
  columns: readonly Described[],
): readonly string[] | undefined =>
  fields &&
  chooseAll(
    '--fields',
    fields,
    columns.map(({key}) => key),
  );

const colorOf = (flags: AskFlags, context: Context): boolean =>
  flags.output === undefined && chooseColor(context.env, context.stdout, flags.color);

export const rendererView = (flags: AskFlags, context: Context): Pick<View, 'terminal'> => ({
  terminal: isTerminal(flags, context) || colorOf(flags, context),
});

/** Writes a report to where the flags say. */
export async function print(
  report: Report,
  render: Awaited<ReturnType<typeof loadRenderer>>,
  flags: AskFlags,
  context: Context,
  speaker: Speaker,
): Promise<void> {
  const chunks = render(report, {
    width: chooseWidth(context),
    color: colorOf(flags, context),
    terminal: isTerminal(flags, context),
    dropped: titles => speaker.dropped(titles),
  });
  if (flags.output === undefined) await writeToStdout(chunks, context);
  else await writeToFile(chunks, flags.output, context);
}
