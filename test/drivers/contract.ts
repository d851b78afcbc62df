import {describe} from 'vitest';
import {describeBroken} from './contract-broken.ts';
import {describeMutations} from './contract-mutations.ts';
import {describeRefusals} from './contract-refusals.ts';
import {describeRetries} from './contract-retries.ts';
import type {Subject} from './contract-rig.ts';
import {describeStops} from './contract-stops.ts';
import {describeSuccess} from './contract-success.ts';

export type {Subject} from './contract-rig.ts';

/**
 * The suite that every driver runs, for each source and for each kind of query that takes another way through it.
 * Replays recorded exchanges over real HTTP, derives the failures from the success, and holds the driver to one law:
 * the same records, or an error with the right code; never fewer records and never another figure.
 */
export function driverContract(name: string, subject: Subject): void {
  describe(`contract: ${name}`, () => {
    describeSuccess(subject);
    describeRetries(subject);
    describeRefusals(subject);
    describeBroken(subject);
    describeMutations(subject);
    describeStops(subject);
  });
}
