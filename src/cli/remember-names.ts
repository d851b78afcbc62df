import {existsSync} from 'node:fs';
import {DIMENSION_NAMES, DIMENSIONS} from '../core/dimension.ts';
import type {Report} from '../core/report.ts';
import type {SeenName} from '../store/names.ts';
import type {Context} from './context.ts';
import {storeDirectoryOf} from './store-directory.ts';

/**
 * Keeps the names that a report showed, for completion. Only where there is a store already: whoever neither logged in
 * nor asked for completion gets no file. Never fails: an answer that is out is not taken back for this.
 */
export async function rememberNames(report: Report, context: Context): Promise<void> {
  const directory = storeDirectoryOf(context);
  const seen = namesIn(report);
  if (seen.length === 0 || !existsSync(directory)) return;
  try {
    const {keepNames} = await import('../store/names.ts');
    await keepNames(directory, context.platform, seen);
  } catch {
    // The store is in use, damaged or on a full disk: the commands that need it will say so.
  }
}

/** Keeps them under the new name of an account. Never fails either: reports bring them back. */
export async function renameKept(from: string, to: string, context: Context): Promise<void> {
  try {
    const {renameNames} = await import('../store/names.ts');
    await renameNames(storeDirectoryOf(context), context.platform, from, to);
  } catch {
    // As above.
  }
}

function namesIn({columns, rows}: Report): SeenName[] {
  const place = (key: string) => columns.findIndex(column => column.key === key);
  const accountAt = place('account');
  const found = new Map<string, SeenName>();
  for (const dimension of DIMENSION_NAMES) {
    if (!DIMENSIONS[dimension].named) continue;
    const [idAt, nameAt] = [place(`${dimension}_id`), place(`${dimension}_name`)];
    if (idAt < 0 || nameAt < 0) continue;
    for (const row of rows) {
      const [account, id, name] = [row[accountAt], row[idAt], row[nameAt]].map(cell =>
        cell?.type === 'text' ? cell.value : null,
      );
      if (account && id && name && name !== id)
        found.set(`${account} ${dimension} ${id}`, {account, dimension, id, name});
    }
  }
  return [...found.values()];
}
