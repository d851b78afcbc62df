/*
 * JSON.parse makes doubles of numbers, and a double keeps only 15 digits for certain. So literals with more digits are
 * turned into text before parsing; the schemas take both.
 */

/** Longer literals, points and exponent marks included, may hold more than 15 digits. */
const SAFE_LENGTH = 15;
/** The shortest of all is 1e999. */
const SHORTEST = 5;
/** An exponent of three digits: 1e999 would become Infinity, 1e-999 zero. */
const LONG_EXPONENT = /[eE][+-]?\d{3}/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** A whole string, or a number; tells numbers from digits inside text. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;

/**
 * Parses JSON without rounding any number: those that a double may not hold exactly come back as strings of their
 * literal text. Throws SyntaxError like JSON.parse.
 */
export function parseExactJson(text: string): unknown {
  const quoted = quoteUnsafe(text);
  if (quoted === text) return JSON.parse(text);
  try {
    return JSON.parse(quoted);
  } catch {
    // Either the body is broken, or digits inside a text looked like a number: quoting them there never parses,
    // because a string would be followed by a digit. Then look at every token.
    JSON.parse(text);
    return JSON.parse(
      text.replace(TOKEN, token => (token.startsWith('"') || isSafe(token) ? token : `"${token}"`)),
    );
  }
}

const isSafe = (literal: string): boolean => literal.length <= SAFE_LENGTH && !LONG_EXPONENT.test(literal);

/**
 * Puts every unsafe number into quotes, and perhaps digits inside a text that stand where a number might. Each unsafe
 * number has three digits in a row, so that looking at every third character finds it: a regular expression that looks
 * at all of them takes five times as long, which a million rows make felt.
 */
function quoteUnsafe(text: string): string {
  const parts: string[] = [];
  let taken = 0;
  for (let at = 2; at < text.length; at += 3) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    while (start > taken && isPart(text.charCodeAt(start - 1))) start--;
    while (at < text.length && isPart(text.charCodeAt(at))) at++;
    if (at - start < SHORTEST || !isValue(text, start, at)) continue;
    const literal = text.slice(start, at);
    if (isSafe(literal) || !NUMBER.test(literal)) continue;
    parts.push(text.slice(taken, start), literal);
    taken = at;
  }
  if (taken === 0) return text;
  parts.push(text.slice(taken));
  return parts.join('"');
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Whether a character may be part of a number: a digit, + - . e E */
const isPart = (code: number): boolean =>
  isDigit(code) || code === 46 || code === 45 || code === 43 || code === 69 || code === 101;

/** Whether what stands there is between structural characters, as a value is. */
function isValue(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (isSpace(text.charCodeAt(before))) before--;
  const opener = text.charCodeAt(before);
  if (opener !== COLON && opener !== COMMA && opener !== BRACKET) return false;
  let after = end;
  while (isSpace(text.charCodeAt(after))) after++;
  return ',}]'.includes(text.charAt(after));
}

const COLON = 58;
const COMMA = 44;
const BRACKET = 91;

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;
