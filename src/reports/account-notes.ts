import {formatDate} from '../core/instant.ts';
import type {Money} from '../core/money.ts';
import type {Notice} from '../core/notice.ts';
import type {ProjectFigures} from '../pipeline/projects.ts';

/** What accounts themselves may spend and have left: no row of a list of projects, but the reader should know. */
export const accountNotes = ({accounts}: ProjectFigures): Notice[] =>
  accounts.flatMap(({connected, list}): Notice[] => {
    const limits = list.budgets.flatMap(({kind, scope, amount, period, remaining, enforced, remark}) => {
      if (kind !== 'limit' || scope.level !== 'account' || amount === 'unlimited') return [];
      const per = period === 'month' ? ' a month' : period === 'total' && !remark ? ' for all time' : '';
      const hard = enforced === false ? ', which is not enforced' : '';
      return [
        `${remark ?? 'a limit'} of ${write(amount)}${per}${hard}${remaining ? `, of which ${write(remaining)} are left` : ''}`,
      ];
    });
    const {balance, expires} = list.funds ?? {};
    const credit = balance
      ? `a balance of ${write(balance)}${expires ? ` until ${formatDate(expires)}` : ''}`
      : '';
    // A limit that says what is left says the balance as well.
    const parts = list.budgets.some(({scope, remaining}) => scope.level === 'account' && remaining)
      ? limits
      : [...limits, credit].filter(Boolean);
    if (parts.length === 0) return [];
    return [
      {
        level: 'info',
        code: 'account_budget',
        provider: connected.driver.id,
        account: connected.account,
        message: `the whole account has ${parts.join(', and ')}`,
      },
    ];
  });

const write = ({amount, currency}: Money): string => `${amount} ${currency}`;
