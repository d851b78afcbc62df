import type {ServerResponse} from 'node:http';
import {serialize} from '../support/fixtures.ts';
import type {JumpingClock} from './clock.ts';
import type {Random} from './random.ts';
import type {Answer, Fields, Json} from './servers/answer.ts';
import type {Provider} from './truth.ts';

/**
 * `passing`: it is tried again, and once the fault is over the answer must come. `fatal`: no figure may be made of it.
 * `harmless`: the figures must come. `any`: either, as long as nothing wrong is printed.
 */
export type Nature = 'passing' | 'fatal' | 'harmless' | 'any';

/** The groups under which the report counts. */
export type Family =
  | 'refusals'
  | 'waits'
  | 'redirects'
  | 'connections'
  | 'stalls'
  | 'encodings'
  | 'broken JSON'
  | 'other shapes'
  | 'amounts'
  | 'pages'
  | 'buckets'
  | 'surroundings';

/** A request that is to be answered wrongly. */
export interface Hit {
  readonly response: ServerResponse;
  readonly answer: Answer;
  readonly clock: JumpingClock;
  readonly random: Random;
  /** A host that must never hear of it. */
  readonly elsewhere: string;
}

export interface Fault {
  readonly name: string;
  readonly family: Family;
  readonly nature: Nature;
  /** Whose answers it fits; everybody's if left out. */
  readonly provider?: Provider;
  /** How often it is drawn, compared with 1. */
  readonly weight?: number;
  /** Answers, or gives false if this answer has nothing to spoil: then it is sent as it is. */
  strike(hit: Hit): boolean;
}

export const textOf = ({body}: Answer): string => serialize(body);

/** Sends text or bytes as JSON. */
export function send(
  {response, clock}: Hit,
  body: string | Uint8Array,
  headers: {readonly [name: string]: string} = {},
  status = 200,
): true {
  response.writeHead(status, {'content-type': 'application/json', ...headers});
  response.end(body, () => clock.stir());
  return true;
}

/** A fault of the answer's body; the change gives false where there is nothing to change. Only figures are touched. */
export const changed = (
  family: Family,
  name: string,
  nature: Nature,
  change: (body: Fields, random: Random) => boolean,
  provider?: Provider,
): Fault => ({
  name,
  family,
  nature,
  ...(provider && {provider}),
  strike(hit) {
    if (!hit.answer.figures) return false;
    const body = structuredClone(hit.answer.body);
    if (!isFields(body) || !change(body, hit.random)) return false;
    return send(hit, serialize(body));
  },
});

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The list under a name, as far as it holds objects. */
export const listOf = (body: Fields, name: string): Fields[] => {
  const list = body[name];
  return Array.isArray(list) ? list.filter(isFields) : [];
};
