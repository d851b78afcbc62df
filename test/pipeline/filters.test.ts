import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {LabelDimension} from '../../src/core/dimension.ts';
import {CredentialError} from '../../src/core/errors.ts';
import {decimal} from '../../src/core/money.ts';
import {parsePeriod} from '../../src/core/parse-period.ts';
import type {Query} from '../../src/core/query.ts';
import {type Label, OTHER} from '../../src/core/record.ts';
import type {NameSource, SourceQuery} from '../../src/drivers/driver.ts';
import {NOW} from '../support/session.ts';
import {anyFact, anyGrouping, groupsOf, METRICS} from './facts.ts';
import {accountOf, answer, ask, at, driverOf, type Fact, factSource, queryOf, sourceOf} from './made-up.ts';

const month = parsePeriod('2026-10', NOW);
const cost = (amount: string, labels: {readonly [D in LabelDimension]?: Label}): Fact => ({
  at: at('2026-10-05'),
  labels,
  cost: {amount: decimal(amount), currency: 'USD'},
});

const named = (
  dimension: LabelDimension,
  names: {readonly [id: string]: string},
  lookups: string[] = [],
): NameSource => ({
  dimension,
  isId: value => value.startsWith('id-'),
  lookup: async () => {
    lookups.push(dimension);
    return new Map(Object.entries(names));
  },
});

/** What is left of October after filters, by `currency`; notices; and what the API was asked. */
async function filtered(
  filters: Query['filters'],
  facts: readonly Fact[],
  {names = [], pushes = []}: {names?: readonly NameSource[]; pushes?: readonly LabelDimension[]},
) {
  const asked: SourceQuery[] = [];
  const source = factSource(facts, {
    filters: pushes,
    fetch: slice => {
      asked.push(slice);
      return answer(facts, slice);
    },
  });
  const account = accountOf(driverOf([source], {names}));
  const {current, failures} = await ask(queryOf({period: month, filters}), account);
  const total = [...current.groups.values()].map(({costs}) => costs.get('USD')?.total.value);
  return {total, asked, failures, notices: account.notices};
}

describe('a filter', () => {
  it('gives the same, whether the API applies it or it is applied here', async () => {
    const values = fc.option(
      fc.uniqueArray(fc.constantFrom('a', 'b', '(other)', '__proto__', 'nobody'), {minLength: 1}),
      {nil: undefined},
    );
    const filters = fc
      .record({project: values, user: values, model: values})
      .map(wanted => Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)));
    const pushes = fc.subarray<LabelDimension>(['project', 'user', 'model']);
    await fc.assert(
      fc.asyncProperty(
        anyGrouping,
        filters,
        pushes,
        fc.array(anyFact, {maxLength: 60}),
        async (groupBy, wanted, pushed, facts) => {
          const query = queryOf({
            report: 'report',
            period: parsePeriod('qtd', NOW),
            groupBy,
            filters: wanted,
          });
          const through = async (able: readonly LabelDimension[]) => {
            const source = factSource(facts, {metrics: METRICS, filters: able});
            return groupsOf((await ask(query, accountOf(driverOf([source])))).current, groupBy);
          };
          expect(await through(pushed)).toEqual(await through(['project', 'user', 'model']));
        },
      ),
    );
  });

  const facts = [
    cost('1', {project: {id: 'id-1', name: 'Alpha'}}),
    cost('2', {project: {id: 'id-2', name: 'Beta'}}),
    cost('4', {project: {id: 'id-3', name: 'Alpha'}}),
    cost('8', {}),
  ];
  const names = [named('project', {'id-1': 'Alpha', 'id-2': 'Beta', 'id-3': 'Alpha'})];

  it.each([
    ['an id', 'id-2', ['2']],
    ['a name', 'Beta', ['2']],
    ['a name that two share', 'Alpha', ['5']],
    ['nothing that there is', 'id-9', []],
  ])('takes %s, pushed or not', async (_, value, expected) => {
    for (const pushes of [[], ['project' as const]]) {
      expect((await filtered({project: [value]}, facts, {names, pushes})).total).toEqual(expected);
    }
  });

  it('asks the API for the ids of names', async () => {
    const {asked} = await filtered({project: ['Alpha', 'id-2']}, facts, {names, pushes: ['project']});
    expect(asked[0]!.filters).toEqual({project: ['id-1', 'id-3', 'id-2']});
  });

  it('takes a name that came with the figures where there is no list of names', async () => {
    expect((await filtered({project: ['Alpha']}, facts, {})).total).toEqual(['5']);
  });

  it('looks names up only for values that are no ids', async () => {
    const lookups: string[] = [];
    await filtered({project: ['id-1', 'id-2']}, facts, {names: [named('project', {}, lookups)]});
    expect(lookups).toEqual([]);
    await filtered({project: ['id-1', 'Beta']}, facts, {names: [named('project', {}, lookups)]});
    expect(lookups).toEqual(['project']);
  });

  it('fails the account when a name cannot be looked up: taking it for an id would give a smaller figure', async () => {
    const refusing: NameSource = {
      ...names[0]!,
      lookup: () => Promise.reject(new CredentialError('credential_refused', 'no')),
    };
    const {total, failures, asked} = await filtered({project: ['Alpha']}, facts, {names: [refusing]});
    expect(failures).toMatchObject([{code: 'credential_refused'}]);
    expect(total).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('a filter value that nobody knows', () => {
  const knows = (name: string, source = sourceOf({dimensions: ['project']})) =>
    accountOf(driverOf([source], {id: name, names: [named('project', {'id-1': name})]}));
  const warned = (...accounts: readonly ReturnType<typeof knows>[]) =>
    accounts
      .flatMap(({notices}) => notices)
      .filter(({code}) => code === 'unknown_filter')
      .map(({message}) => message);

  it('is said, once, and only if no account knows it', async () => {
    const both = [knows('Alpha'), knows('Beta')];
    await ask(queryOf({period: month, filters: {project: ['Gamma', 'Beta']}}), ...both);
    expect(warned(...both)).toEqual(['no account knows a project "Gamma"']);
  });

  it('is not said of ids, nor of names that one account knows', async () => {
    const both = [knows('Alpha'), knows('Beta')];
    await ask(queryOf({period: month, filters: {project: ['id-7', 'Alpha', 'Beta']}}), ...both);
    expect(warned(...both)).toEqual([]);
  });

  it('is said when an account without a list of names has no figures of it either', async () => {
    const listless = accountOf(
      driverOf([factSource([cost('1', {project: {id: 'p', name: 'Delta'}})])], {id: 'listless'}),
    );
    const both = [knows('Alpha'), listless] as const;
    await ask(queryOf({period: month, filters: {project: ['Gamma', 'Delta', 'p']}}), ...both);
    expect(warned(...both)).toEqual(['no account knows a project "Gamma"']);
    const alone = accountOf(driverOf([factSource([])], {id: 'listless'}));
    await ask(queryOf({period: month, filters: {project: ['Gamma']}}), alone);
    expect(warned(alone)).toEqual(['no account reports anything of a project "Gamma" in this period']);
  });
});

describe('what was cut off', () => {
  it('is left out of a filtered report, and how much it is is said once', async () => {
    const facts = [
      cost('1', {project: {id: 'a'}}),
      cost('0.25', {project: OTHER}),
      {...cost('0.5', {project: OTHER}), at: at('2026-10-20')},
    ];
    const days = factSource(facts, {
      filters: [],
      slices: query => [
        {...query, window: {...query.window, end: at('2026-10-10')}},
        {...query, window: {...query.window, start: at('2026-10-10')}},
      ],
    });
    const account = accountOf(driverOf([days]));
    const {current} = await ask(queryOf({period: month, filters: {project: ['a']}}), account);
    expect([...current.groups.values()].map(({costs}) => costs.get('USD')?.total.value)).toEqual(['1']);
    expect(account.notices).toEqual([
      {
        level: 'warning',
        code: 'other_left_out',
        message:
          '0.75 USD in (other) cannot be told apart: the filter leaves it out, so the figures are lower bounds',
      },
    ]);
  });

  it('counts what may be meant once, and not what another label rules out', async () => {
    const facts = [
      cost('1', {project: OTHER, user: OTHER}),
      cost('2', {project: OTHER, user: {id: 'wanted'}}),
      cost('4', {project: OTHER, user: {id: 'somebody'}}),
      cost('8', {project: {id: 'another'}, user: OTHER}),
      cost('16', {project: OTHER}),
    ];
    const {notices, total} = await filtered({project: ['a'], user: ['wanted']}, facts, {});
    expect(total).toEqual([]);
    expect(notices.find(({code}) => code === 'other_left_out')?.message).toMatch(/^3 USD in /);
  });
});
