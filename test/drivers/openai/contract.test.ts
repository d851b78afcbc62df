import {openai} from '../../../src/drivers/openai/index.ts';
import {loadExchanges} from '../../support/fixtures.ts';
import {driverContract, type Subject} from '../contract.ts';
import {ask, costs, period, sourceOf} from './query.ts';

const ROW = 'data.*.results.*';
/** What a cost was billed for, and on whose bill, need not be told. */
const BESIDE = ['quantity', 'quantity_unit', 'organization_id'].map(field => `${ROW}.${field}`);
/** Labels may be missing; so may every counter that the API's description does not require. */
const LABELS = ['project_id', 'line_item', 'api_key_id', 'model'].map(field => `${ROW}.${field}`);
const PARTS = ['cached', 'cache_write', 'cache_write_12h', 'uncached', 'text', 'audio', 'image']
  .concat(['cached_text', 'cached_audio', 'cached_image'])
  .map(part => `${ROW}.input_${part}_tokens`)
  .concat(['text', 'audio', 'image'].map(part => `${ROW}.output_${part}_tokens`));

const subject = (exchanges: string, source: Subject['source'], query: Subject['query']): Subject => ({
  driver: openai,
  source,
  query: {...query, kinds: source.billed ? [] : [source.id]},
  exchanges: loadExchanges('openai', exchanges),
  optional: [...LABELS, ...BESIDE, ...PARTS],
});

driverContract('OpenAI costs', subject('costs-total', costs, ask(period('2026-11-20', '2026-11-23'))));
driverContract(
  'OpenAI costs by line item, two pages',
  subject('costs-by-line-item', costs, ask(period('2026-11-19', '2026-11-23'), {split: ['line_item']})),
);
driverContract(
  'OpenAI completions by project and model, from the middle of a day, two pages',
  subject(
    'completions-by-model',
    sourceOf('completions'),
    ask(period('2026-11-20T06:30:00Z', '2026-11-23'), {split: ['project', 'model']}),
  ),
);
driverContract(
  'OpenAI embeddings, two slices',
  subject('embeddings-two-slices', sourceOf('embeddings'), ask(period('2026-10-20', '2026-11-23'))),
);
