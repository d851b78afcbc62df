import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {widthOf} from '../../src/render/layout.ts';
import {messageLines} from '../../src/render/message.ts';

describe('messageLines', () => {
  test('puts the sentence first and indents the rest', () => {
    expect(messageLines(['error: no', 'valid: yes'], undefined)).toBe('error: no\n  valid: yes\n');
  });

  test('wraps between words, and only where the width is known', () => {
    const long = 'note: one two three four five six seven';
    expect(messageLines([long], undefined)).toBe(`${long}\n`);
    expect(messageLines([long], 20)).toBe('note: one two three\n  four five six\n  seven\n');
  });

  test('loses no word and fits wherever words are short enough', () => {
    const words = fc.array(fc.stringMatching(/^[a-z漢字]{1,8}$/), {minLength: 1, maxLength: 60});
    fc.assert(
      fc.property(words, fc.integer({min: 20, max: 120}), (list, width) => {
        const text = messageLines([list.join(' ')], width);
        expect(text.split(/\s+/).filter(Boolean)).toEqual(list);
        for (const line of text.trimEnd().split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('lets no escape sequence through', () => {
    expect(messageLines(['error: \u001b[31mred\u001b]0;title\u0007 text'], 80)).toBe('error: red text\n');
  });
});
