import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {guideOf} from '../../src/cli/guide.ts';
import {makeProgram} from '../../src/cli/program.ts';
import {everyCommand, nameOf} from '../../src/cli/program-tree.ts';
import {findShell} from '../e2e/shells.ts';
import {cleanEnv, ROOT, start} from '../e2e/usage.ts';

const page = join(ROOT, 'man/usage.1');
const program = makeProgram('0.0.0');
const leaves = everyCommand(program).filter(({commands}) => commands.length === 0);

test('the manual has every command, flag and example', async () => {
  const text = (await readFile(page, 'utf8'))
    .replaceAll('\\-', '-')
    .replaceAll('\\e', '\\')
    .replaceAll('\\&', '');
  for (const command of leaves) {
    expect(text).toContain(`.SS usage ${nameOf(command, program)}\n`);
    for (const {flags, description} of command.options) {
      expect(text).toContain(`\\fB${flags}\\fR`);
      expect(text).toContain(description);
    }
    for (const example of guideOf(command)?.examples ?? []) expect(text).toContain(example);
  }
});

const groff = await findShell('groff');
const mandoc = await findShell('mandoc');
const man = await findShell('man');

test.skipIf(!groff)('groff sets it without a warning', async () => {
  const {exitCode, stdout, stderr} = await start(
    groff ?? '',
    ['-man', '-Tutf8', '-Kutf8', '-ww', page],
    await cleanEnv(),
  );
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
  expect(stdout).toContain('Keys are never taken from an argument');
});

test.skipIf(!mandoc)('mandoc finds nothing wrong', async () => {
  const {stdout} = await start(mandoc ?? '', ['-T', 'lint', '-W', 'error', page], await cleanEnv());
  expect(stdout).toBe('');
});

test.skipIf(!man)('man shows it', async () => {
  const {exitCode, stdout} = await start(
    man ?? '',
    ['-l', page],
    await cleanEnv({LANG: 'C.UTF-8', MANWIDTH: '80'}),
  );
  expect(exitCode).toBe(0);
  for (const command of leaves) expect(stdout).toContain(`usage ${nameOf(command, program)}`);
  expect(stdout).toMatch(/^EXIT STATUS$/m);
  expect(stdout).toContain('2026-11-01..2026-11-15');
});
