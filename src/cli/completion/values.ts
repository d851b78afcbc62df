import {GRANULARITIES} from '../../core/bucket.ts';
import {DIMENSION_NAMES, DIMENSIONS, flagOf} from '../../core/dimension.ts';
import {PERIOD_WORDS, parsePeriod} from '../../core/parse-period.ts';
import {formatPeriod} from '../../core/period.ts';
import {FORMATS} from '../../render/renderer.ts';
import {FILES, type Offer, type ValueSource} from './value.ts';

const fixed =
  (...values: readonly (string | Offer)[]): ValueSource =>
  async () =>
    values;

/** The words, and what they come to today. */
const periods =
  (...more: readonly string[]): ValueSource =>
  async ({context}) => [
    ...more,
    ...PERIOD_WORDS.map(value => ({value, description: formatPeriod(parsePeriod(value, context.now()))})),
  ];

const named =
  (dimension: string): ValueSource =>
  async typed =>
    (await import('./known.ts')).labels(dimension, typed);

/** What may stand behind a flag or for an argument of that name, whatever the command. A command's guide goes before. */
export const VALUES: {readonly [name: string]: ValueSource} = {
  '--provider': async () => (await import('./known.ts')).providers(),
  provider: async () => (await import('./known.ts')).providers(),
  '--account': async typed => (await import('./known.ts')).accounts(typed),
  account: async typed => (await import('./known.ts')).accounts(typed),
  '--period': periods(),
  '--compare': periods('previous', 'none'),
  '--bucket': fixed(...GRANULARITIES),
  '--format': fixed(...FORMATS),
  '--group-by': fixed(
    ...DIMENSION_NAMES.map(dimension => ({
      value: flagOf(dimension),
      description: DIMENSIONS[dimension].title,
    })),
    {value: 'none', alone: true},
  ),
  '--kind': async () => (await import('./known.ts')).kinds(),
  kinds: async () => (await import('./known.ts')).kinds(),
  '--project': named('project'),
  project: named('project'),
  '--user': named('user'),
  '--api-key': named('api_key'),
  '--workspace': named('workspace'),
  '--columns': async () => (await import('../../core/focus-columns.ts')).DEFAULT_COLUMNS,
  '--cost': fixed('billed', 'effective', 'list', 'contracted'),
  '--notify-as': fixed('auto', 'json', 'slack'),
  scope: async typed => (await import('./known.ts')).scopes(typed),
  amount: fixed('unlimited'),
  '--output': FILES,
  '--source': FILES,
  '--exec': FILES,
  '--key-command': FILES,
  source: FILES,
  file: FILES,
};

/** Where a command takes other values than its kin. */
export const VALUES_OF: {readonly [command: string]: {readonly [name: string]: ValueSource}} = {
  'focus export': {'--format': async () => (await import('../../focus/sheet.ts')).FOCUS_FORMATS},
};
