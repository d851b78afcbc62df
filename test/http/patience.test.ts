import {describe, expect, it} from 'vitest';
import {instant} from '../../src/core/instant.ts';
import {Patience} from '../../src/http/patience.ts';
import {NOW} from '../support/session.ts';

const at = (seconds: number) => instant(NOW + seconds * 1_000);
const made = (width = 8, timeout = 30_000) => new Patience(width, timeout, at(0));

describe('Patience', () => {
  it('ends 45 s after the last good answer', () => {
    const patience = made();
    expect(patience.spend(at(44), 500)).toBe(true);
    expect(patience.spend(at(45), 0)).toBe(false);
    patience.answered(at(45));
    expect(patience.spend(at(89), 500)).toBe(true);
    expect(patience.spend(at(89), 1_500)).toBe(false);
  });

  it('leaves a second try what is left, and no try less than five seconds', () => {
    expect(made().left(at(0))).toBe(45_000);
    expect(made().left(at(30))).toBe(15_000);
    expect(made().left(at(44))).toBe(5_000);
    expect(made(8, 120_000).left(at(0))).toBe(125_000);
  });

  it('grants four retries for each request in flight, and half a one for a good answer', () => {
    const patience = made(8);
    const spend = () => patience.spend(at(1), 100);
    for (let count = 0; count < 32; count++) expect(spend()).toBe(true);
    expect(spend()).toBe(false);
    patience.answered(at(1));
    expect(spend()).toBe(false);
    patience.answered(at(1));
    expect(spend()).toBe(true);
    expect(spend()).toBe(false);
  });

  it('grants ten to a single file', () => {
    const patience = made(1);
    expect(Array.from({length: 12}, () => patience.spend(at(1), 1)).filter(Boolean)).toHaveLength(10);
  });

  it('does not count the waits that are asked for, up to a minute between good answers', () => {
    const patience = made();
    expect(patience.spend(at(1), 40_000, 40_000)).toBe(true);
    expect(patience.spend(at(1), 40_000, 40_000)).toBe(true); // the same pause
    expect(patience.spend(at(80), 500)).toBe(true);
    expect(patience.spend(at(80), 30_000, 30_000)).toBe(false);
    patience.answered(at(81));
    expect(patience.spend(at(81), 30_000, 30_000)).toBe(true);
  });
});
