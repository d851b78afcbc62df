import {drivers} from '../../drivers/index.ts';
import {splitList} from '../choice.ts';
import type {Key} from '../config/key.ts';
import {allKeys, findKey} from '../config/keys.ts';
import {lookAround} from '../config/scene.ts';
import {openSettings} from '../preferences.ts';
import {asOffer, furtherItems, type Offer, type Typed} from './value.ts';
import {VALUES} from './values.ts';

const offer = ({name, description}: Key): Offer => ({value: name, description});

/** What can be set: defaults, settings of the accounts that there are, prices of what providers bill in. */
export async function settingKeys({context, words}: Typed): Promise<Offer[]> {
  if (words.length > 0) return [];
  const {preferences, scene} = await readSettings(context);
  const currencies = new Set(drivers.flatMap(driver => driver.currencies).filter(code => code !== 'USD'));
  const rates = [...currencies].map(code => findKey(`rates.${code}`, preferences, scene));
  return [...allKeys(preferences, scene), ...rates].map(offer);
}

/** What can be unset. */
export async function keysThatAreSet({context, words}: Typed): Promise<Offer[]> {
  if (words.length > 0) return [];
  const {preferences, scene} = await readSettings(context);
  return allKeys(preferences, scene)
    .filter(key => key.read(preferences) !== undefined)
    .map(offer);
}

/** Values of a default are those of its flag. Of a comma list the last item is completed. */
export async function settingValues(typed: Typed): Promise<Offer[]> {
  const [key = ''] = typed.words;
  const name = key.replace(/^defaults\./, ''); // which may be left out
  const flag = `--${name}`;
  const source = !name.includes('.') && typed.words.length === 1 ? VALUES[flag] : undefined;
  if (!source) return [];
  const isList = LISTS.has(flag);
  const done = isList ? typed.partial.slice(0, typed.partial.lastIndexOf(',') + 1) : '';
  const given = splitList(done);
  const offers = await source({...typed, partial: typed.partial.slice(done.length)});
  return furtherItems(offers.map(asOffer), given).map(one => ({...one, value: done + one.value}));
}

const LISTS: ReadonlySet<string> = new Set(['--provider', '--account', '--group-by']);

async function readSettings(context: Typed['context']) {
  const preferences = await (await openSettings(context, () => undefined)).read();
  return {preferences, scene: await lookAround(preferences, context)};
}
