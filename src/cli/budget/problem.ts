import type {Budget} from '../../core/budget.ts';
import type {Scope} from '../../core/budget-scope.ts';
import {CredentialError, InputError, ProviderError, type UsageError} from '../../core/errors.ts';
import {findNearest} from '../../core/nearest.ts';
import type {Notice} from '../../core/notice.ts';
import type {Spend} from '../../pipeline/spend.ts';
import type {Problem, Standing} from '../../pipeline/standing.ts';
import {UNCONFIRMED} from '../speaker.ts';
import type {Evaluated} from './evaluate.ts';
import {keptScope} from './scopes.ts';

type Named = Pick<Budget, 'scope' | 'currency'>;

/** Why what a budget's scope cost cannot be told, without the scope; undefined if it can. */
export const problemMessage = (
  budget: Named,
  {problem}: Standing,
  spend: Spend | undefined,
): string | undefined => problem && explain(budget, problem, spend).message;

/** What to do about it, if something can be done. */
export const problemHint = (
  budget: Named,
  {problem}: Standing,
  spend: Spend | undefined,
): string | undefined => problem && explain(budget, problem, spend).advice.hint;

/** The same as an error: exit 4 or 5 if a provider is why, 2 if a person has to put something right. */
export function problemError(budget: Named, problem: Problem, spend: Spend | undefined): UsageError {
  const error = explain(budget, problem, spend);
  error.message = `${budget.scope}: ${error.message}`;
  return error;
}

function explain(budget: Named, problem: Problem, spend: Spend | undefined): UsageError {
  switch (problem.kind) {
    case 'failed': {
      const errors = [...(spend?.failures.values() ?? [])];
      const what = errors.map(({message}) => message).join('; ');
      const hint = errors.find(({advice}) => advice.hint)?.advice.hint;
      const advice = hint ? {hint} : {};
      return errors.every(error => error instanceof CredentialError)
        ? new CredentialError('credential_refused', what, advice)
        : new ProviderError('unreachable', what, advice);
    }
    case 'no_account':
      return new CredentialError('credential_missing', whoIsMissing(budget.scope, spend), {
        hint: 'see: usage auth status',
      });
    case 'currency':
      return currencyError(budget, problem.currencies);
    case 'undecided': {
      const amounts = [...problem.undecided].map(([unit, amount]) => `${amount} ${unit}`).join(' and ');
      return new ProviderError(
        'inconsistent',
        `${amounts} in (other) may belong to it, which the provider does not tell`,
        {hint: undecidedHint(keptScope(budget.scope))},
      );
    }
    case 'unknown_scope':
      return new InputError('no account knows such a project', {
        hint: `${meantInstead(budget.scope, spend)}look at the names: usage projects`,
      });
    case 'untold':
      return new ProviderError('inconsistent', 'the provider does not say what counts against it');
  }
}

function meantInstead(text: string, spend: Spend | undefined): string {
  const scope = keptScope(text);
  const near = scope.kind === 'project' && findNearest(scope.project, spend?.known ?? []);
  return near ? `did you mean ${near}? ` : '';
}

/** A name may be that of another project, too, in the rest. */
const undecidedHint = ({kind}: Scope): string =>
  `${kind === 'project' ? 'by its id, days that list it are certain; ' : ''}a budget for the whole provider can be told`;

function whoIsMissing(text: string, spend: Spend | undefined): string {
  const scope = keptScope(text);
  if ((spend && spend.blind.length > 0) || scope.kind === 'user' || scope.kind === 'model')
    return `no account here tells costs by ${scope.kind === 'model' ? 'line item' : scope.kind}`;
  if (scope.kind === 'all') return 'no account is set up';
  const {kind, name} = scope.owner;
  return kind === 'provider' ? `no account of ${name} is set up` : `there is no account "${name}"`;
}

function currencyError({currency}: Named, foreign: readonly string[]): InputError {
  const unpriced = [...new Set([...foreign, currency])].filter(code => code !== 'USD');
  return new InputError(`the budget is in ${currency}, but some is billed in ${foreign.join(', ')}`, {
    rule: 'currencies are never added up unasked',
    hint: `say what they are worth: ${unpriced.map(code => `usage config set rates.${code} <usd>`).join(', ')}`,
  });
}

/** What a reader of the figures should know beside them. */
export function noticesOf({budget, spend, standing}: Evaluated): Notice[] {
  const {scope} = budget;
  const notices: Notice[] = [];
  if (spend && spend.blind.length > 0 && spend.missing !== 'no_account') {
    const by = keptScope(scope).kind === 'model' ? 'line item' : keptScope(scope).kind;
    const message = `${scope}: ${spend.blind.join(', ')} not counted, for costs there are not told by ${by}`;
    notices.push({level: 'warning', code: 'not_counted', message});
  }
  if (spend?.unconfirmed) {
    const message = `${scope}: no cost of this period names it, and the list of projects could not be read: it may be mistyped`;
    notices.push({level: 'warning', code: UNCONFIRMED, message});
  } else if (spend && !standing.problem && spend.costs.size === 0 && keptScope(scope).kind !== 'owner') {
    const message = `${scope}: nothing was billed for it in this period`;
    notices.push({level: 'info', code: 'nothing_billed', message});
  }
  return notices;
}
