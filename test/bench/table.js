// Figures beside their goals, as a table of text.

const MB = 1_000_000;
const NOT_MEASURED = {figure: undefined, shown: 'not measured', range: ''};

/** One line for each goal. A goal that is undefined is a figure for information. */
export function goals({times, memory, focus, packed, delay}) {
  const ratio = (name, base) => {
    const [taken, alone] = [times.get(name), times.get(base)];
    if (!taken || !alone) return NOT_MEASURED;
    const figure = taken.median / alone.median;
    return {figure, shown: `${figure.toFixed(2)} × node`, range: milliseconds(taken)};
  };
  const [groups, rows] = memory;
  const inMemory = ({bytes, took}) => ({
    figure: bytes / MB,
    shown: `${(bytes / MB).toFixed(0)} MB`,
    range: `in ${(took / 1_000).toFixed(1)} s`,
  });
  return [
    {name: 'node -e 0', ...ratio('node -e 0', 'node -e 0')},
    {name: '--version', ...ratio('--version', 'node -e 0'), goal: 1.25},
    {name: '--help', ...ratio('--help', 'node -e 0'), goal: 1.25},
    {name: 'report of three providers, JSON', ...ratio('report as JSON', 'node -e 0'), goal: 2.2},
    {
      name: 'the same as a table, in a terminal',
      ...ratio('report as a table', 'node -e 0 in a terminal'),
      goal: 4,
    },
    {name: `year of costs, ${delay} ms an answer`, ...roundTrips(times, delay), goal: 3},
    {name: groups.name, ...inMemory(groups), goal: 250},
    {name: rows.name, ...inMemory(rows)},
    ...focusGoals(focus),
    {
      name: 'package, packed',
      figure: packed / MB,
      shown: `${(packed / MB).toFixed(2)} MB`,
      range: '',
      goal: 3,
    },
  ];
}

const MILLION = 1_000_000;

/** Rates are shown as rows a second; the goal of 100,000 is one of 10 seconds. */
function focusGoals({out, fastest, read}) {
  const seconds = ({took}) => took / 1_000;
  const rate = ran => `${(MILLION / seconds(ran) / 1_000).toFixed(0)}k rows/s`;
  const range = ran => `in ${seconds(ran).toFixed(1)} s, ${(ran.bytes / MB).toFixed(0)} MB at the peak`;
  return [
    {
      name: 'a million charges to FOCUS, s',
      figure: seconds(out),
      shown: rate(out),
      range: range(out),
      goal: 10,
    },
    {name: 'a FOCUS file of a million rows, fastest reader', shown: rate(fastest), range: range(fastest)},
    {
      name: 'the same by service, × that reader',
      figure: read.took / fastest.took,
      shown: `${(read.took / fastest.took).toFixed(2)} × reader`,
      range: range(read),
      goal: 3,
    },
  ];
}

/** What waiting adds to the same command without waiting. */
function roundTrips(times, delay) {
  const slow = times.get('year of costs, slow');
  const figure = (slow.median - times.get('year of costs').median) / delay;
  return {figure, shown: `${figure.toFixed(1)} round trips`, range: milliseconds(slow)};
}

const milliseconds = ({median, min, max}) =>
  `${median.toFixed(0)} ms (${min.toFixed(0)} to ${max.toFixed(0)})`;

export function printTable(lines) {
  const cells = lines.map(({name, shown, range, figure, goal}) => [
    name,
    shown,
    goal === undefined ? '' : `≤ ${goal}`,
    goal === undefined || figure === undefined ? '' : figure <= goal ? 'met' : 'MISSED',
    range,
  ]);
  const rows = [['what', 'measured', 'goal', '', 'median (min to max)'], ...cells];
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
