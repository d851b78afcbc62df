import type {Family} from './catalog.ts';
import type {Kind, Spec} from './workload.ts';

type More = Partial<Pick<Spec, 'user' | 'to' | 'event' | 'size' | 'source' | 'store' | 'context'>>;

/** `units` are what one request uses on average: tokens, images, characters or seconds; undefined if nothing else. */
const of =
  (project: string, key: string | null, rhythm: Spec['rhythm']) =>
  (
    kind: Kind,
    family: Family,
    requests: number,
    units: number | undefined,
    from: string,
    more: More = {},
  ): Spec => ({
    kind,
    project,
    key,
    rhythm,
    family,
    requests,
    from,
    ...(units !== undefined && {units}),
    ...more,
  });

const atlas = of('atlas', 'atlas-prod', 'customers');
const index = of('atlas', 'atlas-index', 'nightly');
const labelling = of('labelling', 'labelling-batch', 'office');
const support = of('support', 'support-prod', 'customers');
const supportOld = of('support', 'support-old', 'customers');
const triage = of('support', 'support-triage', 'customers');
const tokyo = of('tokyo', 'tokyo-prod', 'tokyo');
const marketing = of('marketing', 'marketing-web', 'office');
const elena = of('marketing', 'marketing-elena', 'office');
const hackathon = of('hackathon', 'hackathon-all', 'office');
const voice = of('voice', 'voice-prod', 'customers');
const agents = of('agents', 'agents-prod', 'customers');
const slack = of('tools', 'tools-slack', 'office');
const amara = of('tools', 'tools-amara', 'office');
const lukas = of('research', 'research-lukas', 'office');
const training = of('research', null, 'office');
const dashboard = of('default', null, 'office');

const DRAWN = {source: 'image.generation'};
const STORES = {
  atlas: 'vs_68a1f0c2d9e08191a3b7',
  tokyo: 'vs_67d04b11c6a88191b2fe',
  support: 'vs_6849e07a54b48191902c',
};

/** Everything that is metered by one figure a request instead of by sorts of tokens. */
export const TOOL_SPECS: readonly Spec[] = [
  index('embeddings', 'precise', 21_000, 2_300, '2024-02-12'),
  atlas('embeddings', 'precise', 36_000, 28, '2024-02-19'),
  triage('embeddings', 'embedding', 14_000, 310, '2024-07-08'),
  tokyo('embeddings', 'precise', 7_500, 1_500, '2025-03-24'),
  labelling('embeddings', 'embedding', 30_000, 420, '2024-03-18'),

  support('moderations', 'moderation', 10_500, 240, '2026-04-14'),
  supportOld('moderations', 'moderation', 9_800, 235, '2024-06-24', {to: '2026-04-20'}),
  marketing('moderations', 'moderation', 300, 160, '2024-12-02'),

  marketing('images', 'picture', 95, 1.3, '2024-11-25', {...DRAWN, size: '1024x1536'}),
  marketing('images', 'sketch', 140, 2.1, '2024-11-25', {...DRAWN, size: '1024x1024'}),
  elena('images', 'picture', 26, 1, '2026-01-26', {source: 'image.edit', size: '1024x1536'}),
  hackathon('images', 'sketch', 210, 1.5, '2025-04-24', {
    source: 'image.variation',
    size: '512x512',
    to: '2025-05-03',
  }),

  voice('audio_speeches', 'speech', 900, 420, '2026-03-09', {event: 'launch'}),
  elena('audio_speeches', 'speech', 22, 3_100, '2026-02-09'),
  voice('audio_transcriptions', 'listening', 380, 143, '2026-03-09', {event: 'launch'}),
  slack('audio_transcriptions', 'listening', 17, 2_250, '2025-09-01'),

  atlas('file_search_calls', 'fileSearch', 1_900, undefined, '2025-04-07', {store: STORES.atlas}),
  tokyo('file_search_calls', 'fileSearch', 640, undefined, '2025-04-07', {store: STORES.tokyo}),
  support('file_search_calls', 'fileSearch', 850, undefined, '2026-04-14', {store: STORES.support}),

  agents('web_search_calls', 'webSearch', 520, 0.7, '2025-10-06', {context: 'medium', event: 'runaway'}),
  amara('web_search_calls', 'webSearch', 60, 0.9, '2025-11-10', {context: 'high'}),
  dashboard('web_search_calls', 'webSearch', 12, 1, '2025-06-02', {context: 'low', user: 'ingrid'}),

  agents('code_interpreter_sessions', 'container', 240, undefined, '2025-10-06', {event: 'runaway'}),
  lukas('code_interpreter_sessions', 'container', 35, undefined, '2025-05-19'),

  training('training', 'training', 1, 23_000_000, '2025-05-12', {event: 'fortnightly', user: 'lukas'}),
];
