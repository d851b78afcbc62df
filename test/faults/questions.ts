import type {Random} from './random.ts';
import {PROVIDERS, type Provider, type Scope} from './truth.ts';
import {type Day, dateOf, dayOf, TODAY} from './world.ts';

/** A command line, and what it asks for in other words. */
export interface Question {
  readonly argv: readonly string[];
  readonly scope: Scope;
  /** The span that a report compares with. */
  readonly before: Scope | undefined;
}

const PERIODS: readonly (readonly [text: string, from: Day, to: Day])[] = [
  ['mtd', dayOf('2026-11-01'), TODAY],
  ['last-month', dayOf('2026-10-01'), dayOf('2026-10-31')],
  ['yesterday', TODAY - 1, TODAY - 1],
  ['7d', TODAY - 6, TODAY],
  ['2026-10-05..2026-11-20', dayOf('2026-10-05'), dayOf('2026-11-20')],
];

const PLAIN: Omit<Scope, 'from' | 'to'> = {
  providers: PROVIDERS,
  groupBy: [],
  bucket: undefined,
  projects: undefined,
  measures: 'cost',
};

type Kind = readonly [words: readonly string[], scope: Omit<Scope, 'from' | 'to'>];

const KINDS: readonly Kind[] = [
  [['costs'], PLAIN],
  [['costs', '--group-by', 'project'], {...PLAIN, groupBy: ['project']}],
  [['costs', '--group-by', 'project,line-item'], {...PLAIN, groupBy: ['project', 'line-item']}],
  [['costs', '--group-by', 'project', '--bucket', 'day'], {...PLAIN, groupBy: ['project'], bucket: 'day'}],
  [['costs', '--bucket', 'month'], {...PLAIN, bucket: 'month'}],
  [
    [
      'costs',
      '--provider',
      'openai,miosa',
      '--group-by',
      'project',
      '--project',
      'proj_alpha,__proto__,=1+1',
    ],
    {
      ...PLAIN,
      providers: ['openai', 'miosa'],
      groupBy: ['project'],
      projects: ['proj_alpha', '__proto__', '=1+1'],
    },
  ],
  [
    ['usage', 'completions', 'embeddings', 'qpu', 'sandboxes', '--group-by', 'project'],
    {...PLAIN, groupBy: ['project'], measures: 'quantities'},
  ],
  [
    ['usage', 'completions', 'embeddings', '--provider', 'openai', '--group-by', 'model', '--bucket', 'day'],
    {...PLAIN, providers: ['openai'], groupBy: ['model'], bucket: 'day', measures: 'quantities'},
  ],
];

export function drawQuestion(random: Random): Question {
  const [period, from, to] = random.pick(PERIODS);
  if (random.chance(0.2)) return report(period, from, to);
  const [words, scope] = random.pick(KINDS);
  return {argv: [...words, '--period', period], scope: {...scope, from, to}, before: undefined};
}

/** The question of one provider alone, about whole days that are over. */
export const simpleQuestion = (provider: Provider): Question => ({
  argv: ['costs', '--group-by', 'project', '--period', 'last-month', '--provider', provider],
  scope: {
    ...PLAIN,
    providers: [provider],
    groupBy: ['project'],
    from: dayOf('2026-10-01'),
    to: dayOf('2026-10-31'),
  },
  before: undefined,
});

function report(period: string, from: Day, to: Day): Question {
  const length = to - from;
  const scope: Scope = {...PLAIN, groupBy: ['project'], from, to};
  const before = {...scope, from: from - length - 1, to: from - 1};
  if (before.from < dayOf('2026-09-28'))
    return {argv: ['costs', '--period', period], scope: {...scope, groupBy: []}, before: undefined};
  const compare = `${dateOf(before.from)}..${dateOf(before.to)}`;
  return {argv: ['report', '--group-by', 'project', '--period', period, '--compare', compare], scope, before};
}
