import type {Budget} from '../../core/budget.ts';
import {formatScope, parseScope} from '../../core/budget-scope.ts';
import {UsageError} from '../../core/errors.ts';
import type {Decimal} from '../../core/money.ts';
import {checkColumns} from '../../reports/budget-columns.ts';
import type {CheckedEntry} from '../../reports/budget-entry.ts';
import {checkReport} from '../../reports/budgets.ts';
import type {Context} from '../context.ts';
import {openDestination} from '../destination.ts';
import {isFieldsHelp, parseFields, printFields} from '../fields.ts';
import {showErrors} from '../show-error.ts';
import {Speaker} from '../speaker.ts';
import {chooseFormat} from '../view-options.ts';
import {type Asking, inOrder, withBudgetAccounts} from './asking.ts';
import {isSame, noBudget} from './change.ts';
import {type Evaluated, entryOf, evaluate} from './evaluate.ts';
import type {CheckFlags} from './flags.ts';
import {keptBudgets} from './kept.ts';
import {notify} from './notify.ts';
import {parsePercent} from './parse-budget.ts';
import {noticesOf, problemError} from './problem.ts';
import {rateNotices} from './rate-notices.ts';
import {parseReceivers} from './receivers.ts';
import {verdictOf} from './verdict.ts';
import {printVerdicts} from './verdict-lines.ts';

/** Over its line. */
const OVER = 7;

/** `usage budget check`: the gate for cron and CI. Gives the exit code: 0 within, 7 over, else as nothing could be told. */
export async function checkBudgets(
  scopes: readonly string[],
  flags: CheckFlags,
  context: Context,
): Promise<number> {
  const format = chooseFormat(flags);
  if (isFieldsHelp(flags)) return printFields(checkColumns, context);
  const fields = parseFields(flags, checkColumns);
  const percent = parsePercent('--at', flags.at ?? '100');
  const receivers = parseReceivers(flags, context);
  const destination = await openDestination(format, flags, context);
  const inWords = flags.format === undefined && format === 'table' && fields === undefined;
  const speaker = new Speaker(context, flags, {inEnvelope: format === 'json', inTable: true});
  const warn = (message: string) => speaker.say({level: 'warning', code: 'store', message});
  const budgets = pickBudgets(scopes, await keptBudgets(context, warn));
  const forecast = flags.forecast ?? false;
  const showProgress = inWords && destination.toTerminal && !flags.quiet;
  try {
    return await withBudgetAccounts(flags, context, {speaker, showProgress}, async asking => {
      const checked = await judge(budgets, asking, {percent, forecast});
      const entries = checked.map(({entry}) => entry);
      await asking.settled();
      inOrder(speaker, asking.accounts);
      for (const {evaluated} of checked) for (const notice of noticesOf(evaluated)) speaker.hold(notice);
      for (const notice of rateNotices(entries)) speaker.hold(notice);
      if (inWords) await printVerdicts(entries, {forecast, flags}, context);
      const told = await notify(
        entries,
        receivers,
        {
          forecast,
          demo: flags.demo ?? false,
          warn: message => speaker.say({level: 'warning', code: 'notify', message}),
        },
        context,
      );
      const failures = new Map(checked.flatMap(({evaluated}) => [...(evaluated.spend?.failures ?? [])]));
      if (!inWords) {
        const sources = asking.sources(failures);
        const report = checkReport(entries, {now: context.now(), fields, sources, notices: speaker.notices});
        const render = await destination.load();
        await destination.write(render(report, destination.view(speaker)));
      }
      await speaker.flush();
      const problems = problemsOf(checked);
      if (!inWords && problems.length > 0) await speaker.failures(problems);
      return exitCodeOf(entries, problems, flags.failOpen ?? false) || told;
    });
  } catch (error) {
    if (!(error instanceof UsageError) || !flags.failOpen || !isOutage(error)) throw error;
    await showErrors([error], context, format === 'json');
    return 0;
  }
}

/** Those of the scopes that are named; all if none is. Throws InputError if there is none. */
function pickBudgets(scopes: readonly string[], kept: readonly Budget[]): readonly Budget[] {
  const picked = scopes.map(text => {
    const scope = parseScope(text);
    const found = kept.filter(budget => isSame(budget.scope, text, scope && formatScope(scope)));
    if (found.length === 0) throw noBudget(text, undefined, [], kept);
    return found;
  });
  if (kept.length === 0) throw noBudget('', undefined, [], kept);
  return scopes.length === 0 ? kept : [...new Set(picked.flat())];
}

interface Checked {
  readonly evaluated: Evaluated;
  readonly entry: CheckedEntry;
}

async function judge(
  budgets: readonly Budget[],
  asking: Asking,
  line: {readonly percent: Decimal; readonly forecast: boolean},
): Promise<readonly Checked[]> {
  const {now} = asking.measuring;
  const check = (evaluated: Evaluated): Checked => {
    const verdict = verdictOf(evaluated.budget, evaluated.standing, line, now);
    return {evaluated, entry: {...entryOf(evaluated, now), verdict}};
  };
  const checked = (await evaluate(budgets, asking, line.forecast ? 'running' : 'sums')).map(check);
  // Only what is over is worth a request for each day, where a provider tells days no other way.
  const undated = checked.filter(
    ({entry: {verdict, standing}}) =>
      verdict.by === 'spent' && verdict.since === undefined && !standing.problem && !standing.days,
  );
  if (undated.length === 0) return checked;
  const again = await evaluate(
    undated.map(({evaluated}) => evaluated.budget),
    asking,
    'days',
  );
  const dated = new Map(again.map(evaluated => [evaluated.budget, evaluated]));
  return checked.map(one => {
    const evaluated = dated.get(one.evaluated.budget);
    return evaluated?.standing.days ? check({...evaluated, standing: withProjection(evaluated, one)}) : one;
  });
}

/** Asking again for days does not tell what was spent before the running one; the first answer did. */
const withProjection = (again: Evaluated, {evaluated: {standing}}: Checked) => ({
  ...again.standing,
  projected: standing.projected,
  unprojected: standing.unprojected,
});

const problemsOf = (checked: readonly Checked[]): UsageError[] =>
  checked.flatMap(({evaluated: {budget, standing, spend}, entry}) =>
    standing.problem && entry.verdict.over === undefined
      ? [problemError(budget, standing.problem, spend)]
      : [],
  );

/** A provider could not be asked, or did not answer: what --fail-open forgives. */
const isOutage = ({exitCode}: UsageError): boolean => exitCode === 4 || exitCode === 5;

/** What is over for certain comes first, then what a person must put right, then what a provider did not tell. */
function exitCodeOf(
  entries: readonly CheckedEntry[],
  problems: readonly UsageError[],
  failOpen: boolean,
): number {
  if (entries.some(({verdict}) => verdict.over)) return OVER;
  const wrong = problems.find(problem => !isOutage(problem));
  if (wrong) return wrong.exitCode;
  if (problems.length === 0 || failOpen) return 0;
  return problems.every(({exitCode}) => exitCode === 4) ? 4 : 5;
}
