// Figures as lines of the one table that is printed.

/** A time against another one; `value` is the ratio of the medians, the range is in milliseconds. */
export function ratio(taken, base, name) {
  const value = taken.median / base.median;
  return {value, text: `${value.toFixed(2)} × ${name}`, range: milliseconds(taken)};
}

export const milliseconds = ({median, min, max}) =>
  `${median.toFixed(0)} ms (${min.toFixed(0)}–${max.toFixed(0)})`;

/** Whether a line meets its goal: at most that much, or with `atLeast` no less. */
function verdict({value, goal, atLeast}) {
  if (goal === undefined || value === undefined) return '';
  return (atLeast ? value >= goal : value <= goal) ? 'met' : '**missed**';
}

const HEAD = ['what', 'measured', 'goal', '', 'beside it, in the same run', 'median (min–max)'];

const cellsOf = line => [
  line.what,
  line.text,
  line.goal === undefined ? '' : `${line.atLeast ? '≥' : '≤'} ${line.goalText ?? line.goal}`,
  verdict(line),
  line.floor ?? '',
  line.range ?? '',
];

/** The table as the README has it. */
export const markdown = lines =>
  [HEAD, HEAD.map((_, column) => (column === 2 ? '---:' : '---')), ...lines.map(cellsOf)]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');

/** The same for a terminal: two lines each, since what stands beside a figure is long. */
export const plain = lines =>
  lines
    .map(line => {
      const [what, text, goal, met, floor, range] = cellsOf(line).map(cell => cell.replace(/[`*]/g, ''));
      const first = [what, text, goal && `goal ${goal}`, met, range].filter(Boolean).join('   ');
      return floor ? `${first}\n    beside it: ${floor}` : first;
    })
    .join('\n');
