import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {ROOT, shell, usage} from './usage.ts';

const GOLDEN = join(ROOT, 'fixtures/golden/projects');
const VIEWS = {
  projects: ['projects', '--demo'],
  'project-openai': ['projects', 'show', 'openai/Atlas Search', '--demo'],
  'project-ionq': ['projects', 'show', 'ionq/Catalyst Screening', '--demo', '--top', '5'],
  'project-miosa': ['projects', 'show', 'miosa/notebooks', '--demo'],
} as const;

// In a pipe and in the other formats the views are looked at in test/cli/projects; colours need a process of their own.
describe.each(Object.entries(VIEWS))('%s of the demo', (name, args) => {
  test.each([60, 80, 120])('on a terminal of %i columns', async width => {
    const {exitCode, stdout} = await usage(args, {COLUMNS: String(width), FORCE_COLOR: '1'});
    expect(exitCode).toBe(0);
    expect(stdout).toContain('\u001b[1m');
    await expect(stdout).toMatchFileSnapshot(join(GOLDEN, `${name}-${width}.terminal`));
  });
});

test.each([
  ['projects-80.table', VIEWS.projects],
  ['project-ionq.json', [...VIEWS['project-ionq'], '--json']],
])('the shipped command writes %s', async (golden, args) => {
  const {exitCode, stdout} = await usage(args, {COLUMNS: '80'});
  expect(exitCode).toBe(0);
  expect(stdout).toBe(await readFile(join(GOLDEN, golden), 'utf8'));
});

test('the list comes to the same totals as the costs, to the last digit', async () => {
  const totals = async (...args: string[]) => {
    const {stdout} = await usage([...args, '--demo', '--json']);
    return /^ {2}"totals": \[.*?^ {2}\]/ms.exec(stdout)?.[0];
  };
  for (const period of ['mtd', 'last-month', '7d']) {
    const costs = await totals('costs', '--period', period);
    expect(costs).toMatch(/"cost": \d/);
    expect(await totals('projects', '--period', period)).toBe(costs);
  }
});

test('a reader that goes away is no error', async () => {
  const {exitCode, stdout, stderr} = await shell('usage projects --demo --quiet | head -1');
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
  expect(stdout).toMatch(/^Projects · /);
});

test('an unknown project is exit 2 and nothing on stdout, as JSON too', async () => {
  const {exitCode, stdout, stderr} = await usage([
    'projects',
    'show',
    'openai/Atlas Saerch',
    '--demo',
    '--json',
  ]);
  expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''});
  expect(JSON.parse(stderr).error).toMatchObject({
    code: 'input',
    hint: expect.stringContaining('Atlas Search'),
  });
});
