import type {Offer} from '../completion/value.ts';
import type {Context} from '../context.ts';
import {loadPreferences} from '../preferences.ts';
import {allKeys} from './keys.ts';
import {lookAround} from './scene.ts';

/** Settings that can be named, for completion. */
export async function offerKeys(context: Context): Promise<Offer[]> {
  const preferences = await loadPreferences(context, () => undefined);
  const keys = allKeys(preferences, await lookAround(preferences, context));
  return keys.map(({name, description}) => ({value: name, description}));
}
