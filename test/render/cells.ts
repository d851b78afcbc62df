import fc from 'fast-check';
import {instant} from '../../src/core/instant.ts';
import {decimal} from '../../src/core/money.ts';
import type {Cell} from '../../src/core/report.ts';

// Any cell there can be, for properties.

const decimals = fc
  .tuple(fc.bigInt({min: -(10n ** 40n), max: 10n ** 40n}), fc.integer({min: 0, max: 40}))
  .map(([digits, places]) => decimal(`${digits}e-${places}`));

/** Text as it comes from outside: ordinary, arbitrary code points, and what breaks formats. */
export const outsideText = fc.oneof(
  fc.string({unit: 'grapheme'}),
  fc.string({unit: 'binary'}),
  fc
    .array(
      fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        '"',
        "'",
        ',',
        '|',
        '\\',
        '\u0000',
        '\u009b',
        '1',
        'a',
        '\u2028',
      ),
    )
    .map(parts => parts.join('')),
  fc.constantFrom('__proto__', 'constructor', 'null', 'NaN', '1e5', '(other)'),
);

const metrics = fc.dictionary(outsideText, decimals, {maxKeys: 3});

export const cells: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant<Cell>({type: 'none'}),
  fc.record({type: fc.constant('text' as const), value: fc.option(outsideText)}),
  fc.record({type: fc.constant('money' as const), amount: decimals, currency: fc.constantFrom('USD', 'EUR')}),
  fc.record({type: fc.constant('quantity' as const), value: decimals, unit: fc.constantFrom('tokens', 'x')}),
  fc.record({
    type: fc.constantFrom('share' as const, 'change' as const, 'percent' as const, 'bar' as const),
    value: decimals,
  }),
  fc.record({type: fc.constant('bound' as const), amount: decimals, currency: fc.constantFrom('USD', 'EUR')}),
  fc.record({
    type: fc.constant('state' as const),
    value: fc.constantFrom('ok', 'not_begun'),
    level: fc.constantFrom('good' as const, 'fair' as const, 'bad' as const, 'none' as const),
  }),
  fc.record({type: fc.constant('flag' as const), value: fc.boolean()}),
  fc.record({
    type: fc.constant('instant' as const),
    value: fc.integer({min: 0, max: 4_000_000_000_000}).map(instant),
    date: fc.boolean(),
  }),
  fc.record({type: fc.constant('series' as const), values: fc.array(fc.option(decimals), {maxLength: 40})}),
  fc.record({
    type: fc.constant('quantities' as const),
    values: fc.dictionary(outsideText, metrics, {maxKeys: 3}),
    summary: outsideText.map(summary => () => summary),
  }),
);
