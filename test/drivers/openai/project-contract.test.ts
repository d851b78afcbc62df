import {instant, SECOND_MS} from '../../../src/core/instant.ts';
import {decimal} from '../../../src/core/money.ts';
import {openai} from '../../../src/drivers/openai/index.ts';
import {loadExchanges} from '../../support/fixtures.ts';
import {projectContract} from '../project-contract.ts';

const usd = (amount: string) => ({amount: decimal(amount), currency: 'USD'});
const created = instant(1_711_471_533 * SECOND_MS);
const account = {level: 'account'} as const;
const search = {level: 'project', project: {id: 'proj_abc', name: 'Search'}} as const;
const nameless = {level: 'project', project: {id: 'proj_xyz'}} as const;

projectContract('openai', {
  driver: openai,
  exchanges: loadExchanges('openai', 'project-directory'),
  expected: {
    projects: [
      {
        id: 'proj_abc',
        name: 'Search',
        state: 'active',
        createdAt: created,
        members: [
          {id: 'user_ada', name: 'Ada', email: 'ada@example.org', role: 'owner'},
          {id: 'user_bo', name: 'Bo', email: 'bo@example.org', role: 'member'},
        ],
      },
      {id: 'proj_xyz', state: 'active', createdAt: created, members: []},
      {
        id: 'proj_old',
        name: 'Pilot 2024',
        state: 'archived',
        createdAt: created,
        archivedAt: instant(1_741_000_000 * SECOND_MS),
      },
    ],
    budgets: [
      {scope: account, kind: 'limit', amount: usd('15000'), period: 'month', enforced: false},
      {scope: account, kind: 'alert', amount: usd('10000'), period: 'month'},
      {scope: search, kind: 'limit', amount: usd('0.5'), period: 'month', enforced: true},
      {scope: search, kind: 'alert', amount: usd('0.33'), period: 'month'},
      {scope: search, kind: 'alert', amount: usd('0.45'), period: 'month'},
      {scope: nameless, kind: 'limit', amount: 'unlimited', period: 'month'},
    ],
  },
});
