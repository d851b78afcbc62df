import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {FORMATS, type Format, loadRenderer} from '../../src/render/renderer.ts';
import {viewOf} from './build.ts';
import {EMPTY, SAMPLE} from './sample.ts';

const SOURCE = join(import.meta.dirname, '../../src/render');

/** The outside packages that a module loads, through all of ours that it imports statically. */
function packagesOf(path: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(path)) return packages;
  seen.add(path);
  for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(
    /^import (?!type )[^;]*? from '([^']+)';/gm,
  )) {
    const found = name.startsWith('.') ? packagesOf(join(dirname(path), name), seen) : [name];
    for (const each of found) packages.add(each);
  }
  return packages;
}

describe('a format loads what it needs and no more', () => {
  test.each([
    ['renderer.ts', []],
    ['json.ts', []],
    ['ndjson.ts', []],
    ['csv.ts', ['csv-stringify/sync']],
    ['markdown.ts', ['string-width']],
    ['text.ts', ['cli-table3', 'string-width']],
    ['table.tsx', ['ink', 'string-width']],
  ])('%s', (file, expected) => {
    const found = packagesOf(join(SOURCE, file));
    found.delete('big.js'); // core's
    expect([...found].toSorted()).toEqual(expected);
  });
});

test.each(FORMATS.flatMap(format => [true, false].map(terminal => [format, terminal] as const)))(
  '%s (terminal: %s) is one document with a final newline',
  async (format, terminal) => {
    const print = async (of: typeof SAMPLE): Promise<string> => {
      const view = viewOf(80, {terminal});
      let out = '';
      for await (const chunk of (await loadRenderer(format, view))(of, view)) out += chunk;
      return out;
    };
    expect(await print(SAMPLE)).toMatch(/[^\n]\n$/);
    const nothing: Format = 'ndjson';
    expect(await print(EMPTY)).toMatch(format === nothing ? /^$/ : /[^\n]\n$/);
  },
);
