import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {temporary, usage} from '../../support/context.ts';

const GOLDEN = new URL('../../../fixtures/golden/projects/', import.meta.url);
const golden = (name: string) => new URL(name, GOLDEN).pathname;
const VIEWS = {
  projects: ['projects', '--demo'],
  'project-openai': ['projects', 'show', 'openai/Atlas Search', '--demo'],
  'project-ionq': ['projects', 'show', 'ionq/Catalyst Screening', '--demo', '--top', '5'],
  'project-miosa': ['projects', 'show', 'miosa/notebooks', '--demo'],
} as const;

describe.each(Object.entries(VIEWS))('%s of the demo', (name, args) => {
  test.each([60, 80, 120])('in a pipe of %i columns', async width => {
    const {code, stdout} = await usage(args, {env: {COLUMNS: String(width)}});
    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
    await expect(stdout).toMatchFileSnapshot(golden(`${name}-${width}.table`));
  });

  test.each(['csv', 'tsv', 'json', 'ndjson', 'markdown'])('as %s, on stdout and in a file', async format => {
    const file = join(await temporary(), 'answer');
    const {code, stdout} = await usage([...args, '--format', format]);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden(`${name}.${format}`));
    const written = await usage([...args, '--format', format, '--output', file]);
    expect({code: written.code, stdout: written.stdout}).toEqual({code: 0, stdout: ''});
    expect(await readFile(file, 'utf8')).toBe(stdout);
  });
});
