export type LineEnd = '\n' | '\r\n' | '\r';

/**
 * Whether rows may end otherwise than the header does: CRLF among LF, as where files were put together. Line ends in
 * quotes count as well. Old Mac's CR is not mixed with others.
 */
export function hasMixedEnds(text: string, newline: LineEnd, isLast: boolean): boolean {
  if (newline === '\r') return false;
  if (newline === '\n') return text.includes('\r');
  if (isLast && text.endsWith('\r')) return true;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
    if (text.charAt(at - 1) !== '\r') return true;
  return false;
}

/** CSV that begins with a row, each row of it ending with LF; what is in quotes stays as it is. */
export function unmixed(text: string, delimiter: string, isLast: boolean): string {
  const parts: string[] = [];
  let taken = 0;
  let feed = -1;
  let comma = -1;
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === '"') at = endOfQuotes(text, at);
    if (at < 0) break;
    if (feed < at) feed = placeOf(text, '\n', at);
    if (comma < at) comma = placeOf(text, delimiter, at);
    if (feed < comma) {
      if (feed > at && text.charAt(feed - 1) === '\r') {
        parts.push(text.slice(taken, feed - 1));
        taken = feed;
      }
      at = feed;
    } else at = comma;
  }
  parts.push(text.slice(taken));
  const whole = parts.join('');
  return isLast && whole.endsWith('\r') ? whole.slice(0, -1) : whole;
}

function placeOf(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
}

/** Where a quoted value has ended; -1 if it does not. */
function endOfQuotes(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 2))
    if (text.charAt(quote + 1) !== '"') return quote + 1;
  return -1;
}
