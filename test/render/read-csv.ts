/** Reads RFC 4180, on its own: one state machine over characters. Throws on a quote where none may be. */
export function readCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let at = 0;
  while (at < text.length) {
    if (text[at] === '"' && field === '') {
      const [value, next] = readQuoted(text, at + 1);
      field = value;
      at = next;
      if (at < text.length && text[at] !== delimiter && text[at] !== '\n')
        throw new Error(`quote ends inside a field at ${at}`);
    }
    const char = text[at++];
    if (char === delimiter || char === '\n') {
      row.push(field);
      field = '';
      if (char === '\n') {
        rows.push(row);
        row = [];
      }
    } else if (char === '"' || char === '\r') throw new Error(`bare ${JSON.stringify(char)} at ${at}`);
    else field += char;
  }
  if (row.length > 0 || field !== '') throw new Error('no final line feed');
  return rows;
}

function readQuoted(text: string, start: number): [string, number] {
  let value = '';
  for (let at = start; at < text.length; at++) {
    if (text[at] !== '"') value += text[at];
    else if (text[at + 1] === '"') {
      value += '"';
      at++;
    } else return [value, at + 1];
  }
  throw new Error('unterminated quote');
}
