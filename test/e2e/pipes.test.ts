import {describe, expect, test} from 'vitest';
import {shell} from './usage.ts';

/** More than any pipe holds, so that whoever leaves early is noticed. */
const LARGE = 'costs --demo --quiet --period 10d --bucket day --group-by project,line-item';

describe.each(['table', 'csv', 'tsv', 'json', 'ndjson', 'markdown'])('%s', format => {
  test('| head -1 is exit 0 and silent', async () => {
    const {stdout, stderr} = await shell(
      `usage ${LARGE} --format ${format} | head -1; echo "\${PIPESTATUS[*]}"`,
    );
    const [first = '', statuses] = stdout.split('\n');
    expect({statuses, stderr}).toEqual({statuses: '0 0', stderr: ''});
    expect(first.length).toBeGreaterThan(0);
  });
});

test('that answer is indeed larger than a pipe', async () => {
  const {stdout} = await shell(`usage ${LARGE} --csv | wc -c`);
  expect(Number(stdout)).toBeGreaterThan(150_000);
});

test.each([
  ['stderr is closed', 'usage costs --demo --csv 2>&- | wc -l', /^ *[1-9]\d*\n$/],
  ['stdout is closed', 'usage costs --demo --csv --quiet >&-', /^$/],
  ['stdin is closed', 'usage costs --demo --csv <&- | wc -l', /^ *[1-9]\d*\n$/],
  ['help is cut', 'usage report --help | head -1', /^Usage: usage report/],
  ['the list of providers is cut', 'usage providers --json | head -1', /^\{\n$/],
  ['an --output is cut', 'usage costs --demo --csv --quiet --output /dev/stdout | head -c 1 >&2', /^$/],
  ['nobody reads at all', 'usage costs --demo --csv | true', /^$/],
])('exit 0 when %s', async (_what, line, shown) => {
  const {exitCode, stdout} = await shell(line);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(shown);
});

test('an error is still an error when stderr is closed', async () => {
  expect(await shell('usage costs --period never 2>&-')).toEqual({exitCode: 2, stdout: '', stderr: ''});
});

test('a reader of stderr who leaves does not spoil the answer', async () => {
  const whole = await shell('usage costs --demo --json');
  const {exitCode, stdout} = await shell('usage costs --demo --json --debug 2> >(exec true)');
  expect({exitCode, stdout}).toEqual({exitCode: 0, stdout: whole.stdout});
});

test('a full disk behind stdout is exit 3, not a short answer with exit 0', async () => {
  const {exitCode, stderr} = await shell('usage costs --demo --csv --quiet > /dev/full');
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/^error: .*\n/);
});
