/** Words that vendors put before a key to say what it is, not which: `sk-admin-`, `msk_u_`. */
const PREFIX = /^(?:sk|msk|pk|rk)[-_](?:(?:admin|proj|svcacct|live|test|[uap])[-_])?/;

/** Fewer characters than these behind the prefix, and four of them would give too much away. */
const MIN_HIDDEN = 16;

/**
 * What may be shown of a secret so that people can tell two apart: `sk-admin-…3fQ9`. A short one, or one with
 * characters that no key has, shows nothing.
 */
export function maskSecret(secret: string): string {
  const prefix = PREFIX.exec(secret)?.[0] ?? '';
  const rest = secret.slice(prefix.length);
  if (rest.length < MIN_HIDDEN + 4 || !/^[\x21-\x7e]+$/.test(rest)) return '…';
  return `${prefix}…${rest.slice(-4)}`;
}

/** Whether a word in a text that should hold no secret begins as secrets do, and is as long: somebody pasted one. */
export const holdsSecret = (text: string): boolean =>
  text.split(/[^\w-]+/).some(word => {
    const prefix = PREFIX.exec(word)?.[0];
    return prefix !== undefined && word.length - prefix.length >= MIN_HIDDEN;
  });
