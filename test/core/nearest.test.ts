import {describe, expect, it} from 'vitest';
import {findNearest} from '../../src/core/nearest.ts';

describe('the nearest word', () => {
  it.each([
    ['cst', ['cost', 'currency'], 'cost'],
    ['csot', ['cost', 'currency'], 'cost'], // two letters that changed places are one slip
    ['inoq', ['openai', 'ionq'], 'ionq'],
    ['Alfa', ['Alpha', 'Beta'], 'Alpha'],
    ['dayly', ['minute', 'day', 'month'], 'day'],
    ['JSON', ['json'], 'json'],
    ['monthly', ['month', 'quarter'], 'month'],
    ['lastmonth', ['mtd', 'last-month'], 'last-month'],
    ['costs', ['costs', 'cost'], 'costs'],
  ])('%s among %j is %s', (given, valid, near) => expect(findNearest(given, valid)).toBe(near));

  it.each([
    ['foo', ['job', 'model', 'kind']],
    ['tcsh', ['bash', 'zsh', 'fish'].slice(0, 1)],
    ['tcsh', ['fish']],
    ['ab', ['cd']],
    ['a', ['b']],
    ['report', ['costs', 'usage']],
    ['quantum', ['account']],
    ['', ['a', 'ab']],
    ['x'.repeat(5_000), ['y'.repeat(4_999)]],
  ])('%s among %j is none', (given, valid) => expect(findNearest(given, valid)).toBeUndefined());
});
