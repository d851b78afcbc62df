/*
 * JSON.parse makes doubles of numbers, and a double keeps only 15 digits for certain. So literals with more digits are
 * turned into text before parsing; the schemas take both. Bodies without such literals cost one scan.
 */

/**
 * A number that a double may not hold: 16 or more digits, points and exponent marks, or an exponent of three digits
 * (1e999 would become Infinity, 1e-999 zero). It follows a structural character, so that it is a value.
 */
const UNSAFE =
  /([:,[]\s*)(?=[\d.eE+-]{16}|-?[\d.]+[eE][+-]?\d{3})(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,}\]])/g;
/** A whole string, or a number; tells numbers from digits inside text. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;
/**
 * Parses JSON without rounding any number: those that a double may not hold exactly come back as strings of their
 * literal text. Throws SyntaxError like JSON.parse.
 */
export function parseExactJson(text: string): unknown {
  if (!mayRound(text)) return JSON.parse(text);
  try {
    return JSON.parse(text.replace(UNSAFE, '$1"$2"'));
  } catch {
    // Either the body is broken, or digits inside a text looked like a number: quoting them there never parses,
    // because a string would be followed by a digit. Then look at every token.
    JSON.parse(text);
    return JSON.parse(
      text.replace(TOKEN, token => (token.startsWith('"') || isSafe(token) ? token : `"${token}"`)),
    );
  }
}

const mayRound = (text: string): boolean => text.search(UNSAFE) >= 0;

const isSafe = (literal: string): boolean => literal.length < 16 && !/[eE][+-]?\d{3}/.test(literal);
