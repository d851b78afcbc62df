import type {Activity} from './activity.ts';
import type {Prices} from './catalog.ts';
import {type Charge, perMillion} from './charge.ts';
import {Position} from './position.ts';
import type {Spec, Workload} from './workload.ts';

/** Where an activity's counts are billed, in their order; undefined bills nothing. */
type Tariff = readonly (Position | undefined)[];

/** By workload and price list: both are made once, so they can be looked up by identity. */
const tariffs = new WeakMap<Workload, Map<Prices, Tariff>>();

export function tariffOf({workload, model, prices}: Activity): Tariff {
  const {spec, labels} = workload;
  const byPrices = tariffs.get(workload) ?? new Map<Prices, Tariff>();
  tariffs.set(workload, byPrices);
  const known = byPrices.get(prices);
  if (known) return known;
  const charges = chargesOf(spec, model.billedAs ?? model.id, prices);
  const tariff = charges.map(charge => charge && new Position(labels.project_id, labels.api_key_id, charge));
  byPrices.set(prices, tariff);
  return tariff;
}

function chargesOf(spec: Spec, name: string, prices: Prices): (Charge | undefined)[] {
  const {unit = 0} = prices;
  switch (spec.kind) {
    case 'completions':
      return tokenCharges(spec, name, prices);
    case 'embeddings':
    case 'moderations':
      return [undefined, perMillion(`${name}, input`, 'tokens', unit)];
    case 'training':
      return [undefined, perMillion(`${name}, training`, 'tokens', unit)];
    case 'images':
      return [undefined, perMillion(`${name}, ${spec.size}`, 'images', unit)];
    case 'audio_speeches':
      return [undefined, perMillion(`${name}, characters`, 'characters', unit)];
    case 'audio_transcriptions':
      return [undefined, perMillion(`${name}, duration`, 'duration_seconds', unit)];
    case 'file_search_calls':
      return [perMillion('file search | tool calls', null, unit)];
    case 'web_search_calls':
      return [perMillion('Web search tool calls', null, unit)];
    case 'code_interpreter_sessions':
      return [perMillion('code interpreter | sessions', null, unit)];
  }
}

/** Batch and flex take half the list price, priority twice. */
const factorOf = (spec: Spec): number =>
  spec.batch || spec.tier === 'flex' ? 0.5 : spec.tier === 'priority' ? 2 : 1;
const wordOf = (spec: Spec): string => (spec.batch ? 'batch ' : spec.tier ? `${spec.tier} ` : '');

/** In the order of an activity's counts; image input costs what text input costs. */
function tokenCharges(spec: Spec, name: string, prices: Prices): (Charge | undefined)[] {
  const start = `${spec.prefix ?? ''}${name}, ${wordOf(spec)}`;
  const charge = (what: string, price: number | undefined): Charge | undefined =>
    price === undefined ? undefined : perMillion(start + what, 'tokens', price * factorOf(spec));
  const input = charge('input', prices.input);
  const cached = charge('cached input', prices.cached);
  const output = charge('output', prices.output);
  return [
    undefined, // requests
    input,
    cached,
    charge('cache writes', prices.write),
    charge('audio input', prices.audio),
    charge('cached audio input', prices.cachedAudio),
    input,
    cached,
    output,
    charge('audio output', prices.audioOutput),
    output,
  ];
}
