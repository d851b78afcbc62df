import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {openCsv} from '../../src/focus/read-csv.ts';
import {fileOf} from './files.ts';

const quote = (value: string, always: boolean) =>
  always || /[",\r\n;\t|]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

async function read(content: string | Uint8Array, wanted: readonly string[]) {
  const table = await openCsv(await fileOf('x.csv', content), false);
  const rows: string[][] = [];
  const lines: string[] = [];
  for await (const {rows: some, places, where} of table.read(wanted)) {
    some.forEach((row, index) => {
      rows.push(places.map(place => (place < 0 ? '(none)' : (row[place] ?? ''))));
      lines.push(where(index));
    });
  }
  return {columns: table.columns, rows, lines};
}

describe('CSV is read as it was written', () => {
  const value = fc.string({
    unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', '✓', '|', '\t', ''),
    maxLength: 6,
  });
  const rows = fc.array(fc.tuple(value, value, value), {minLength: 1, maxLength: 12});

  it.each(['\n', '\r\n'])('whatever is in it, with lines ending in %j', async end => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.boolean(),
        async (all, delimiter, always) => {
          // A quoted first value keeps a row of empty ones from looking like an empty line.
          const lines = [['one', 'two', 'three'], ...all].map(row =>
            row.map(cell => quote(cell, always)).join(delimiter),
          );
          const {columns, rows: found} = await read(lines.map(line => line + end).join(''), [
            'three',
            'none',
            'one',
          ]);
          expect(columns).toEqual(['one', 'two', 'three']);
          expect(found).toEqual(all.map(([one, , three]) => [three, '(none)', one]));
        },
      ),
      {numRuns: 150},
    );
  });

  it('with CRLF and LF side by side', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.array(fc.constantFrom('\n', '\r\n'), {minLength: 14, maxLength: 14}),
        fc.constantFrom(',', ';'),
        async (all, ends, delimiter) => {
          const lines = [['one', 'two', 'three'], ...all].map(
            (row, index) => row.map((cell, place) => quote(cell, place === 0)).join(delimiter) + ends[index],
          );
          const {rows: found} = await read(lines.join(''), ['one', 'two', 'three']);
          expect(found).toEqual(all);
        },
      ),
      {numRuns: 300},
    );
  });

  it('with a few LF in a large file of CRLF', async () => {
    const end = (index: number) => (index % 5_000 === 17 ? '\n' : '\r\n');
    const content = Array.from({length: 60_000}, (_, index) => `${index},"x\r\n✓",y${end(index)}`).join('');
    const {rows: found, lines} = await read(`a,b,c\r\n${content}`, ['a', 'b', 'c']);
    expect(found).toEqual(Array.from({length: 60_000}, (_, index) => [String(index), 'x\r\n✓', 'y']));
    expect(lines.at(-1)).toBe(`line ${2 + 59_999 * 2}`);
  });

  it('also over the borders of chunks, where letters and quotes are cut in two', async () => {
    const all = Array.from({length: 60_000}, (_, index) => [
      `✓${index}`,
      index % 7 ? 'plain' : 'two\nlines "✓"',
      'x',
    ]);
    const content = [['one', 'two', 'three'], ...all]
      .map(row => `${row.map(cell => quote(cell, false)).join(',')}\n`)
      .join('');
    expect(content.length).toBeGreaterThan(2 * 256 * 1024);
    const {rows: found, lines} = await read(content, ['one', 'two', 'three']);
    expect(found).toEqual(all);
    let line = 2;
    all.forEach(([, two], index) => {
      expect(lines[index]).toBe(`line ${line}`);
      line += two?.includes('\n') ? 2 : 1;
    });
  });

  it.each([
    ['no line end at all', Buffer.alloc(20 * 1024 * 1024)],
    ['a quote that is not closed', `a,b\n1,"${'x'.repeat(17 * 1024 * 1024)}`],
  ])('but a row of more than 16 MB is none: %s', async (_, content) => {
    await expect(read(content, ['b'])).rejects.toThrow(/line 1 is too long|line 2 has a quote/);
  });

  it('until Ctrl-C', async () => {
    const path = await fileOf('x.csv', 'a,b\n1,2\n');
    await expect(openCsv(path, false, AbortSignal.abort())).rejects.toThrow('interrupted');
  });

  it('without a last line end', async () => {
    expect((await read('a,b\n1,2\n3,4', ['b'])).rows).toEqual([['2'], ['4']]);
    expect((await read('a,b', ['b'])).rows).toEqual([]);
  });
});
