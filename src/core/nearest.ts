import {distance} from 'fastest-levenshtein';

/** The nearest of the valid words, if it is near enough to be meant; of equally near ones the one of most like length. */
export function findNearest(given: string, valid: readonly string[]): string | undefined {
  const word = given.toLowerCase();
  const ranked = valid
    .map(found => ({
      found,
      far: distance(word, found.toLowerCase()),
      longer: Math.abs(found.length - word.length),
    }))
    .filter(({found, far}) => far <= Math.max(2, Math.floor(found.length / 3)) && far < found.length)
    .sort((a, b) => a.far - b.far || a.longer - b.longer);
  return ranked[0]?.found;
}
