import {approximate, type Decimal} from '../core/money.ts';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const NOTHING = '·';

type Point = number | null;

/**
 * A line of bars from zero to the largest value, one a point; `·` where nothing was reported. Negative values lie on
 * the floor. A series of more than `points` values is averaged down to so many. Only a picture: no figure is read off.
 */
export function sparkline(values: readonly (Decimal | null)[], points: number): string {
  const drawn = averaged(
    values.map(value => (value === null ? null : approximate(value))),
    points,
  );
  const top = Math.max(0, ...drawn.map(value => value ?? 0));
  return drawn.map(value => (value === null ? NOTHING : bar(value, top))).join('');
}

function bar(value: number, top: number): string {
  // Zero alone is the lowest bar beside larger ones; the rest of the scale is cut evenly.
  const level = value <= 0 || top === 0 ? 0 : Math.max(1, Math.ceil((value / top) * (BARS.length - 1)));
  return BARS[level] ?? BARS[0];
}

function averaged(values: readonly Point[], points: number): readonly Point[] {
  if (values.length <= points) return values;
  const edge = (point: number): number => Math.floor((point * values.length) / points);
  return Array.from({length: points}, (_, point) => mean(values.slice(edge(point), edge(point + 1))));
}

function mean(values: readonly Point[]): Point {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
