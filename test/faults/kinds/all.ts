import type {Fault} from '../fault.ts';
import {AMOUNTS} from './amounts.ts';
import {BODIES} from './bodies.ts';
import {BUCKETS} from './buckets.ts';
import {CONNECTIONS, STALLS} from './connections.ts';
import {ENCODINGS} from './encodings.ts';
import {PAGES} from './pages.ts';
import {REDIRECTS, REFUSALS} from './refusals.ts';

/** Everything that can go wrong with one answer. */
export const FAULTS: readonly Fault[] = [
  ...REFUSALS,
  ...REDIRECTS,
  ...CONNECTIONS,
  ...STALLS,
  ...ENCODINGS,
  ...BODIES,
  ...AMOUNTS,
  ...PAGES,
  ...BUCKETS,
];
