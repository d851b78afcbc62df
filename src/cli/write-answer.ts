import {
  access,
  constants,
  type FileHandle,
  type lstat,
  open,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {InterruptedError, StoreError} from '../core/errors.ts';
import {isSystemError} from '../store/fault.ts';
import {batched, type Chunks} from './batch.ts';
import {ClosedPipeError, type Context} from './context.ts';

/**
 * Throws StoreError now if a file could not be written later, so that nobody waits for a report that has no place to go.
 */
export async function checkOutput(path: string): Promise<void> {
  if (path === '') throw outputError('""', 'it is no path');
  try {
    const folder = await stat(dirname(path));
    if (!folder.isDirectory()) throw outputError(path, 'its folder is a file');
    if (await isThere(path, info => info.isDirectory())) throw outputError(path, 'it is a folder');
    // A new file takes the old one's place, so that nothing else would notice.
    if (await isThere(path)) await access(path, constants.W_OK);
  } catch (error) {
    throw error instanceof StoreError ? error : outputError(path, reason(error), error);
  }
}

/**
 * Writes a file whole or not at all: beside its place, flushed to disk, then renamed over it. Links are followed, the
 * mode of a file that exists is kept, and what is no plain file (a pipe, /dev/null) is written to directly.
 */
export async function writeToFile(chunks: Chunks, path: string, context: Context): Promise<void> {
  return writeToFiles([{chunks, path}], context);
}

/** The same for files that belong together: all are ready before the first takes its place. */
export async function writeToFiles(
  files: readonly {readonly chunks: Chunks; readonly path: string}[],
  context: Context,
): Promise<void> {
  const drafts: Draft[] = [];
  for (const {chunks, path} of files) {
    try {
      const draft = await draftOf(path, context);
      drafts.push(draft);
      await fill(draft.file, draft.flag, draft.mode, chunks, context);
    } catch (error) {
      await discard(drafts);
      if (isSystemError(error, 'EPIPE')) throw new ClosedPipeError(); // `--output /dev/stdout | head`
      // Anything else went wrong while the answer was made, and is not the file's fault.
      throw isSystemError(error) ? outputError(path, reason(error), error) : error;
    }
  }
  for (const {file, target} of drafts) {
    try {
      if (file !== target) await rename(file, target);
    } catch (error) {
      await discard(drafts);
      throw outputError(target, reason(error), error);
    }
  }
}

/** Where an answer is written first, and where it belongs. */
interface Draft {
  readonly file: string;
  readonly target: string;
  readonly flag: 'w' | 'wx';
  readonly mode: number;
}

async function draftOf(path: string, context: Context): Promise<Draft> {
  // A pipe behind /dev/stdout has no path of its own.
  if (await isThere(path, info => !info.isFile())) return {file: path, target: path, flag: 'w', mode: 0o666};
  const target = (await isThere(path)) ? await realpath(path) : path;
  const mode = (await isThere(target)) ? (await stat(target)).mode & 0o777 : 0o666;
  const suffix = Math.trunc(context.clock.random() * 0xffffffff).toString(36);
  return {file: join(dirname(target), `.${basename(target)}.${suffix}.tmp`), target, flag: 'wx', mode};
}

async function discard(drafts: readonly Draft[]): Promise<void> {
  for (const {file, target} of drafts) if (file !== target) await rm(file, {force: true});
}

async function fill(
  path: string,
  flag: 'w' | 'wx',
  mode: number,
  chunks: Chunks,
  {signal}: Context,
): Promise<void> {
  const file = await open(path, flag, mode);
  try {
    for await (const text of batched(chunks)) {
      if (signal.aborted) throw new InterruptedError();
      await (typeof text === 'string' ? file.writeFile(text) : writeWhole(file, text));
    }
    if (flag === 'wx') await file.sync();
  } finally {
    await file.close();
  }
}

/** In one go where the system takes it: `writeFile` of many megabytes waits for each half of one. */
async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
}

/** Whether a path is, or would become, a plain file: one that another may be written beside. */
export const isPlainFile = async (path: string): Promise<boolean> =>
  !(await isThere(path, info => !info.isFile()));

async function isThere(
  path: string,
  test: (info: Awaited<ReturnType<typeof lstat>>) => boolean = () => true,
): Promise<boolean> {
  try {
    return test(await stat(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

const outputError = (path: string, why: string, cause?: unknown): StoreError =>
  new StoreError(`--output ${path} cannot be written: ${why}`, {
    rule: 'a file in a folder that exists and may be written to',
    cause,
  });

/** What a failure of the operating system means to a person. */
export function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const known: {readonly [code: string]: string} = {
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder is a file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EFBIG: 'it would be larger than a file may be',
    EDQUOT: 'the quota is used up',
    EISDIR: 'it is a folder',
    ELOOP: 'its links go in circles',
  };
  return (code && known[code]) ?? code ?? 'unknown reason';
}
