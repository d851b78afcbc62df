import {parseInstant} from '../../../src/core/instant.ts';
import type {Period} from '../../../src/core/period.ts';
import type {Source, SourceQuery} from '../../../src/drivers/driver.ts';
import {openai} from '../../../src/drivers/openai/index.ts';
import {NOW} from '../../support/session.ts';

/** `2026-11-05` or an RFC 3339 instant. */
export const at = (text: string) => parseInstant(text.includes('T') ? text : `${text}T00:00:00Z`)!;
export const period = (start: string, end: string): Period => ({start: at(start), end: at(end)});

/** A query by days that splits and filters nothing, unless said otherwise. The running day is 2026-11-22, 09:00. */
export const ask = (window: Period, more: Partial<SourceQuery> = {}): SourceQuery => ({
  window,
  now: NOW,
  granularity: 'day',
  split: [],
  filters: {},
  kinds: [],
  ...more,
});

export const sourceOf = (id: string): Source => openai.sources.find(source => source.id === id)!;
export const costs = sourceOf('costs');
