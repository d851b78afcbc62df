import type {UsageError} from '../../core/errors.ts';
import {budgetColumns} from '../../reports/budget-columns.ts';
import type {BudgetEntry} from '../../reports/budget-entry.ts';
import {budgetReport} from '../../reports/budgets.ts';
import type {Context} from '../context.ts';
import {openDestination} from '../destination.ts';
import {isFieldsHelp, parseFields, printFields} from '../fields.ts';
import {refuse} from '../refuse.ts';
import {Speaker} from '../speaker.ts';
import {chooseFormat} from '../view-options.ts';
import {inOrder, withBudgetAccounts} from './asking.ts';
import {entryOf, evaluate} from './evaluate.ts';
import type {ListFlags} from './flags.ts';
import {keptBudgets} from './kept.ts';
import {noticesOf} from './problem.ts';
import {providerEntries} from './provider-budgets.ts';
import {rateNotices} from './rate-notices.ts';

/** `usage budget list`: every budget, the providers' own and ours, and how it stands. Gives the exit code. */
export async function listBudgets(flags: ListFlags, context: Context): Promise<number> {
  const format = chooseFormat(flags);
  if (isFieldsHelp(flags)) return printFields(budgetColumns, context);
  const fields = parseFields(flags, budgetColumns);
  const destination = await openDestination(format, flags, context);
  const speaker = new Speaker(context, flags, {inEnvelope: format === 'json', inTable: true});
  const budgets = await keptBudgets(context, message =>
    speaker.say({level: 'warning', code: 'store', message}),
  );
  const now = context.now();
  const showProgress = format === 'table' && destination.toTerminal && !flags.quiet;
  return withBudgetAccounts(flags, context, {speaker, showProgress}, async asking => {
    const rendering = destination.load();
    const [own, providers] = await Promise.all([
      evaluate(budgets, asking, 'running'),
      flags.providers === false ? NO_PROVIDERS : providerEntries(asking, flags.all ?? false),
    ]);
    await asking.settled();
    inOrder(speaker, asking.accounts);
    for (const evaluated of own) for (const notice of noticesOf(evaluated)) speaker.hold(notice);
    const failures = new Map([
      ...own.flatMap(({spend}) => [...(spend?.failures ?? [])]),
      ...providers.failures,
    ]);
    const sources = asking.sources(failures);
    const entries: BudgetEntry[] = [...own.map(one => entryOf(one, now)), ...providers.entries];
    const answered = sources.some(({status}) => status === 'ok') || entries.some(isTold);
    if (failures.size > 0 && !answered) return refuse([...failures.values()], context, format === 'json');
    for (const {scope, keptBy, error, hint} of entries) {
      if (error === undefined || keptBy !== 'usage') continue;
      const message = `${scope} cannot be told: ${error}${hint === undefined ? '' : `; ${hint}`}`;
      speaker.hold({level: 'warning', code: 'not_measured', message});
    }
    for (const notice of rateNotices(entries)) speaker.hold(notice);
    if (own.length === 0) speaker.hold(NONE_KEPT);
    const report = budgetReport(entries, {now, fields, sources, notices: speaker.notices});
    const render = await rendering;
    await destination.write(render(report, destination.view(speaker)));
    await speaker.flush();
    if (failures.size === 0) return 0;
    await speaker.failures([...failures.values()]);
    return 6;
  });
}

/** Whether somebody has answered for it, although the same account may have failed at something else. */
const isTold = ({standing: {spent, problem, state}}: BudgetEntry): boolean =>
  spent !== null || problem?.kind === 'currency' || problem?.kind === 'undecided' || state === 'exceeded';

const NO_PROVIDERS = {entries: [] as readonly BudgetEntry[], failures: new Map<string, UsageError>()};
const NONE_KEPT = {
  level: 'info',
  code: 'no_budgets',
  message: 'no budget is kept here yet: usage budget set <scope> <amount>',
} as const;
