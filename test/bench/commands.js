// The commands that are timed, and how to see that each did its work.

const NODE = process.execPath;
const USAGE = [NODE, 'bin/usage.js'];

const isHelp = ({stdout}) => stdout.startsWith('Usage: usage');
const isTable = ({stdout}) => stdout.includes('Total') && stdout.includes('\u001b[');

function isReport({stdout}) {
  const {sources, totals} = JSON.parse(stdout);
  return sources.length === 3 && sources.every(({status}) => status === 'ok') && totals.length > 1;
}

/** In a terminal made by `script` of util-linux; undefined where there is none. */
const inTerminal = words => ['script', '-qec', words.map(word => `'${word}'`).join(' '), '/dev/null'];

/**
 * @param env what the tool needs to ask all three providers; `slow` the same with answers held back by `delay`
 * @param hasTerminal whether `script` is there
 */
export function commands({fast, slow, hasTerminal}) {
  const report = [...USAGE, 'report', '--group-by', 'project'];
  const year = [...USAGE, 'costs', '--period', '2026', '--json'];
  const tables = [
    {name: 'node -e 0 in a terminal', run: inTerminal([NODE, '-e', '0']), env: fast, works: () => true},
    {name: 'report as a table', run: inTerminal(report), env: fast, works: isTable},
  ];
  return [
    {name: 'node -e 0', run: [NODE, '-e', '0'], env: fast, works: () => true},
    {
      name: '--version',
      run: [...USAGE, '--version'],
      env: fast,
      works: ({stdout}) => /^\d+\.\d/.test(stdout),
    },
    {name: '--help', run: [...USAGE, '--help'], env: fast, works: isHelp},
    {name: 'report as JSON', run: [...report, '--json'], env: fast, works: isReport},
    ...(hasTerminal ? tables : []),
    {name: 'year of costs', run: year, env: fast, works: isReport},
    {name: 'year of costs, slow', run: year, env: slow, works: isReport},
  ];
}
