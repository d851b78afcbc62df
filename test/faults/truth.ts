import {type Day, dateOf, dayOf, plain, TODAY, type World} from './world.ts';

export type Provider = 'openai' | 'ionq' | 'miosa';
export const PROVIDERS: readonly Provider[] = ['openai', 'ionq', 'miosa'];

/** What IonQ leaves out of its list of a day, and what carries no label: rows of their own, with a null id. */
export const OTHER = {is: '(other)'} as const;
export const UNATTRIBUTED = {is: '(unattributed)'} as const;
export type Label = string | typeof OTHER | typeof UNATTRIBUTED;

/** What a question is about, in words that need no code of ours. Days are both included. */
export interface Scope {
  readonly providers: readonly Provider[];
  readonly from: Day;
  readonly to: Day;
  readonly groupBy: readonly ('project' | 'line-item' | 'model')[];
  readonly bucket: 'day' | 'month' | undefined;
  /** Project ids to keep; undefined: all. */
  readonly projects: readonly string[] | undefined;
  readonly measures: 'cost' | 'quantities';
  /** Whose running day was not told yet, as the answer itself says. */
  readonly late?: Provider | undefined;
}

/** One thing that was billed or metered. */
interface Fact {
  readonly provider: Provider;
  readonly day: Day;
  readonly project: Label;
  readonly lineItem: Label;
  readonly model: Label;
  /** A currency, or kind and metric. */
  readonly measure: string;
  readonly units: bigint;
}

/** Exact sums by row key; a row that is missing and one of zero are the same. */
export type Truth = ReadonlyMap<string, string>;

export const rowKey = (
  provider: string,
  start: string | undefined,
  labels: readonly Label[],
  measure: string,
) => JSON.stringify([provider, start ?? '', labels, measure]);

/** What a whole answer of some providers holds, row by row. */
export function truthOf(world: World, scope: Scope, providers: readonly Provider[]): Truth {
  const sums = new Map<string, bigint>();
  for (const fact of factsOf(world, scope)) {
    if (!providers.includes(fact.provider) || !scope.providers.includes(fact.provider)) continue;
    const start = scope.bucket && bucketStart(fact.day, scope.bucket, scope.from);
    const labels = scope.groupBy.map(dimension =>
      dimension === 'line-item' ? fact.lineItem : fact[dimension],
    );
    const key = rowKey(fact.provider, start, labels, fact.measure);
    sums.set(key, (sums.get(key) ?? 0n) + fact.units);
  }
  return textOf(sums);
}

/** What it comes to by currency. */
export function totalsOf(world: World, scope: Scope, providers: readonly Provider[]): Truth {
  const sums = new Map<string, bigint>();
  for (const {provider, measure, units} of factsOf(world, scope)) {
    if (!providers.includes(provider) || !scope.providers.includes(provider)) continue;
    sums.set(measure, (sums.get(measure) ?? 0n) + units);
  }
  return textOf(sums);
}

const textOf = (sums: ReadonlyMap<string, bigint>): Truth =>
  new Map([...sums].filter(([, units]) => units !== 0n).map(([key, units]) => [key, plain(units)]));

/** A bucket that begins before the period begins with it. */
function bucketStart(day: Day, bucket: 'day' | 'month', from: Day): string {
  const start = bucket === 'day' ? day : Math.max(from, dayOf(`${dateOf(day).slice(0, 7)}-01`));
  return `${dateOf(start)}T00:00:00Z`;
}

function factsOf(world: World, scope: Scope): Fact[] {
  const {from, to, projects, measures, groupBy} = scope;
  const facts =
    measures === 'cost'
      ? costs(world, groupBy.includes('project'))
      : quantities(world, groupBy.includes('project'));
  return facts.filter(
    ({provider, day, project}) =>
      !(provider === scope.late && day === TODAY) &&
      from <= day &&
      day <= to &&
      (!projects || (typeof project === 'string' && projects.includes(project))),
  );
}

const label = (id: string | null): Label => id ?? UNATTRIBUTED;
const nothing = {project: UNATTRIBUTED, lineItem: UNATTRIBUTED, model: UNATTRIBUTED};

function costs(world: World, byProject: boolean): Fact[] {
  return [
    ...world.charges.map(
      ({day, project_id, line_item, currency, units}): Fact => ({
        ...nothing,
        provider: 'openai',
        day,
        project: label(project_id),
        lineItem: label(line_item),
        measure: currency.toUpperCase(),
        units,
      }),
    ),
    ...listedJobs(world, byProject).map(
      ({day, project, units}): Fact => ({
        ...nothing,
        provider: 'ionq',
        day,
        project,
        measure: world.unit,
        units,
      }),
    ),
    ...world.metered.map(
      ({day, external_project_id, units}): Fact => ({
        ...nothing,
        provider: 'miosa',
        day,
        project: label(external_project_id),
        measure: 'MIOSA_CREDIT_CENTS',
        units,
      }),
    ),
  ];
}

const ONE = 10n ** 40n;

function quantities(world: World, byProject: boolean): Fact[] {
  return [
    ...world.calls.flatMap(({day, kind, project_id, model, ...metrics}) =>
      Object.entries(metrics)
        .filter(([metric]) => kind === 'completions' || metric !== 'output_tokens')
        .map(
          ([metric, value]): Fact => ({
            ...nothing,
            provider: 'openai',
            day,
            project: label(project_id),
            model,
            measure: `${kind}.${metric}`,
            units: value * ONE,
          }),
        ),
    ),
    ...listedJobs(world, byProject).flatMap(({day, project, time, count}): Fact[] => [
      {...nothing, provider: 'ionq', day, project, measure: 'qpu.qpu_time', units: time},
      {...nothing, provider: 'ionq', day, project, measure: 'qpu.job_count', units: count * ONE},
    ]),
    ...world.metered.map(
      ({day, external_project_id, sandbox_seconds}): Fact => ({
        ...nothing,
        provider: 'miosa',
        day,
        project: label(external_project_id),
        measure: 'sandboxes.sandbox_seconds',
        units: sandbox_seconds * ONE,
      }),
    ),
  ];
}

/** IonQ's five largest projects of each day by cost, and the rest of the day as one. */
function listedJobs({jobs}: World, byProject: boolean) {
  return [...new Set(jobs.map(({day}) => day))].flatMap(day => {
    const ranked = jobs.filter(job => job.day === day).sort((a, b) => (a.units < b.units ? 1 : -1));
    return ranked.map((job, index) => ({
      ...job,
      project: !byProject ? UNATTRIBUTED : index < 5 ? job.project : OTHER,
    }));
  });
}
