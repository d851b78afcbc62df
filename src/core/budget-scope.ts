/** Whose money a scope is about: a provider with all its accounts, or one account. */
export interface Owner {
  /** `either`: a provider if there is one of that name, else an account. */
  readonly kind: 'provider' | 'account' | 'either';
  readonly name: string;
}

/** What a budget is for. */
export type Scope =
  | {readonly kind: 'all'}
  | {readonly kind: 'owner'; readonly owner: Owner}
  /** `project` is an id or a name. */
  | {readonly kind: 'project'; readonly owner: Owner; readonly project: string}
  | {readonly kind: 'user'; readonly user: string}
  | {readonly kind: 'model'; readonly model: string};

/** Every form of a scope, as help and errors print it. */
export const SCOPE_FORMS =
  'all, <provider>, <account>, <provider>/<project>, <account>/<project>, user:<id>, model:<name>';

/** Words before the colon. `provider:` and `account:` are for names that are both. */
export const SCOPE_PREFIXES = ['user', 'model', 'account', 'provider'] as const;

/** Names of providers and of accounts, as the store has them. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** Ids and names of projects, users and models: one line of text without controls. */
const VALUE = /^(?=\S)[^\p{Cc}\p{Cs}\u2028\u2029\ufffd]{1,256}(?<=\S)$/u;

/** Reads a scope; undefined if it has none of the forms. Whether there is such a provider or project is another question. */
export function parseScope(text: string): Scope | undefined {
  if (text === 'all') return {kind: 'all'};
  const [, prefix, rest = ''] = /^([^/:]*):(.*)$/s.exec(text) ?? [];
  switch (prefix) {
    case undefined:
      return ownerOrProject('either', text);
    case 'user':
      return VALUE.test(rest) ? {kind: 'user', user: rest} : undefined;
    case 'model':
      return VALUE.test(rest) ? {kind: 'model', model: rest} : undefined;
    case 'account':
    case 'provider':
      return ownerOrProject(prefix, rest);
    default:
      return undefined;
  }
}

function ownerOrProject(kind: Owner['kind'], text: string): Scope | undefined {
  const slash = text.indexOf('/');
  const name = slash < 0 ? text : text.slice(0, slash);
  if (!NAME.test(name)) return undefined;
  const owner = {kind, name};
  if (slash < 0) return {kind: 'owner', owner};
  const project = text.slice(slash + 1);
  return VALUE.test(project) ? {kind: 'project', owner, project} : undefined;
}

/** The text that `parseScope` reads back. */
export function formatScope(scope: Scope): string {
  switch (scope.kind) {
    case 'all':
      return 'all';
    case 'owner':
      return formatOwner(scope.owner);
    case 'project':
      return `${formatOwner(scope.owner)}/${scope.project}`;
    case 'user':
      return `user:${scope.user}`;
    case 'model':
      return `model:${scope.model}`;
  }
}

/** An account called `all` needs its prefix in any case. */
const formatOwner = ({kind, name}: Owner): string =>
  kind === 'either' && name !== 'all' ? name : `${kind === 'either' ? 'account' : kind}:${name}`;
