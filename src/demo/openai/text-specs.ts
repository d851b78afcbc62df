import type {Family} from './catalog.ts';
import type {Spec} from './workload.ts';

type Chat = Omit<Spec, 'kind' | 'project' | 'rhythm'> & {rhythm?: Spec['rhythm']};

/** Tokens in, the part of them found in the cache, tokens out. */
type Tokens = readonly [input: number, cached: number, output: number];

const chat = (
  key: string | null,
  family: Family,
  requests: number,
  [input, cached, output]: Tokens,
  from: string,
  more: Partial<Chat> = {},
): Chat => ({key, family, requests, input, cached, output, from, ...more});

/** The completions of one project, most of them at the same hours. */
const chats = (project: string, rhythm: Spec['rhythm'], specs: readonly Chat[]): Spec[] =>
  specs.map(spec => ({kind: 'completions', project, rhythm, ...spec}));

const TALK = {audio: 1_850, audioOutput: 1_300};

/** Everything that is metered as completions. */
export const TEXT_SPECS: readonly Spec[] = [
  ...chats('default', 'office', [
    chat(null, 'flagship', 45, [1_900, 0, 610], '2024-01-01', {user: 'ingrid'}),
    chat(null, 'flagship', 70, [2_600, 0, 540], '2024-05-20', {user: 'tom'}),
    chat(null, 'reasoning', 9, [3_100, 0, 2_400], '2024-10-01', {user: 'priya'}),
  ]),
  ...chats('atlas', 'customers', [
    chat('atlas-prod', 'flagship', 5_900, [6_400, 0.55, 430], '2024-02-19'),
    chat('atlas-prod', 'flagship', 420, [7_100, 0.52, 640], '2025-09-08', {tier: 'priority'}),
    chat('atlas-prod', 'small', 31_000, [1_150, 0.4, 120], '2024-02-19'),
    chat('atlas-index', 'mini', 9_400, [2_900, 0.15, 260], '2024-08-05', {rhythm: 'nightly', batch: true}),
    chat('atlas-dev', 'flagship', 160, [5_200, 0.3, 520], '2024-03-04', {rhythm: 'office'}),
  ]),
  ...chats('labelling', 'office', [
    chat('labelling-batch', 'small', 26_000, [900, 0, 60], '2024-03-18', {batch: true}),
  ]),
  ...chats('support', 'customers', [
    chat('support-old', 'flagship', 4_800, [5_100, 0.6, 380], '2024-06-24', {to: '2026-04-20'}),
    chat('support-prod', 'flagship', 5_200, [5_300, 0.62, 390], '2026-04-14'),
    chat('support-triage', 'tuned', 8_600, [640, 0, 22], '2025-05-26'),
  ]),
  ...chats('mobile', 'customers', [chat('mobile-beta', 'mini', 3_900, [2_100, 0.2, 310], '2024-09-16')]),
  ...chats('pipeline', 'nightly', [
    chat('pipeline-batch', 'flagship', 3_700, [8_800, 0.1, 870], '2024-10-14', {batch: true}),
    chat('pipeline-vision', 'mini', 5_200, [700, 0, 420], '2025-02-03', {image: 1_450}),
  ]),
  ...chats('marketing', 'office', [
    chat('marketing-web', 'flagship', 260, [2_400, 0.2, 900], '2024-11-25'),
    chat('marketing-elena', 'mini', 190, [1_700, 0, 800], '2026-01-26'),
  ]),
  ...chats('tokyo', 'tokyo', [
    chat('tokyo-prod', 'flagship', 2_150, [7_200, 0.5, 460], '2025-03-24'),
    chat('tokyo-dev', 'mini', 240, [3_000, 0.1, 500], '2025-03-17'),
  ]),
  ...chats('hackathon', 'office', [
    chat('hackathon-all', 'flagship', 14_000, [4_100, 0.2, 700], '2025-04-22', {to: '2025-05-10'}),
  ]),
  ...chats('research', 'office', [
    chat('research-lukas', 'reasoning', 130, [5_600, 0.25, 3_300], '2025-05-12'),
    chat('research-jonas', 'flagship', 310, [4_400, 0, 1_500], '2025-06-02', {
      tier: 'flex',
      to: '2026-10-31',
    }),
    chat('research-evals', 'mini', 12_500, [1_300, 0.35, 340], '2025-07-14', {
      rhythm: 'nightly',
      batch: true,
      prefix: 'evals | ',
    }),
  ]),
  ...chats('tools', 'office', [
    chat('tools-slack', 'mini', 1_400, [2_700, 0.45, 280], '2025-08-18'),
    chat('tools-amara', 'flagship', 120, [6_200, 0.2, 800], '2025-10-06'),
  ]),
  ...chats('agents', 'customers', [
    chat('agents-prod', 'flagship', 1_750, [24_000, 0.72, 1_150], '2025-09-29', {event: 'runaway'}),
    chat('agents-staging', 'mini', 2_100, [18_000, 0.66, 900], '2025-09-22', {rhythm: 'office'}),
    chat('agents-wei', 'reasoning', 62, [14_000, 0.4, 3_900], '2025-11-03', {rhythm: 'office'}),
  ]),
  ...chats('voice', 'customers', [
    chat('voice-prod', 'realtime', 330, [1_500, 0.6, 260], '2026-03-02', {...TALK, event: 'launch'}),
    chat('voice-prod', 'mini', 1_900, [1_800, 0.5, 190], '2026-04-06', {event: 'launch'}),
    chat('voice-dev', 'realtime', 14, [1_200, 0, 200], '2026-01-26', {...TALK, rhythm: 'office'}),
  ]),
  ...chats('offsite', 'office', [
    chat('offsite-all', 'flagship', 9_500, [5_000, 0.3, 900], '2026-10-12', {to: '2026-10-17'}),
    chat('offsite-all', 'small', 400, [1_500, 0, 200], '2026-10-17'),
  ]),
];
