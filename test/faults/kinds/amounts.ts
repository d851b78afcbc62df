import {raw} from '../../support/fixtures.ts';
import {changed, type Fault, isFields, listOf} from '../fault.ts';
import type {Random} from '../random.ts';
import type {Fields, Json} from '../servers/answer.ts';

/** Where an amount stands: in its holder, under a name. */
type Place = readonly [holder: Fields, name: string];

/** All amounts of an answer, whoever gave it; those that may be left out are not among them. */
function placesOf(body: Fields): Place[] {
  const inner = isFields(body.data) ? body.data : body;
  return [
    ...listOf(body, 'data').flatMap(bucket => listOf(bucket, 'results').flatMap(rowPlaces)),
    ...listOf(body, 'usage_data').flatMap(bucket => [
      [bucket, 'amount'] as const,
      [bucket, 'time_us'] as const,
      [bucket, 'job_count'] as const,
    ]),
    ...listOf(inner, 'results').map(row => [row, 'credit_cents'] as const),
  ];
}

function rowPlaces(row: Fields): Place[] {
  if (isFields(row.amount)) return [[row.amount, 'value']];
  return ['input_tokens', 'num_model_requests', 'output_tokens']
    .filter(name => name in row)
    .map(name => [row, name]);
}

const spoilt = (
  name: string,
  nature: Fault['nature'],
  change: (place: Place, random: Random) => void,
): Fault =>
  changed('amounts', name, nature, (body, random) => {
    const places = placesOf(body);
    if (places.length === 0) return false;
    change(random.pick(places), random);
    return true;
  });

const NONSENSE: readonly Json[] = [
  'NaN',
  'Infinity',
  '-Infinity',
  raw('1e999'),
  '1e999',
  raw('-1E+999999999'),
  '1e-500',
  '',
  ' 1',
  '1 ',
  '1,5',
  '1_000',
  '0x10',
  '+5',
  '.5',
  '5.',
  '１２',
  '$5',
  '--5',
  true,
  [],
  {},
  ['5'],
  {value: 5},
  null,
];

export const AMOUNTS: readonly Fault[] = [
  spoilt('an amount that is no plain number', 'fatal', ([holder, name], random) => {
    holder[name] = random.pick(NONSENSE);
  }),
  spoilt('an amount that is missing', 'fatal', ([holder, name]) => {
    delete holder[name];
  }),
  spoilt('an amount by another name', 'fatal', ([holder, name]) => {
    holder[`${name}_v2`] = holder[name] ?? null;
    delete holder[name];
  }),
  changed(
    'amounts',
    'a currency that is none',
    'fatal',
    (body, random) => {
      const rows = listOf(body, 'data').flatMap(bucket => listOf(bucket, 'results'));
      const amounts = rows.flatMap(row => (isFields(row.amount) ? [row.amount] : []));
      if (amounts.length === 0) return false;
      random.pick(amounts).currency = random.pick<Json>(['', 'dollars', '$', null, 840, 'us\u001b']);
      return true;
    },
    'openai',
  ),
  changed(
    'amounts',
    'a group without its amount',
    'any', // unless the groups are asked for, nobody looks at them
    (body, random) => {
      const groups = listOf(body, 'usage_data').flatMap(bucket => listOf(bucket, 'group_usages'));
      if (groups.length === 0) return false;
      delete random.pick(groups)[random.pick(['amount', 'time_us', 'job_count'])];
      return true;
    },
    'ionq',
  ),
];
