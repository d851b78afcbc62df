import type {Granularity} from '../core/bucket.ts';
import type {Dimension, LabelDimension} from '../core/dimension.ts';
import type {Instant} from '../core/instant.ts';
import type {Metric} from '../core/metric.ts';
import type {Currency} from '../core/money.ts';
import type {Notice} from '../core/notice.ts';
import type {Period} from '../core/period.ts';
import type {Funds, Project, ProviderBudget} from '../core/project.ts';
import type {Record} from '../core/record.ts';
import type {FocusMapping} from './focus-mapping.ts';

/*
 * The whole contract between a provider and the tool. A driver knows one API and nothing about the tool: it is handed
 * a Session, yields Records, and says in data what it can do, so that the planner never asks for what it cannot.
 */

/** Query parameters; arrays are repeated (`a=1&a=2`), undefined ones left out. */
export type QueryParams = {
  readonly [name: string]: string | number | boolean | readonly string[] | undefined;
};

/** Anything that turns unknown JSON into a T or throws; zod schemas fit. */
export interface Schema<T> {
  parse(input: unknown): T;
}

export interface GetOptions<T> {
  readonly query?: QueryParams;
  readonly schema: Schema<T>;
}

/** All that a driver may touch: no key, file, clock or environment. */
export interface Session {
  /**
   * GETs JSON below the base URL, retries what the contract says, and checks the shape. Numbers of more than 15
   * digits arrive as text, so that none is rounded. Throws CredentialError or ProviderError.
   */
  get<T>(path: string, options: GetOptions<T>): Promise<T>;
  /** Says something about the figures. The same code and message is said once. */
  note(notice: Pick<Notice, 'level' | 'code' | 'message'>): void;
  /** Settings of the account by the names in `Driver.settings`, such as an organization id. */
  readonly settings: {readonly [name: string]: string | undefined};
  readonly signal: AbortSignal;
}

/** Filters by dimension: a record passes if its label's id is one of the values. */
export type Filters = {readonly [D in LabelDimension]?: readonly string[]};

/** What the planner asks of one source. It only asks what the source says it can do. */
export interface SourceQuery {
  /** Never reaches beyond the running day; made of whole days if the source's resolution is `day`. Never empty. */
  readonly window: Period;
  readonly now: Instant;
  /** Width of the records wanted; null: one record a group for the whole window. */
  readonly granularity: Granularity | null;
  /** Dimensions to split by, all among the source's `dimensions`; at most one if `splits` is `one`. */
  readonly split: readonly LabelDimension[];
  /** Ids to ask the API for, only of dimensions among the source's `filters`. */
  readonly filters: Filters;
  /** Which of the source's metric kinds are wanted. */
  readonly kinds: readonly string[];
}

/** One thing a provider can report: ability and implementation together, so that they cannot disagree. */
export interface Source {
  /** Unique within the driver: `costs`, `completions`, `usage`. */
  readonly id: string;
  /** Whether its records carry what was billed. */
  readonly billed: boolean;
  /** Quantities that its records carry; their kinds are the `--kind` values that it answers. */
  readonly metrics: readonly Metric[];
  readonly dimensions: readonly LabelDimension[];
  /** `any`: by any combination of its dimensions in one request; `one`: by a single one at a time. */
  readonly splits: 'any' | 'one';
  /** Filters that the API applies itself. The planner applies all others to the records. */
  readonly filters: readonly LabelDimension[];
  /** Widths that it can be asked for, finest first. */
  readonly granularities: readonly Granularity[];
  /** Whether one record can cover a whole window, so that no bucket means a single request. */
  readonly whole: boolean;
  /** Windows must be made of whole units of this; the planner widens others and says so. */
  readonly resolution: 'minute' | 'day';
  /** A 404 means that this API does not have it (an older or compatible one), which is a notice and not a failure. */
  readonly newer?: boolean;
  /** Cuts a query into slices that may be fetched side by side, each within the API's own limits. */
  slices(query: SourceQuery): readonly SourceQuery[];
  /**
   * Yields the records of a slice in the batches in which they come: a million one by one would take longer to hand on
   * than to add up. Throws rather than yielding part of an answer as if it were whole.
   */
  fetch(slice: SourceQuery, session: Session): AsyncIterable<readonly Record[]>;
}

/** Turns ids into names for people. Asked only when a column shows them or a filter is given by name. */
export interface NameSource {
  readonly dimension: LabelDimension;
  /** Whom or what the list of names takes: "an admin key that may …". */
  readonly needs?: string;
  /** Whether a filter value is surely an id, so that no name has to be looked up for it. */
  isId(value: string): boolean;
  /**
   * Names by id. `wanted` waits for the ids that occur: only what cannot list everything cheaply should ask.
   * For a filter given by name `wanted` gives undefined: everything is wanted.
   */
  lookup(
    session: Session,
    wanted: () => Promise<ReadonlySet<string> | undefined>,
  ): Promise<ReadonlyMap<string, string>>;
}

/** What is worth asking for beside the list itself; each may take a request for every project or user. */
export type ProjectPart = 'members' | 'limits' | 'alerts' | 'quotas' | 'funds';

export interface ProjectQuery {
  readonly now: Instant;
  /** Whole UTC days: what charges are of, and where users are found that no list names. */
  readonly window: Period;
  readonly parts: ReadonlySet<ProjectPart>;
}

export interface ProjectList {
  /** All of them, archived ones too. Undefined: there is no list, or not for this key; costs still name projects. */
  readonly projects: readonly Project[] | undefined;
  /** There is no list: the projects are those that something else names, and there may be others. */
  readonly derived?: true;
  /** `limits` and `alerts` are those of the account and its projects, `quotas` those of its users. */
  readonly budgets: readonly ProviderBudget[];
  readonly funds?: Funds;
}

export interface ProjectDetails {
  readonly project: Project;
  /** Those of the project, of its account and of its users. */
  readonly budgets: readonly ProviderBudget[];
}

/**
 * What a provider keeps beside the figures: projects, who is in them, what they may spend. Only ever read.
 * A part that the key may not see (401, 403) or the API lacks (404) is left out and noted with the role that it takes;
 * any other failure is thrown.
 */
export interface ProjectSource {
  /** What its charges are told apart by, beside `user`. */
  readonly items: 'line_item' | 'job' | undefined;
  list(query: ProjectQuery, session: Session): Promise<ProjectList>;
  /** One project of the list again, whole: with its members, its last activity, and every budget that binds it. */
  describe(project: Project, query: ProjectQuery, session: Session): Promise<ProjectDetails>;
  /**
   * What a project was charged in the window, as far as the provider tells whom and what for: records labelled with
   * `user` and the `items` dimension. They may add up to less than its costs, never to more if the provider is right.
   */
  charges(project: Project, query: ProjectQuery, session: Session): AsyncIterable<Record>;
}

/** A secret and where it comes from. */
export interface CredentialSpec {
  /** What people call it: "admin API key". */
  readonly label: string;
  readonly env: string;
  /** Where a person makes one. */
  readonly url: string;
  /** What kind is needed and what it starts with, in one sentence. */
  readonly hint: string;
  /** What keys of this vendor begin with, and of no other: they are sent to nobody else. */
  readonly prefixes?: readonly string[];
  /**
   * Says what is wrong with a secret that cannot work, before the API is asked; undefined if it may work.
   * @param atHome whether it is for the provider's own API; a gateway in its place may take other keys
   */
  objection?(secret: string, atHome?: boolean): string | undefined;
}

/** A setting of an account that is no secret. */
interface SettingSpec {
  readonly name: string;
  readonly env: string;
  readonly description: string;
}

/** What the API said when it refused. */
export interface Refusal {
  readonly status: number;
  /** The parsed body, or its text if it is not JSON. */
  readonly body: unknown;
}

/** How a driver reads a refusal: the API's words, and what a person should do if the driver knows. */
export interface Explanation {
  readonly message?: string;
  readonly code?: string;
  readonly hint?: string;
  /** The hint is to take another key: how, is for whoever knows where this one comes from. */
  readonly otherKey?: true;
}

export interface Driver {
  readonly id: string;
  readonly title: string;
  readonly docsUrl: string;
  /** Without a trailing slash; the environment variable `baseUrlEnv` overrides it. */
  readonly baseUrl: string;
  readonly baseUrlEnv: string;
  readonly credential: CredentialSpec;
  readonly settings: readonly SettingSpec[];
  /** What it bills in, as far as that is known beforehand. */
  readonly currencies: readonly Currency[];
  /** Facts that a reader of the figures should know, for `usage providers` and the README: lag, units, limits. */
  readonly remarks: readonly string[];
  /** Headers of every request. The only place where the secret goes. */
  headers(secret: string, settings: Session['settings']): {readonly [name: string]: string};
  /** Reads an error body. Never throws; an unknown shape gives {}. */
  explain(refusal: Refusal): Explanation;
  /** Proves that the credential works, cheaply, and says whose it is: for `auth login` and `auth status`. */
  identify(session: Session): Promise<string>;
  readonly sources: readonly Source[];
  readonly names: readonly NameSource[];
  readonly projects?: ProjectSource;
  /** How its charges become rows of FOCUS; left out by sources that are such files already. */
  readonly focus?: FocusMapping;
  /** Until when figures may still change, given now: rows that reach beyond it are provisional. */
  settledUntil(now: Instant): Instant;
}

/** Gives a driver literal its types while keeping its id as a literal. */
export const defineDriver = <const Id extends string>(
  driver: Driver & {readonly id: Id},
): Driver & {readonly id: Id} => driver;

/** All kinds a source answers, in its own order. */
export const kindsOf = (source: Source): string[] => [...new Set(source.metrics.map(metric => metric.kind))];

/** Whether the source can split by a dimension at all. */
export const canSplit = (source: Source, dimension: Dimension): dimension is LabelDimension =>
  (source.dimensions as readonly Dimension[]).includes(dimension);
