import type {Driver} from './driver.ts';
import {ionq} from './ionq/index.ts';
import {miosa} from './miosa/index.ts';
import {openai} from './openai/index.ts';

const all = [openai, ionq, miosa] as const;

export type ProviderId = (typeof all)[number]['id'];

/** Every provider, in the order in which reports list them. Adding one is a folder and a line here. */
export const drivers: readonly (Driver & {readonly id: ProviderId})[] = all;
