import {expect, it} from 'vitest';
import {envelope, usage} from '../support/context.ts';

it('costs that are not told yet are no fall of 100 %, and it is said', async () => {
  const trial = await usage('report --demo --period yesterday --provider ionq,openai --json');
  const {rows, totals, notices} = envelope(trial);
  expect(trial.code).toBe(0);
  const ionq = rows.find(({provider}) => provider === 'ionq');
  expect(ionq).toMatchObject({cost: null, change: null});
  expect(ionq?.previous_cost).toMatch(/^\d/);
  expect(rows.find(({provider}) => provider === 'openai')?.change).toMatch(/^-?\d/);
  expect(totals[0]).not.toHaveProperty('change');
  expect(notices).toContainEqual(expect.objectContaining({code: 'nothing_told', account: 'ionq'}));
});

it('where nobody tells any, the total is null and not 0', async () => {
  const {totals} = envelope(await usage('report --demo --period yesterday --provider ionq --json'));
  expect(totals).toEqual([{currency: 'USD', cost: null, previous_cost: expect.any(String)}]);
  const {stdout} = await usage('report --demo --period yesterday --provider ionq');
  expect(stdout).not.toContain('$0.00');
  expect(stdout).not.toContain('100.0%');
});
