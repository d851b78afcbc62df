import {StoreError} from '../core/errors.ts';

interface Meaning {
  readonly says: string;
  readonly hint: string;
}

const ELSEWHERE = 'or let USAGE_CONFIG_DIR name another folder';
const OWNER: Meaning = {
  says: 'access is denied',
  hint: `look at its owner and mode with ls -la, ${ELSEWHERE}`,
};
const FULL: Meaning = {says: 'there is no space left', hint: `free some space and try again, ${ELSEWHERE}`};
const PARENT: Meaning = {
  says: 'a file is where a folder should be',
  hint: `move that file away, ${ELSEWHERE}`,
};
const FOLDER: Meaning = {
  says: 'a folder is where a file should be',
  hint: `move that folder away, ${ELSEWHERE}`,
};

/** What the codes of the operating system mean to a person who looks after this store. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['EACCES', OWNER],
  ['EPERM', OWNER],
  ['EROFS', {says: 'the file system is read-only', hint: ELSEWHERE.replace('or ', '')}],
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  ['EFBIG', FULL],
  ['ENOTDIR', PARENT],
  ['EEXIST', PARENT],
  ['EISDIR', FOLDER],
  ['ELOOP', {says: 'a symbolic link is in its place', hint: `put a regular file there, ${ELSEWHERE}`}],
]);

/**
 * Turns a failure of the operating system into a StoreError that names the file and the way out. Anything else is
 * handed back as it is: a StoreError is already said well, and a bug must not pass for a broken disk.
 */
export function storeFault(error: unknown, path: string, action: 'read' | 'written'): unknown {
  if (!isSystemError(error)) return error;
  const meaning = MEANINGS.get(error.code);
  const says = meaning?.says ?? `the system says ${error.code}`;
  const rest = action === 'written' ? '; what was stored before is unchanged' : '';
  return new StoreError(`${path} cannot be ${action}: ${says}${rest}`, {
    hint: meaning?.hint ?? `check the folder, ${ELSEWHERE}`,
    cause: error,
  });
}

/** Whether a call of the operating system failed, with one of these codes if any are given. */
export function isSystemError(
  error: unknown,
  ...codes: readonly string[]
): error is Error & {readonly code: string} {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return false;
  return typeof error.code === 'string' && (codes.length === 0 || codes.includes(error.code));
}
