import {type Owner, parseScope, SCOPE_FORMS, SCOPE_PREFIXES, type Scope} from '../../core/budget-scope.ts';
import {InputError} from '../../core/errors.ts';
import {drivers} from '../../drivers/index.ts';

const providerIds = (): string[] => drivers.map(({id}) => id);
const isProvider = (name: string): boolean => providerIds().includes(name);

/**
 * Reads a scope as a person types it and gives it in its one canonical form. A name that is a provider's stands for the
 * provider, also if an account has it; `account:` before it means the account alone.
 * @param accounts names of the accounts there are
 */
export function readScope(text: string, accounts: readonly string[]): Scope {
  const scope = parseScope(text);
  if (!scope) throw noScope(text, accounts);
  if (scope.kind !== 'owner' && scope.kind !== 'project') return scope;
  const owner = canonical(scope.owner);
  const isAccount = owner.kind === 'account' || (owner.kind === 'either' && !isProvider(owner.name));
  const valid = owner.kind === 'provider' ? providerIds() : isAccount ? accounts : undefined;
  // An account that is spelt out may be set up later, or on another machine.
  if (scope.owner.kind !== 'account' && valid && !valid.includes(owner.name)) throw noOwner(owner, accounts);
  return {...scope, owner};
}

/** Without a prefix where none is needed. */
function canonical({kind, name}: Owner): Owner {
  const needed = kind === 'account' && isProvider(name);
  return needed || (kind === 'provider' && !isProvider(name)) ? {kind, name} : {kind: 'either', name};
}

/** A scope of a budget that is kept, with an owner that is surely a provider or an account. */
function settleScope(scope: Scope): Scope {
  if (scope.kind !== 'owner' && scope.kind !== 'project') return scope;
  const {kind, name} = scope.owner;
  if (kind !== 'either') return scope;
  return {...scope, owner: {kind: isProvider(name) ? 'provider' : 'account', name}};
}

/** Reads the scope of a budget that is kept: the store has checked its form. */
export const keptScope = (text: string): Scope => settleScope(parseScope(text) ?? {kind: 'all'});

function noScope(text: string, accounts: readonly string[]): InputError {
  const [prefix] = text.split(':');
  const isPrefixed = text.includes(':') && !text.split(':')[0]?.includes('/');
  return new InputError(`"${text}" is no scope of a budget`, {
    rule: SCOPE_FORMS,
    nearest: isPrefixed
      ? [`${prefix}:`, SCOPE_PREFIXES.map(word => `${word}:`)]
      : [text, ['all', ...providerIds(), ...accounts]],
  });
}

function noOwner({kind, name}: Owner, accounts: readonly string[]): InputError {
  const names = kind === 'provider' ? providerIds() : ['all', ...new Set([...providerIds(), ...accounts])];
  return new InputError(`there is no ${kind === 'provider' ? 'provider' : 'provider or account'} "${name}"`, {
    rule: `${SCOPE_FORMS}; here: ${names.join(', ')}`,
    nearest: [name, names],
    ...(kind === 'provider' ? {} : {hint: `for an account that is not set up here, write account:${name}`}),
  });
}
