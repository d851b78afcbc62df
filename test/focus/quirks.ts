import {raw, serialize} from '../support/fixtures.ts';
import type {Received} from '../support/loopback.ts';
import {type Behaviour, type Providers, startProviders} from '../support/providers.ts';

/*
 * Servers that do everything which ../shared/providers says of the real ones and an exporter has to bear. All bill
 * 20 and 21 November 2026.
 */

const DAYS = [1795132800, 1795219200] as const; // 20 and 21 November 2026, in seconds
export const PERIOD = '--from 2026-11-20 --to 2026-11-21';

interface Cost {
  readonly value: unknown;
  readonly line: string | null;
  readonly project?: string | null;
  readonly quantity?: unknown;
  readonly unit?: string | null;
}

/** Every unit, and none; amounts in every spelling; labels that are hostile, missing, or there twice. */
export const COSTS: readonly Cost[] = [
  {value: raw('0.0625'), line: 'gpt-5.1, input', project: 'proj_alpha', quantity: 50_000, unit: 'tokens'},
  {
    value: '0.00312500',
    line: 'gpt-5.1, cached input',
    project: 'proj_alpha',
    quantity: '2500',
    unit: 'tokens',
  },
  {value: '0E-6176', line: 'gpt-5.1, output', project: 'proj_beta', quantity: 0, unit: 'tokens'},
  {value: raw('1.2E-6'), line: 'whisper-1', project: null, quantity: raw('0.0002'), unit: 'duration_minutes'},
  {
    value: raw('0.0036275'),
    line: 'assistants api | file search',
    project: '',
    quantity: raw('0.87'),
    unit: 'gibibyte_hours',
  },
  {value: raw('3.5'), line: 'old | model', project: 'proj_gone', quantity: 35, unit: '1000_tokens'},
  {value: raw('0.1'), line: 'dall-e', project: 'proj_alpha', quantity: 2, unit: 'images'},
  {value: raw('0.2'), line: 'tts-1', project: 'proj_alpha', quantity: 999, unit: 'characters'},
  {value: raw('0.3'), line: 'Web search tool calls', project: 'proj_alpha', quantity: 12, unit: null},
  {value: raw('0.4'), line: 'made-up, thing', project: 'proj_alpha', quantity: 12, unit: 'odd_new-unit 2'},
  {value: raw('7.0000000000000000000000000000001'), line: 'scale tier', project: null, quantity: null},
  {value: raw('-2.25'), line: null, project: 'proj_alpha', quantity: null, unit: null},
  {value: raw('0.01'), line: '=cmd|"/c calc"!A1,\nnext', project: 'proj_alpha', quantity: 1, unit: 'images'},
  // The same labels twice in one bucket, which the API may do; and once more without a quantity.
  {value: raw('0.5'), line: 'gpt-5.1, input', project: 'proj_alpha', quantity: 10, unit: 'tokens'},
  {value: raw('0.25'), line: 'gpt-5.1, input', project: 'proj_alpha'},
];

const costs = ({query}: Received) => {
  const start = Number(query.get('start_time'));
  const end = Number(query.get('end_time'));
  const row = ({value, line, project, quantity, unit}: Cost) => ({
    object: 'organization.costs.result',
    amount: {value, currency: 'usd'},
    line_item: line,
    project_id: project,
    ...(quantity !== undefined && {quantity}),
    ...(unit !== undefined && {quantity_unit: unit}),
    organization_id: 'org-quirks',
  });
  const bucket = (day: number) => ({start_time: day, end_time: day + 86_400, results: COSTS.map(row)});
  const days = Array.from({length: (end - start) / 86_400}, (_, index) => start + index * 86_400);
  return serialize({
    object: 'page',
    data: days.map(day =>
      DAYS.includes(day as (typeof DAYS)[number]) ? bucket(day) : {...bucket(day), results: []},
    ),
    has_more: false,
  });
};

/** More groups than are listed, one without an id, one without a name; a day in credits beside dollars. */
const ionqUsage = {
  group_type: 'project',
  modality: 'daily',
  usage_from: '2026-11-20T00:00:00Z',
  usage_to: '2026-11-22T00:00:00Z',
  usage_data: [
    {
      from: '2026-11-21T00:00:00Z',
      job_count: 4,
      time_us: raw('400.5'),
      amount: raw('44.39'),
      amount_unit: 'usd',
      amounts: [
        {amount: raw('40'), unit: 'usd'},
        {amount: raw('4.39'), unit: 'credit'},
      ],
      group_usages: [
        {
          group_id: 'lab-1',
          group_name: 'Lab 1',
          job_count: 3,
          time_us: raw('400'),
          amount: raw('40'),
          amounts: [{amount: raw('40'), unit: 'USD'}],
        },
      ],
    },
    {
      from: '2026-11-20',
      job_count: 10,
      time_us: raw('5143166.134123'),
      amount: raw('1614.23'),
      amounts: [{amount: raw('1614.23'), unit: 'USD'}],
      group_usages: [
        {
          group_id: 'lab-2',
          job_count: 9,
          time_us: raw('1566154.312523'),
          amount: raw('144.39'),
          amounts: [{amount: raw('144.39'), unit: 'USD'}],
        },
        {group_id: null, job_count: 0, time_us: 0, amount: 0, amounts: [{amount: 0, unit: 'USD'}]},
      ],
    },
  ],
};

const openai: Behaviour = request =>
  request.path === '/organization/costs' ? {body: costs(request)} : 'serve';
const ionq: Behaviour = ({path}) => (path.endsWith('/usage') ? {body: serialize(ionqUsage)} : 'serve');

export const startQuirks = (): Promise<Providers> => startProviders({openai, ionq, miosa: () => 'serve'});
