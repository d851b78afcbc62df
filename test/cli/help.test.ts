import {describe, expect, it} from 'vitest';
import {usage} from '../support/context.ts';

describe('usage help', () => {
  it.each([
    ['help projects show', 'projects show --help'],
    ['help focus export', 'focus export --help'],
    ['help report', 'report --help'],
    ['help projects', 'projects --help'],
    ['help report --help', 'report --help'],
    ['projects help show', 'projects show --help'],
    ['auth help', 'auth --help'],
    ['help help', 'help'],
    ['help --help', 'help'],
    ['help help projects list', 'projects list --help'],
  ])('%s is %s', async (asked, same) => {
    const {code, stdout, stderr} = await usage(asked);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: usage /);
    expect(stdout).toBe((await usage(same)).stdout);
  });

  it.each([
    ['help nope', /"nope" is neither a command nor a topic\n {2}valid: report, .*periods/],
    ['help nope show', /"nope" is neither a command nor a topic/],
    [
      'help projects shw',
      /"shw" is no command of usage projects\n {2}did you mean show\?\n {2}valid: list, show/,
    ],
    ['projects help shw', /"shw" is no command of usage projects\n {2}did you mean show\?/],
    ['help costs more', /"more" is no command of usage costs\n {2}see: usage costs --help/],
    ['help periods more', /"more" is no part of a topic/],
    ['help --nope', /--nope is no flag of usage help/],
    ['help __proto__', /"__proto__" is neither/],
  ])('%s is wrong input', async (asked, says) => {
    const {code, stdout, stderr} = await usage(asked);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
  });

  it.each(['report --help', 'help budget', '--help', 'budget set -h'])(
    '%s is as wide as COLUMNS says, else as the terminal, and at most 80',
    async line => {
      const widest = (text: string) => Math.max(...text.split('\n').map(({length}) => length));
      const page = (await usage(line)).stdout;
      expect(widest(page)).toBeGreaterThan(70);
      expect(widest(page)).toBeLessThanOrEqual(80);
      const {stdout: narrow} = await usage(line, {columns: 50});
      expect(widest(narrow)).toBeLessThanOrEqual(50);
      expect((await usage(line, {columns: 200, env: {COLUMNS: '50'}})).stdout).toBe(narrow);
      expect((await usage(line, {columns: 200})).stdout).toBe(page);
    },
  );
});

describe('a group without the name of a command', () => {
  it.each([
    ['projects --period nope', /"nope" is no period/],
    ['focus --period nope', /"nope" is no period/],
    ['budget --format nope', /--format "nope" is not known/],
    ['budget lst', /"lst" is no command of usage budget\n {2}did you mean list\?/],
    ['projects lst', /"lst" is no command of usage projects\n {2}did you mean list\?/],
    ['accounts lst', /"lst" is no command of usage accounts\n {2}did you mean list\?/],
    ['budget list more', /usage budget list takes no further words/],
  ])('usage %s', async (line, says) => {
    const {code, stderr} = await usage(line);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
  });
});
