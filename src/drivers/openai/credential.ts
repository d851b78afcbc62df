import type {CredentialSpec} from '../driver.ts';

export const ADMIN_KEYS_URL = 'https://platform.openai.com/settings/organization/admin-keys';

/** Kinds of keys that look right and never work here. */
const OTHER_KEYS: {readonly [prefix: string]: string} = {
  'sk-proj-': 'a project key',
  'sk-svcacct-': 'a service account key',
};

/** An admin key of the organization. */
export const credential: CredentialSpec = {
  label: 'admin API key',
  env: 'OPENAI_ADMIN_KEY',
  url: ADMIN_KEYS_URL,
  hint: 'Costs and usage need an admin API key, which starts with "sk-admin-" and is made by an owner of the organization.',
  prefixes: ['sk-admin-', ...Object.keys(OTHER_KEYS)],
  objection(secret, atHome) {
    if (/^bearer\s/i.test(secret)) return 'Leave out the word "Bearer": only the key itself is wanted.';
    // A header holds visible ASCII only; a line break comes along easily when a key is pasted.
    if (!/^[\x21-\x7e]+$/.test(secret)) return 'This holds white space or characters that no API key has.';
    const prefix = Object.keys(OTHER_KEYS).find(start => secret.startsWith(start));
    if (prefix !== undefined) return cannot(OTHER_KEYS[prefix], prefix);
    const isBare = secret.startsWith('sk-') && !secret.startsWith('sk-admin-');
    return atHome && isBare ? cannot('a key of a user', 'sk-') : undefined;
  },
};

const cannot = (kind: string | undefined, prefix: string): string =>
  `This is ${kind} (${prefix}…), which cannot read costs or usage: an admin API key (sk-admin-…) is needed.`;
