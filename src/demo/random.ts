/*
 * Chance that repeats itself: every figure of the demo is drawn from the name of the thing and the number of the day, so
 * it is the same whatever range is asked and whenever.
 */

/** A whole number from 0 to 2³² − 1 that stands for a text (FNV-1a, then stirred). */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return stir(state);
}

/** A further whole number of the same range, for a seed and the number of the draw. */
export const mix = (seed: number, index: number): number =>
  stir((seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0);

/** From 0 up to, but not including, 1. */
export const draw = (seed: number, index: number): number => mix(seed, index) / 2 ** 32;

/** From 1 − spread to 1 + spread; the middle is likelier than the ends. */
export const around = (seed: number, index: number, spread: number): number =>
  1 + spread * (draw(seed, index) + draw(seed ^ 0x5bd1e995, index) - 1);

/** So many letters and digits that stand for a text, as opaque ids have them. */
export const opaque = (text: string, length: number): string =>
  spell(text, length, (number, index) => {
    const letters = number.toString(36).padStart(7, '0').slice(1);
    return index % 2 === 0 ? letters : letters.toUpperCase();
  });

/** So many hexadecimal digits that stand for a text. */
export const hex = (text: string, length: number): string =>
  spell(text, length, number => number.toString(16).padStart(8, '0'));

/** A UUID of version 4 that stands for a text. */
export function uuid(text: string): string {
  const digits = hex(text, 32);
  const variant = '89ab'[hash(text) % 4];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-');
}

/** Puts so many characters together, several from each draw. */
function spell(text: string, length: number, some: (number: number, index: number) => string): string {
  const seed = hash(text);
  let spelt = '';
  for (let index = 0; spelt.length < length; index++) spelt += some(mix(seed, index), index);
  return spelt.slice(0, length);
}

/** Spreads every bit over all others, so that neighbours have nothing in common. */
function stir(value: number): number {
  let state = value ^ (value >>> 16);
  state = Math.imul(state, 0x85ebca6b);
  state ^= state >>> 13;
  state = Math.imul(state, 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
