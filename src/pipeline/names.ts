import {flagOf, type LabelDimension} from '../core/dimension.ts';
import {CredentialError, UsageError} from '../core/errors.ts';
import type {Filters, NameSource} from '../drivers/driver.ts';
import type {Connected} from './connected.ts';

export type Names = ReadonlyMap<string, string>;
export type NamesByDimension = ReadonlyMap<LabelDimension, Names>;

/** A filter value that an account knows neither as an id nor as a name. */
export interface UnknownValue {
  readonly dimension: LabelDimension;
  readonly value: string;
  /** Whether a list of names says so. False: no record of the period had it, which proves less. */
  readonly listed: boolean;
  /** The name, or id, that may have been meant. */
  readonly near?: string;
}

/** Filter values as ids, and those that are in no list of the provider. */
export interface ResolvedFilters {
  readonly filters: Filters;
  readonly unknown: readonly UnknownValue[];
}

/** Looks names up once for each dimension, however many parts of a report need them. */
export class NameBook {
  readonly #connected: Connected;
  readonly #lookups = new Map<LabelDimension, Promise<Names>>();

  constructor(connected: Connected) {
    this.#connected = connected;
  }

  /** Names by id; undefined where the provider has none to look up. Rejects when the provider refuses. */
  lookup(
    dimension: LabelDimension,
    wanted: () => Promise<ReadonlySet<string> | undefined>,
  ): Promise<Names> | undefined {
    const source = this.#source(dimension);
    if (!source) return undefined;
    const known = this.#lookups.get(dimension);
    if (known) return known;
    const lookup = source.lookup(this.#connected.session, wanted);
    this.#lookups.set(dimension, lookup);
    return lookup;
  }

  /**
   * Turns filter values that are names into ids. A name that several ids share stands for all of them. A lookup that
   * fails fails the account: guessing that a name is an id would give a smaller figure.
   */
  async resolve(filters: Filters): Promise<ResolvedFilters> {
    const resolved: {[D in LabelDimension]?: readonly string[]} = {};
    const unknown: UnknownValue[] = [];
    for (const [dimension, values] of entries(filters)) {
      const source = this.#source(dimension);
      if (!source || values.every(value => source.isId(value))) {
        resolved[dimension] = values;
        continue;
      }
      const names = await this.#listed(dimension, source);
      const found: string[] = [];
      for (const value of values) {
        const ids = source.isId(value) || names.has(value) ? [value] : idsOf(value, names);
        found.push(...(ids.length > 0 ? ids : [value]));
        if (ids.length === 0) unknown.push({dimension, value, listed: true, ...(await nearTo(value, names))});
      }
      resolved[dimension] = found;
    }
    return {filters: resolved, unknown};
  }

  /** All names. A key that may not see them need not be wrong: the refusal says what it takes to see them. */
  async #listed(dimension: LabelDimension, {needs}: NameSource): Promise<Names> {
    try {
      return (await this.lookup(dimension, async () => undefined)) ?? new Map();
    } catch (error) {
      if (needs && error instanceof CredentialError && error.code === 'credential_refused')
        error.advice = {...error.advice, hint: `the list of ${flagOf(dimension)} names takes ${needs}`};
      throw error;
    }
  }

  /** Names for the columns of a report. A refusal is a notice, and the ids stand for themselves. */
  async forDisplay(
    dimensions: readonly LabelDimension[],
    wanted: (dimension: LabelDimension) => Promise<ReadonlySet<string>>,
  ): Promise<NamesByDimension> {
    const found = await Promise.all(
      dimensions.map(async dimension => [dimension, await this.#tolerant(dimension, wanted)] as const),
    );
    return new Map(
      found.filter((entry): entry is readonly [LabelDimension, Names] => entry[1] !== undefined),
    );
  }

  async #tolerant(
    dimension: LabelDimension,
    wanted: (dimension: LabelDimension) => Promise<ReadonlySet<string>>,
  ): Promise<Names | undefined> {
    try {
      return await this.lookup(dimension, () => wanted(dimension));
    } catch (error) {
      if (!(error instanceof UsageError) || this.#connected.session.signal.aborted) throw error;
      this.#connected.session.note({
        level: 'warning',
        code: 'names_unavailable',
        message: `names of ${flagOf(dimension)}s could not be read, ids are shown: ${error.message}`,
      });
      return undefined;
    }
  }

  #source(dimension: LabelDimension): NameSource | undefined {
    return this.#connected.driver.names.find(source => source.dimension === dimension);
  }
}

const idsOf = (value: string, names: Names): string[] =>
  [...names].filter(([, name]) => name === value).map(([id]) => id);

/** Loaded for a misspelling alone. */
async function nearTo(value: string, names: Names): Promise<Pick<UnknownValue, 'near'>> {
  const {findNearest} = await import('../core/nearest.ts');
  const near = findNearest(value, [...names.values(), ...names.keys()]);
  return near === undefined ? {} : {near};
}

export const entries = (filters: Filters): [LabelDimension, readonly string[]][] =>
  Object.entries(filters) as [LabelDimension, readonly string[]][];
