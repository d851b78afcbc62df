import {parseInstant} from '../../../src/core/instant.ts';
import {decimal} from '../../../src/core/money.ts';
import {miosa} from '../../../src/drivers/miosa/index.ts';
import {loadExchanges} from '../../support/fixtures.ts';
import {projectContract} from '../project-contract.ts';

const credits = (amount: string) => ({amount: decimal(amount), currency: 'MIOSA_CREDITS'});
const workspace = {id: '11111111-1111-4111-8111-111111111111', name: 'Clinic'};

projectContract('miosa', {
  driver: miosa,
  exchanges: loadExchanges('miosa', 'project-directory'),
  // No cap is how a user without a limit is told.
  meaningful: ['data.limits.max_credit_cents'],
  expected: {
    projects: [
      {
        id: 'notebooks',
        name: 'Notebooks',
        state: 'active',
        aliases: ['7d9c2f10-0a8e-4f7a-9f0e-3a4b5c6d7e01'],
        workspace,
        createdAt: parseInstant('2026-01-05T10:00:00Z')!,
      },
      {
        id: '7d9c2f10-0a8e-4f7a-9f0e-3a4b5c6d7e02',
        name: 'Scratch',
        state: 'active',
        workspace,
        createdAt: parseInstant('2026-02-05T10:00:00Z')!,
      },
    ],
    budgets: [
      {
        scope: {level: 'account'},
        kind: 'limit',
        amount: credits('4000'),
        period: 'total',
        spent: credits('2500'),
        remaining: credits('1500'),
        remark: 'prepaid credits',
      },
      {
        scope: {level: 'user', user: {id: 'user_clinic_42'}},
        kind: 'limit',
        amount: {amount: decimal('5000'), currency: 'MIOSA_CREDIT_CENTS'},
        period: 'unknown',
      },
    ],
    funds: {
      balance: credits('1500'),
      spentEver: credits('2500'),
      expires: parseInstant('2027-05-01T00:00:00Z')!,
    },
  },
});
