import {InputError} from '../core/errors.ts';
import {chooseAll} from './choice.ts';
import type {Context} from './context.ts';

/** A column, as `--fields` picks it. */
interface Described {
  readonly key: string;
  readonly description: string;
}

interface FieldFlags {
  readonly fields?: readonly string[] | undefined;
}

/** `--fields help` asks which there are. */
export const isFieldsHelp = ({fields}: FieldFlags): boolean => fields?.length === 1 && fields[0] === 'help';

/** The answer to it, and its exit code. */
export async function printFields(columns: readonly Described[], {stdout}: Context): Promise<number> {
  const width = Math.max(...columns.map(({key}) => key.length));
  await stdout.write(columns.map(({key, description}) => `${key.padEnd(width)}  ${description}\n`).join(''));
  return 0;
}

/** The columns that `--fields` picks, in its order; undefined if there is no such flag. Throws InputError. */
export function parseFields(
  {fields}: FieldFlags,
  columns: readonly Described[],
): readonly string[] | undefined {
  if (fields === undefined) return undefined;
  const keys = columns.map(({key}) => key);
  if (fields.length === 0) throw new InputError('--fields is empty', {rule: `some of ${keys.join(', ')}`});
  return chooseAll('--fields', fields, keys);
}
