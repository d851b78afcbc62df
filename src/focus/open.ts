import {InputError, InterruptedError, UsageError} from '../core/errors.ts';
import {unitsOf} from './records.ts';
import {type CostKind, rolesOf} from './roles.ts';
import type {Opened} from './source.ts';
import type {Table} from './table.ts';
import {natureOf} from './text-chunks.ts';

/** Opens a file by its first bytes; the readers of what it is not stay unloaded. */
export async function openTable(path: string, signal?: AbortSignal): Promise<Table> {
  const {kind, gzip} = await natureOf(path, signal);
  switch (kind) {
    case 'csv':
      return (await import('./read-csv.ts')).openCsv(path, gzip, signal);
    case 'ndjson':
      return (await import('./read-ndjson.ts')).openNdjson(path, gzip, signal);
    case 'parquet':
      return (await import('./read-parquet.ts')).openParquet(path, signal);
  }
}

/**
 * Opens a file as a source. `units`: its quantities are wanted too, which takes one reading more. Only bugs and Ctrl-C
 * are thrown.
 */
export async function openSource(
  path: string,
  cost: CostKind | undefined,
  units: boolean,
  signal: AbortSignal,
): Promise<Opened> {
  try {
    const table = await openTable(path, signal);
    const roles = rolesOf(table.columns, cost);
    return {table, roles, units: units ? await unitsOf(table, roles) : []};
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return {failure: asFailure(error)};
  }
}

/** By the system's code. */
const UNREADABLE: {readonly [code: string]: string} = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  ENXIO: 'it is a socket or a device',
};

/** What reading a file threw, in words for a person. A bug is thrown on. */
export function asFailure(error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = UNREADABLE[code];
  if (!why) throw error;
  return new InputError(`it cannot be read: ${why}`, {rule: 'a FOCUS file: CSV, JSON Lines or Parquet'});
}
