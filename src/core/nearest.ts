import {distance} from 'fastest-levenshtein';

/** The nearest of the valid words, if it is near enough to be meant; of equally near ones the one of most like length. */
export function findNearest(given: string, valid: readonly string[]): string | undefined {
  const word = given.toLowerCase();
  const ranked = valid
    .map(found => ({
      found,
      far: typos(word, found.toLowerCase()),
      longer: Math.abs(found.length - word.length),
    }))
    .filter(({found, far}) => far <= allowed(Math.max(word.length, found.length)) && far < found.length)
    .sort((a, b) => a.far - b.far || a.longer - b.longer);
  return ranked[0]?.found;
}

/** About a third of the letters: whoever means "bash" does not type "tcsh". */
const allowed = (length: number): number => (length <= 4 ? 1 : length <= 6 ? 2 : Math.floor(length / 3));

/** Letters that were left out, put in or mistaken; two that changed places are one slip. */
function typos(word: string, found: string): number {
  const plain = distance(word, found);
  if (plain < 2 || word.length > LONGEST) return plain;
  const swapped = Array.from(
    {length: word.length - 1},
    (_, at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
  );
  return Math.min(plain, ...swapped.map(other => distance(other, found) + 1));
}

/** Swaps are tried out in words; what is longer is pasted, not typed. */
const LONGEST = 40;
