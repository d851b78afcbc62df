import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {listProviders} from '../../src/cli/list-providers.ts';
import {fold, hanging} from '../../src/render/fold.ts';
import {widthOf} from '../../src/render/layout.ts';

const words = (text: string) => text.split(/\s+/).filter(Boolean);
const linesOf = (text: string) => text.trimEnd().split('\n');

describe('usage providers', () => {
  const whole = listProviders(false);

  it('leaves lines whole in a pipe', () => {
    expect(Math.max(...linesOf(whole).map(widthOf))).toBeGreaterThan(170);
    expect(whole).toContain('  costs                      costs by project, line-item, api-key; each day\n');
  });

  it('breaks no word on a terminal of 80 columns, and hangs what goes on below its beginning', () => {
    const text = listProviders(false, 80);
    expect(Math.max(...linesOf(text).map(widthOf))).toBeLessThanOrEqual(80);
    expect(words(text)).toEqual(words(whole));
    expect(text).toContain(
      [
        '  completions                by project, user, api-key, model, batch,',
        '                             service-tier; each minute, hour, day',
        '',
      ].join('\n'),
    );
    expect(text).toContain(
      [
        '  · Costs are US dollars by UTC day, and are what the invoice is made of; they',
        '    come hours, at times a day, later than usage.',
        '',
      ].join('\n'),
    );
  });

  it.each([30, 40, 60, 120])('is no wider than %d columns and loses nothing', width => {
    const text = listProviders(false, width);
    expect(Math.max(...linesOf(text).map(widthOf))).toBeLessThanOrEqual(width);
    expect(text.replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
  });
});

test('no line is wider than asked, and no character is lost, whatever the text', () => {
  const text = fc.string({unit: fc.constantFrom('a', 'b', ' ', '漢', '👩‍🚀', 'é'), maxLength: 200});
  fc.assert(
    fc.property(
      text,
      fc.integer({min: 10, max: 90}),
      fc.integer({min: 0, max: 5}),
      (given, width, indent) => {
        const label = 'l'.repeat(indent);
        const lines = hanging(label, indent, given, width);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe((label + given).replace(/\s/g, ''));
      },
    ),
  );
});

test('a word that is wider than a line goes on in the next', () => {
  expect(fold('see https://example.com/a/path now', 10)).toEqual([
    'see',
    'https://ex',
    'ample.com/',
    'a/path',
    'now',
  ]);
});
