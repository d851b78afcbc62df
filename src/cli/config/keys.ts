import {InputError} from '../../core/errors.ts';
import {parseDecimal, sign} from '../../core/money.ts';
import {findNearest} from '../../core/nearest.ts';
import {drivers} from '../../drivers/index.ts';
import type {Preferences} from '../../store/settings.ts';
import {accountKeys} from './account-keys.ts';
import {DEFAULT_KEYS, type DefaultKey, type Scene} from './default-keys.ts';
import type {Key} from './key.ts';

const FORMS = 'defaults.<name>, rates.<currency>, or accounts.<name>.<setting>';
/** Not every flag has one: a cut table, say, would be cut unasked. */
const DEFAULT_FORMS = `the defaults are ${DEFAULT_KEYS.map(({name}) => name).join(', ')}; else ${FORMS.slice(FORMS.indexOf('rates'))}`;

/** Every key that can be named now: what is set, and what could be for the accounts that there are. */
export function allKeys({rates, accounts}: Preferences, scene: Scene): Key[] {
  const names = new Set([...scene.accounts.map(({name}) => name), ...accounts.keys()]);
  return [
    ...DEFAULT_KEYS.map(defaultKey),
    ...[...rates.keys()].map(rateKey),
    ...[...names].flatMap(name => {
      const driver = driverOf(name, accounts, scene);
      return driver ? accountKeys(name, driver) : [];
    }),
  ];
}

/** The key that a person means. Throws InputError with the nearest one. */
export function findKey(typed: string, preferences: Preferences, scene: Scene): Key {
  const [head = '', ...rest] = typed.split('.');
  if (head === 'defaults' || rest.length === 0) {
    const name = kebab(head === 'defaults' ? rest.join('.') : head);
    const found = DEFAULT_KEYS.find(key => key.name === name);
    if (found) return defaultKey(found);
  }
  if (head === 'rates' && rest.length > 0) return rateKey(knownCurrency(rest.join('.').toUpperCase()));
  if (head === 'accounts' && rest.length > 1) {
    const [name, setting] = [rest.slice(0, -1).join('.'), kebab(rest.at(-1) ?? '')];
    const driver = driverOf(name, preferences.accounts, scene);
    if (!driver) throw unknownAccount(name, scene);
    const keys = accountKeys(name, driver);
    const found = keys.find(key => key.name === `accounts.${name}.${setting}`);
    if (found) return found;
    const settings = keys.map(key => key.name.slice(`accounts.${name}.`.length));
    throw new InputError(`accounts of ${driver.title} have no setting "${rest.at(-1)}"`, {
      rule: settings.join(', '),
      nearest: [setting, settings],
    });
  }
  const names = allKeys(preferences, scene).map(({name}) => name);
  const short = rest.length === 0 ? DEFAULT_KEYS.map(({name}) => name) : [];
  throw new InputError(`there is no setting "${typed}"`, {
    rule: rest.length === 0 || head === 'defaults' ? DEFAULT_FORMS : FORMS,
    nearest: [typed, [...short, ...names]],
    hint: 'usage config list names them all',
  });
}

/** `groupBy` and `group_by` as `group-by`. */
const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`).replaceAll('_', '-');

function driverOf(name: string, accounts: Preferences['accounts'], scene: Scene) {
  const provider =
    scene.accounts.find(account => account.name === name)?.provider ?? accounts.get(name)?.provider ?? name;
  return drivers.find(({id}) => id === provider);
}

function unknownAccount(name: string, {accounts}: Scene): InputError {
  const names = [...new Set([...accounts.map(account => account.name), ...drivers.map(({id}) => id)])];
  return new InputError(`there is no account "${name}"`, {
    rule: names.join(', '),
    nearest: [name, names],
    hint: `to add it: usage accounts add ${name} --provider <provider>`,
  });
}

const defaultKey = <M extends keyof Preferences['defaults']>(key: DefaultKey<M>): Key => ({
  name: `defaults.${key.name}`,
  description: key.description,
  ...(key.builtIn !== undefined && {builtIn: key.builtIn}),
  read: ({defaults}) => defaults[key.member],
  set: (preferences, text, scene) => ({
    ...preferences,
    defaults: {...preferences.defaults, [key.member]: key.parse(text, `defaults.${key.name}`, scene)},
  }),
  unset(preferences) {
    const {[key.member]: _, ...defaults} = preferences.defaults;
    return {...preferences, defaults};
  },
});

const BASE = 'USD';

function rateKey(currency: string): Key {
  const name = `rates.${currency}`;
  return {
    name,
    description: `price of one ${currency} in ${BASE}, for budgets in another currency`,
    read: ({rates}) => rates.get(currency),
    set(preferences, text) {
      const rate = /^\d{1,30}(\.\d{1,30})?$/.test(text) ? parseDecimal(text) : undefined;
      if (rate === undefined || sign(rate) <= 0)
        throw new InputError(`${name} "${text}" is no price`, {
          rule: 'a decimal above 0, such as 0.01; at most 30 digits on either side of the point',
        });
      return {...preferences, rates: new Map(preferences.rates).set(currency, rate)};
    },
    unset(preferences) {
      const rates = new Map(preferences.rates);
      rates.delete(currency);
      return {...preferences, rates};
    },
  };
}

/** Providers may bill in units that nobody has heard of, so only what is nearly a known one is refused. */
function knownCurrency(currency: string): string {
  const own = [...new Set(drivers.flatMap(({currencies}) => currencies))];
  if (currency === BASE)
    throw new InputError(`${BASE} is what rates are counted in`, {
      rule: `rates.<currency>, the price of one unit in ${BASE}`,
    });
  if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(currency))
    throw new InputError(`"${currency}" is no currency`, {
      rule: 'a code such as EUR',
      nearest: [currency, own],
    });
  const known = [...own, ...Intl.supportedValuesOf('currency')];
  const nearest = known.includes(currency) ? undefined : findNearest(currency, own);
  if (nearest === undefined && (known.includes(currency) || currency.length > 3)) return currency;
  throw new InputError(`"${currency}" is no currency that is known`, {
    rule: `${own.filter(code => code !== BASE).join(', ')}, or an ISO 4217 code`,
    nearest: [currency, known],
  });
}
