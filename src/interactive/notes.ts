import {getOrAdd} from '../core/get-or-add.ts';
import type {Report} from '../core/report.ts';
import {sanitize} from '../render/sanitize.ts';

/**
 * What a reader of the figures must know, a line each as a printed table has them on stderr; what the head of the
 * table says already is left out. Accounts of which the same is true share a line.
 */
export function notesFrom({notices}: Report): readonly string[] {
  const whose = new Map<string, Set<string>>();
  const labels = new Map<string, string>();
  for (const {code, level, account, message} of notices) {
    if (code === 'provisional') continue;
    labels.set(message, level === 'warning' ? 'warning' : 'note');
    const accounts = getOrAdd(whose, message, () => new Set());
    if (account !== undefined) accounts.add(account);
  }
  return [...whose].map(([message, accounts]) => {
    const who = accounts.size > 0 ? `${[...accounts].join(', ')}: ` : '';
    return sanitize(`${labels.get(message)}: ${who}${message}`);
  });
}
