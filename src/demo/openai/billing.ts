import type {Model, Prices} from './catalog.ts';
import {type Charge, perMillion} from './charge.ts';
import type {Spec} from './workload.ts';

/** What a workload's counts are billed as, in their order; undefined bills nothing. */
export function chargesOf(spec: Spec, model: Model, prices: Prices): readonly (Charge | undefined)[] {
  const name = model.billedAs ?? model.id;
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

/** In the order of the counts; image input costs what text input costs. */
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
