import {hash} from '../random.ts';
import {badParameter, refuse} from './errors.ts';

/** The parameters of one request, read strictly: what the endpoint does not know is an error. */
export class Parameters {
  readonly #values = new Map<string, string[]>();

  /** `x[]=1` means the same as `x=1`: clients send both. Throws on a name that is not among `known`. */
  constructor(query: URLSearchParams, known: readonly string[]) {
    for (const [name, value] of query) {
      const plain = name.endsWith('[]') ? name.slice(0, -2) : name;
      if (!known.includes(plain))
        throw refuse(400, `Unknown parameter: '${plain}'.`, {param: plain, code: 'unknown_parameter'});
      this.#values.set(plain, [...(this.#values.get(plain) ?? []), value]);
    }
  }

  list(name: string): readonly string[] | undefined {
    return this.#values.get(name);
  }

  /** A list of which every value must be one of `allowed`. */
  choices<T extends string>(name: string, allowed: readonly T[]): readonly T[] | undefined {
    return this.list(name)?.map(value => {
      const choice = allowed.find(candidate => candidate === value);
      if (choice !== undefined) return choice;
      const supported = allowed.map(one => `'${one}'`).join(', ');
      throw badParameter(name, `Invalid value: '${value}'. Supported values are: ${supported}.`);
    });
  }

  choice<T extends string>(name: string, allowed: readonly T[], otherwise: T): T {
    return this.choices(name, allowed)?.[0] ?? otherwise;
  }

  text(name: string): string | undefined {
    return this.list(name)?.[0];
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (/^\d{1,12}$/.test(value)) return Number(value);
    throw refuse(400, `Invalid type for '${name}': expected an integer, but got '${value}' instead.`, {
      param: name,
      code: 'invalid_type',
    });
  }

  between(name: string, least: number, most: number, otherwise: number): number {
    const value = this.integer(name) ?? otherwise;
    if (value >= least && value <= most) return value;
    throw badParameter(name, `Invalid '${name}': ${value} is not between ${least} and ${most}.`);
  }

  boolean(name: string): boolean | undefined {
    const [value] = this.choices(name, ['true', 'false']) ?? [];
    return value === undefined ? undefined : value === 'true';
  }

  /** A number that stands for everything but the page, so that a cursor can be held to its query. */
  checksum(): number {
    const query = [...this.#values].filter(([name]) => name !== 'page').sort(([a], [b]) => (a < b ? -1 : 1));
    return hash(JSON.stringify(query));
  }
}
