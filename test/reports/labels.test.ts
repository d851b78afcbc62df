import {describe, expect, it} from 'vitest';
import type {LabelDimension} from '../../src/core/dimension.ts';
import {parsePeriod} from '../../src/core/parse-period.ts';
import {OTHER} from '../../src/core/record.ts';
import type {NameSource} from '../../src/drivers/driver.ts';
import {NOW} from '../support/session.ts';
import {billed, build, reporting} from './build.ts';

const month = parsePeriod('2026-11', NOW);
const names = (dimension: LabelDimension, byId: {readonly [id: string]: string}): NameSource => ({
  dimension,
  isId: () => true,
  lookup: async () => new Map(Object.entries(byId)),
});
const byProject = {period: month, groupBy: ['project']} as const;

describe('a dimension with ids', () => {
  it('has the id and the name beside each other; people see the name, or the id where there is none', async () => {
    const facts = [billed('2', {project: 'p1'}), billed('1', {project: 'p2'})];
    const account = reporting(facts, 'acme', {driver: {names: [names('project', {p1: 'Alpha'})]}});
    const {pick, shown} = await build(byProject, account);
    expect(pick('project_id', 'project_name')).toEqual(['p1 Alpha', 'p2 -']);
    expect(shown('project_name')).toEqual(['Alpha', 'p2']);
  });

  it('takes the name that came with the figures, unless a list knows better', async () => {
    const facts = [
      billed('2', {project: {id: 'p1', name: 'old'}}),
      billed('1', {project: {id: 'p2', name: 'told'}}),
    ];
    const account = reporting(facts, 'acme', {driver: {names: [names('project', {p1: 'new'})]}});
    expect((await build(byProject, account)).pick('project_name')).toEqual(['new', 'told']);
  });

  it('shows people the id as well where two share a name, also across accounts', async () => {
    const driver = {names: [names('project', {p1: 'Main', p2: 'Main', p3: 'Other'})]};
    const one = reporting([billed('3', {project: 'p1'}), billed('1', {project: 'p3'})], 'one', {driver});
    const two = reporting([billed('2', {project: 'p2'})], 'two', {driver});
    const {pick, shown} = await build(byProject, one, two);
    expect(pick('project_name', 'account')).toEqual(['Main one', 'Main two', 'Other one']);
    expect(shown('project_name')).toEqual(['Main (p1)', 'Main (p2)', 'Other']);
  });

  it('keeps names of accounts apart: the same id may be another thing there', async () => {
    const one = reporting([billed('2', {project: 'p1'})], 'one', {
      driver: {names: [names('project', {p1: 'Alpha'})]},
    });
    const two = reporting([billed('1', {project: 'p1'})], 'two', {
      driver: {names: [names('project', {p1: 'Beta'})]},
    });
    expect((await build(byProject, one, two)).pick('project_id', 'project_name')).toEqual([
      'p1 Alpha',
      'p1 Beta',
    ]);
  });

  it('has no id in special rows, and their text for a name; an id that reads the same is an id', async () => {
    const facts = [
      billed('4', {project: '(other)'}),
      billed('3', {project: OTHER}),
      billed('2'),
      billed('1', {project: 'p'}),
    ];
    const {pick} = await build(byProject, reporting(facts));
    expect(pick('project_id', 'project_name', 'cost')).toEqual([
      '(other) - 4',
      '- (unattributed) 2',
      'p - 1',
      '- (other) 3',
    ]);
  });
});

describe('a dimension without ids', () => {
  it('has its value, or the text of a special row', async () => {
    const facts = [billed('3', {model: 'gpt'}), billed('2'), billed('1', {model: OTHER})];
    const {pick} = await build({period: month, groupBy: ['model']}, reporting(facts));
    expect(pick('model')).toEqual(['gpt', '(unattributed)', '(other)']);
  });
});

describe('provider and account', () => {
  const driver = {id: 'other'};

  it('stand in every row of one, and are null in a row that mixes several', async () => {
    const one = reporting([billed('4', {model: 'shared'}), billed('1', {model: 'own'})], 'acme');
    const two = reporting([billed('2', {model: 'shared'})], 'eu', {driver});
    const {pick} = await build({period: month, groupBy: ['model']}, one, two);
    expect(pick('model', 'provider', 'account', 'cost')).toEqual(['shared - - 6', 'own acme acme 1']);
  });

  it('may be of one provider and several accounts', async () => {
    const {pick} = await build(
      {period: month},
      reporting([billed('1')], 'us'),
      reporting([billed('2')], 'eu'),
    );
    expect(pick('provider', 'account', 'cost')).toEqual(['acme - 3']);
  });

  it('can be grouped by', async () => {
    const accounts = [
      reporting([billed('1')], 'us'),
      reporting([billed('2')], 'eu'),
      reporting([billed('4')], 'x', {driver}),
    ];
    expect(
      (await build({period: month, groupBy: ['provider']}, ...accounts)).pick('provider', 'account', 'cost'),
    ).toEqual(['other x 4', 'acme - 3']);
    expect(
      (await build({period: month, groupBy: ['account']}, ...accounts)).pick('provider', 'account', 'cost'),
    ).toEqual(['other x 4', 'acme eu 2', 'acme us 1']);
  });

  it('say so in the row of the rest, where it is grouped by them', async () => {
    const accounts = [
      reporting([billed('1')], 'us'),
      reporting([billed('2')], 'eu'),
      reporting([billed('4')], 'x', {driver}),
    ];
    const {pick, shown} = await build({period: month, groupBy: ['account'], top: 1}, ...accounts);
    expect(pick('provider', 'account', 'cost')).toEqual(['other x 4', 'acme (other) 3']);
    expect(shown('account')).toEqual(['x', '(other)']);
  });
});
