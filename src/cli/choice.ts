import {InputError} from '../core/errors.ts';

/**
 * Splits a comma list. A comma before a space belongs to the value, because line items are called such things as
 * "gpt-4o, input"; so does one behind a backslash.
 */
export function splitList(text: string): string[] {
  return text
    .split(/(?<!\\),(?! )/)
    .map(item => item.replaceAll('\\,', ',').trim())
    .filter(item => item !== '');
}

/** For commander: gathers a repeatable comma list. */
export const gather = (text: string, gathered: readonly string[] = []): readonly string[] => [
  ...gathered,
  ...splitList(text),
];

/** One of a few words, or an InputError that names them and the nearest. */
export function choose<const T extends string>(flag: string, given: string, valid: readonly T[]): T {
  const found = valid.find(word => word === given);
  if (found !== undefined) return found;
  throw new InputError(`${flag} "${given}" is not known`, {
    rule: `one of ${valid.join(', ')}`,
    nearest: [given, valid],
  });
}

/** Several of a few words, each once, in the order given. */
export const chooseAll = <const T extends string>(
  flag: string,
  given: readonly string[],
  valid: readonly T[],
): T[] => [...new Set(given.map(word => choose(flag, word, valid)))];

/** A whole number within bounds, both included. */
export function wholeNumber(flag: string, given: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new InputError(`${flag} "${given}" is no number it takes`, {
    rule: `a whole number from ${min} to ${max}`,
  });
}
