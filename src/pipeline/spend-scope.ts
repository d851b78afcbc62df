import type {Owner, Scope} from '../core/budget-scope.ts';
import type {Dimension} from '../core/dimension.ts';
import {UsageError} from '../core/errors.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import type {Period} from '../core/period.ts';
import {canSplit, type Driver} from '../drivers/driver.ts';
import type {Group} from './aggregate.ts';
import type {Connected} from './connected.ts';
import {NameBook} from './names.ts';
import type {Question} from './spend-answers.ts';

/** An account as far as a question needs to know it. */
export interface Asked {
  readonly account: string;
  readonly driver: Driver;
}

/** What is to be measured: a scope, over whole days up to the running one at most. */
export interface Target {
  /** Its owner is a provider or an account for certain. */
  readonly scope: Scope;
  readonly window: Period;
  /** The one account to look at, for a user of that account. */
  readonly only?: string;
}

/** By what costs must be told apart to see those of a scope. Models are seen in the line items of a bill. */
const DIMENSION: {readonly [K in Scope['kind']]: Dimension} = {
  all: 'account',
  owner: 'account',
  project: 'project',
  user: 'user',
  model: 'line_item',
};

/** What to ask whom to learn what a scope cost. */
export function questionOf({scope, window, only}: Target, accounts: readonly Asked[]): Question {
  const dimension = DIMENSION[scope.kind];
  const owned = accounts.filter(
    account =>
      (only === undefined || account.account === only) &&
      (scope.kind === 'owner' || scope.kind === 'project' ? isOf(scope.owner, account) : true),
  );
  const able = owned.filter(({driver}) => tellsCostsBy(driver, dimension));
  // Where there are no models, none can be missing.
  const concerned = owned.filter(
    ({driver}) =>
      scope.kind !== 'model' || driver.sources.some(({dimensions}) => dimensions.includes('model')),
  );
  const namesOf = (some: readonly Asked[]) => some.map(({account}) => account);
  return {
    dimension,
    window,
    bucket: null,
    accounts: namesOf(able),
    blind: namesOf(concerned.filter(account => !able.includes(account))),
  };
}

const isOf = ({kind, name}: Owner, {account, driver}: Asked): boolean =>
  kind === 'account' ? account === name : driver.id === name;

const tellsCostsBy = ({sources}: Driver, dimension: Dimension): boolean =>
  sources.some(source => source.billed && (dimension === 'account' || canSplit(source, dimension)));

/** The ids that a scope's project or user has in each account. */
export interface ScopeIds {
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** By account: those whose list of names could not be read. */
  readonly failures: ReadonlyMap<string, UsageError>;
  /** Whether every account that was asked has a list of names, and it is in none. */
  readonly unknown: boolean;
}

/** Turns names into ids, reading the list of names of an account once. */
export class ScopeNames {
  readonly #asking: {
    readonly accounts: readonly Asked[];
    open(names: readonly string[]): readonly Connected[];
  };
  readonly #books = new Map<string, NameBook>();

  constructor(asking: {
    readonly accounts: readonly Asked[];
    open(names: readonly string[]): readonly Connected[];
  }) {
    this.#asking = asking;
  }

  async resolve(scope: Scope, {dimension, accounts}: Question): Promise<ScopeIds> {
    const value = scope.kind === 'project' ? scope.project : scope.kind === 'user' ? scope.user : undefined;
    const ids = new Map<string, readonly string[]>();
    const failures = new Map<string, UsageError>();
    if (value === undefined || (dimension !== 'project' && dimension !== 'user'))
      return {ids, failures, unknown: false};
    const unknown = await Promise.all(
      accounts.map(async account => {
        try {
          const found = await this.#book(account)?.resolve({[dimension]: [value]});
          ids.set(account, found?.filters[dimension] ?? [value]);
          return (found?.unknown.length ?? 0) > 0;
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
          const driver = this.#asking.accounts.find(asked => asked.account === account)?.driver;
          failures.set(account, driver ? error.attribute(driver.id, driver.title, account) : error);
          return false;
        }
      }),
    );
    return {ids, failures, unknown: unknown.length > 0 && unknown.every(Boolean)};
  }

  #book(account: string): NameBook | undefined {
    const known = this.#books.get(account);
    if (known) return known;
    const [connected] = this.#asking.open([account]);
    return connected && getOrAdd(this.#books, account, () => new NameBook(connected));
  }
}

/** Says which groups of an answer belong to a scope. */
export function groupFilter(
  scope: Scope,
  {accounts}: Question,
  ids: ScopeIds['ids'],
): (group: Group) => boolean {
  switch (scope.kind) {
    case 'all':
    case 'owner':
      return ({account}) => account !== null && accounts.includes(account);
    case 'project':
    case 'user': {
      const value = scope.kind === 'project' ? scope.project : scope.user;
      return ({account, labels: [label]}) =>
        account !== null &&
        label !== undefined &&
        accounts.includes(account) &&
        ((ids.get(account)?.includes(label.id) ?? false) || label.name === value);
    }
    case 'model':
      return ({labels: [label]}) => label !== undefined && isOfModel(label.id, scope.model);
  }
}

const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;

/**
 * Whether a line item is about a model: `<model>, <what of it>`, perhaps with `<product> | ` before. A model without
 * a date stands for its dated snapshots, too.
 */
export function isOfModel(lineItem: string, model: string): boolean {
  const named = lineItem.slice(lineItem.indexOf(' | ') < 0 ? 0 : lineItem.indexOf(' | ') + 3);
  const comma = named.lastIndexOf(', ');
  const found = comma < 0 ? named : named.slice(0, comma);
  return found === model || found.replace(SNAPSHOT, '') === model;
}
