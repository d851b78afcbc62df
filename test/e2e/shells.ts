import {access, constants} from 'node:fs/promises';
import {delimiter, join} from 'node:path';

/** Where a shell is on this machine; undefined if it has none. `USAGE_TEST_PATH` names more folders to look in. */
export async function findShell(name: string): Promise<string | undefined> {
  const folders = [process.env.PATH, process.env.USAGE_TEST_PATH].join(delimiter).split(delimiter);
  for (const folder of folders.filter(Boolean)) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
