import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {splitWords} from '../../src/cli/split-words.ts';
import {InputError} from '../../src/core/errors.ts';

describe('a command line without a shell', () => {
  it.each<[string, string[]]>([
    ['pass show openai', ['pass', 'show', 'openai']],
    ['  pass\tshow  openai  ', ['pass', 'show', 'openai']],
    ['op read "op://Work/Open AI/key"', ['op', 'read', 'op://Work/Open AI/key']],
    ['op read \'a "b" \\c\'', ['op', 'read', 'a "b" \\c']],
    ['say "a \\"b\\" \\\\ c"', ['say', 'a "b" \\ c']],
    ['cat /my\\ keys/it', ['cat', '/my keys/it']],
    ['C:\\tools\\key.exe -x', ['C:\\tools\\key.exe', '-x']],
    ['a""b c\'d\'', ['ab', 'cd']],
    ['printf "" \'\'', ['printf', '', '']],
    ['echo $HOME; rm -rf * | x > y `z` $(w)', 'echo $HOME; rm -rf * | x > y `z` $(w)'.split(' ')],
  ])('%s', (line, words) => {
    expect(splitWords(line, 'it')).toEqual(words);
  });

  it.each([
    ['', 'it names no program'],
    ['   ', 'it names no program'],
    ['"" x', 'it names no program'],
    ['pass "show', 'it has a quote that is not closed'],
    ["pass show'", 'it has a quote that is not closed'],
  ])('%j is refused', (line, message) => {
    expect(() => splitWords(line, 'it')).toThrow(InputError);
    expect(() => splitWords(line, 'it')).toThrow(message);
  });

  it('gives back any words that were quoted for it', () => {
    const quoted = (word: string) => `"${word.replace(/["\\]/g, '\\$&')}"`;
    fc.assert(
      fc.property(fc.array(fc.string({unit: 'grapheme', minLength: 1}), {minLength: 1}), words => {
        expect(splitWords(words.map(quoted).join(' '), 'it')).toEqual(words);
      }),
    );
  });
});
