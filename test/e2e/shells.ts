import {access, constants} from 'node:fs/promises';
import {delimiter, join} from 'node:path';

/** Where a shell is on this machine; undefined if it has none. */
export async function findShell(name: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
