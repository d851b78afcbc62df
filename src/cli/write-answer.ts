import {type lstat, open, realpath, rename, rm, stat} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {InterruptedError, StoreError} from '../core/errors.ts';
import {isSystemError} from '../store/fault.ts';
import {batched, type Chunks} from './batch.ts';
import type {Context} from './context.ts';

/**
 * Throws StoreError now if a file could not be written later, so that nobody waits for a report that has no place to go.
 */
export async function checkOutput(path: string): Promise<void> {
  if (path === '') throw outputError('""', 'it is no path');
  try {
    const folder = await stat(dirname(path));
    if (!folder.isDirectory()) throw outputError(path, 'its folder is a file');
    if (await isThere(path, info => info.isDirectory())) throw outputError(path, 'it is a folder');
  } catch (error) {
    throw error instanceof StoreError ? error : outputError(path, reason(error), error);
  }
}

/**
 * Writes a file whole or not at all: beside its place, flushed to disk, then renamed over it. Links are followed, the
 * mode of a file that exists is kept, and what is no plain file (a pipe, /dev/null) is written to directly.
 */
export async function writeToFile(chunks: Chunks, path: string, context: Context): Promise<void> {
  try {
    const target = (await isThere(path)) ? await realpath(path) : path;
    if (await isThere(target, info => !info.isFile())) return await fill(target, 'w', 0o666, chunks, context);
    const mode = (await isThere(target)) ? (await stat(target)).mode & 0o777 : 0o666;
    const suffix = Math.trunc(context.clock.random() * 0xffffffff).toString(36);
    const draft = join(dirname(target), `.${basename(target)}.${suffix}.tmp`);
    try {
      await fill(draft, 'wx', mode, chunks, context);
      await rename(draft, target);
    } catch (error) {
      await rm(draft, {force: true});
      throw error;
    }
  } catch (error) {
    // Anything else went wrong while the answer was made, and is not the file's fault.
    throw isSystemError(error) ? outputError(path, reason(error), error) : error;
  }
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
      await file.writeFile(text);
    }
    if (flag === 'wx') await file.sync();
  } finally {
    await file.close();
  }
}

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

function reason(error: unknown): string {
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
