import {decimal} from '../../../src/core/money.ts';
import {ionq} from '../../../src/drivers/ionq/index.ts';
import {loadExchanges} from '../../support/fixtures.ts';
import {projectContract} from '../project-contract.ts';

const usd = (amount: string) => ({amount: decimal(amount), currency: 'USD'});
const CATALYSIS = {id: 'd3b07384-d9a0-4c9b-8f6a-2f1f5f7a1c11', name: 'Catalysis'};
const OPEN = {id: '0c1f6f9e-2c35-4e0b-9d3a-6a1d0b8f2e22', name: 'Open lab'};
const PERSONAL = {id: '5a7e4b10-7f0e-4a66-b9b1-1c9a3b5d7e33', name: 'Personal Workspace (ada@example.org)'};
const limit = {kind: 'limit', period: 'total', enforced: true} as const;

projectContract('ionq', {
  driver: ionq,
  exchanges: loadExchanges('ionq', 'project-directory'),
  settings: {organization: 'com.my.org'},
  // Nothing that bounds a project is how unlimited ones were seen.
  meaningful: ['projects.*.quotaLimit', 'projects.*.id', 'projects.*.name'],
  expected: {
    projects: [
      {...CATALYSIS, state: 'unknown', spentEver: usd('25.7899'), backends: ['qpu.forte-1']},
      {...OPEN, state: 'unknown', spentEver: usd('238.956544'), backends: ['qpu.forte-1', 'qpu.aria-1']},
      {...PERSONAL, state: 'unknown', spentEver: usd('0'), backends: []},
    ],
    budgets: [
      {scope: {level: 'account'}, ...limit, amount: usd('150000'), remaining: usd('47500')},
      {
        scope: {level: 'project', project: CATALYSIS},
        ...limit,
        amount: usd('1493.92'),
        spent: usd('25.7899'),
      },
      {
        scope: {level: 'project', project: OPEN},
        kind: 'limit',
        period: 'total',
        amount: 'unlimited',
        spent: usd('238.956544'),
      },
      {
        scope: {level: 'project', project: PERSONAL},
        ...limit,
        amount: usd('0'),
        remark: 'no QPU jobs',
        spent: usd('0'),
      },
      {
        scope: {level: 'user', user: {id: '64dd217730fd9d001c38fa6a', name: 'Ada Byron'}},
        ...limit,
        amount: usd('250'),
        spent: usd('45'),
      },
    ],
    funds: {balance: usd('47500')},
  },
});
