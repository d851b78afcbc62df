import {mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {temporary, usage} from '../support/context.ts';

let folder: string;
let directory: string;
beforeEach(async () => {
  folder = await temporary();
  directory = join(folder, 'config');
});
const file = () => join(directory, 'config.json');

/** An editor that a person is: a program that gets the path of the copy. */
async function editor(code: string): Promise<string> {
  const path = join(folder, 'my editor.mjs');
  await writeFile(
    path,
    `import {readFileSync, writeFileSync} from 'node:fs';
     const path = process.argv.at(-1);
     const text = readFileSync(path, 'utf8');
     const write = next => writeFileSync(path, typeof next === 'string' ? next : JSON.stringify(next));
     ${code}`,
  );
  return `"${process.execPath}" "${path}" --wait`;
}
const edit = async (code: string, ...words: string[]) => {
  const env = {PATH: process.env.PATH, EDITOR: 'no-such-editor', VISUAL: await editor(code), TMPDIR: folder};
  return usage(['config', 'edit', ...words], {directory, env});
};
/** Where the text is that was refused. */
const keptIn = (stderr: string) => /--resume (.*)$/m.exec(stderr)?.[1] ?? '';

describe('config edit', () => {
  it('puts what was written in place', async () => {
    await usage('config set period 7d', {directory});
    const {code, stdout, stderr} = await edit(
      'const json = JSON.parse(text); json.defaults.format = "csv"; json.rates = {EUR: "1.10"}; write(json);',
    );
    expect({code, stdout, stderr}).toEqual({code: 0, stdout: '', stderr: `changed ${file()}\n`});
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({
      version: 1,
      accounts: {},
      defaults: {period: '7d', format: 'csv'},
      rates: {EUR: '1.1'},
    });
  });

  it('takes the name of its schema, and keeps it', async () => {
    const $schema = 'https://example.com/config.schema.json';
    expect((await edit(`write({$schema: '${$schema}', version: 1})`)).code).toBe(0);
    expect((await usage('config set period 7d', {directory})).code).toBe(0);
    const written = JSON.parse(await readFile(file(), 'utf8'));
    expect(written).toMatchObject({$schema, defaults: {period: '7d'}});
  });

  it('does not say that something is kept which the editor took away', async () => {
    const {code, stderr} = await edit("(await import('node:fs')).unlinkSync(path);");
    expect([code, stderr]).toEqual([2, 'error: the editor left no file; nothing was changed\n']);
    expect(await readdir(folder)).toEqual(['my editor.mjs']);
  });

  it('begins with something to fill in where there is nothing, and makes nothing of it by itself', async () => {
    const untouched = await edit('if (!/"defaults"/.test(text)) process.exit(1);');
    expect(untouched).toEqual({code: 0, stdout: '', stderr: 'nothing was changed\n'});
    expect(await readdir(folder)).toEqual(['my editor.mjs']);
    expect((await edit('write("  \\n");')).stderr).toBe('nothing was changed\n');
  });

  it.each<[string, string, RegExp]>([
    [
      'text that is no JSON',
      'write(text.replace("}", ""))',
      /^error: it is no JSON( \(line \d+ column \d+\))?$/m,
    ],
    [
      'an unknown key',
      'write({version: 1, defualts: {}})',
      /^error: there is no "defualts"\n {2}did you mean defaults\?$/m,
    ],
    [
      'an unknown default',
      'write({version: 1, defaults: {groupby: ["x"]}})',
      /there is no "groupby" in defaults\n {2}did you mean groupBy\?/,
    ],
    [
      'a number that is none',
      'write({version: 1, defaults: {billingCycleDay: 40}})',
      /defaults\.billingCycleDay is not as it must be\n {2}valid: a whole number from 1 to 31/,
    ],
    ['a rate as a number', 'write({version: 1, rates: {EUR: 1.1}})', /rates\.EUR is not as it must be/],
    ['a wrong period', 'write({version: 1, defaults: {period: "7days"}})', /"7days" is no period/],
    ['a wrong grouping', 'write({version: 1, defaults: {groupBy: ["modle"]}})', /did you mean model\?/],
    [
      'an account that there is not',
      'write({version: 1, accounts: {opnai: {baseUrl: "https://x.example"}}})',
      /accounts\.opnai is no account that there is\n {2}did you mean openai\?/,
    ],
    [
      'a setting that there is not',
      'write({version: 1, accounts: {openai: {settings: {organisation: "x"}}}})',
      /did you mean organization\?/,
    ],
    [
      'a key',
      'write({version: 1, accounts: {openai: {settings: {organization: "sk-admin-0123456789abcdefghij"}}}})',
      /looks like a key/,
    ],
    ['a key for a name', 'write({version: 1, "sk-admin-0123456789abcdefghij": 1})', /there is no "…"/],
  ])('refuses %s, and keeps it to go on with', async (_, code, message) => {
    await usage('config set period 30d', {directory});
    const before = await readFile(file(), 'utf8');
    const refused = await edit(code);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toMatch(message);
    expect(refused.stderr).not.toContain('0123456789');
    expect(await readFile(file(), 'utf8')).toBe(before);
    const kept = keptIn(refused.stderr);
    expect(await readFile(kept, 'utf8')).not.toBe('');
    const mended = await edit('write({version: 1, defaults: {period: "90d"}})', '--resume', kept);
    expect(mended.stderr).toBe(`changed ${file()}\n`);
    expect(JSON.parse(await readFile(file(), 'utf8')).defaults).toEqual({period: '90d'});
    expect(await readdir(dirname(kept))).toEqual([]);
  });

  it('mends a damaged file', async () => {
    await mkdir(directory, {mode: 0o700});
    await writeFile(file(), '{"version": 1, "defaults": {"period": "7d"', {mode: 0o600});
    expect((await edit('write(text + "}}")')).code).toBe(0);
    expect((await usage('config get period', {directory})).stdout).toBe('7d\n');
  });

  it('does not undo what another usage did meanwhile', async () => {
    await usage('config set period 30d', {directory});
    const other = JSON.stringify({version: 1, accounts: {}, defaults: {period: 'ytd'}});
    const {code, stderr} = await edit(
      `write({version: 1, defaults: {format: 'csv'}}); writeFileSync(${JSON.stringify(file())}, ${JSON.stringify(other)});`,
    );
    expect(code).toBe(2);
    expect(stderr).toContain('was changed by another usage meanwhile');
    expect(JSON.parse(await readFile(keptIn(stderr), 'utf8')).defaults).toEqual({format: 'csv'});
    expect(await readFile(file(), 'utf8')).toBe(other);
  });

  it.each([
    ['process.exit(3)', /the editor .* exited with 3; nothing was changed/],
    [
      'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9e4)',
      /was ended by SIGTERM; nothing was changed/,
    ],
  ])('changes nothing if the editor fails: %s', async (code, message) => {
    const {code: exit, stderr} = await edit(code);
    expect(exit).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('says so if there is no such editor', async () => {
    const env = {PATH: process.env.PATH, EDITOR: 'no-such-editor -w'};
    const {code, stderr} = await usage('config edit', {directory, env});
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: the editor no-such-editor was not found; nothing was changed\n {2}valid: VISUAL or EDITOR/,
    );
  });

  it('and if the text to go on with is gone', async () => {
    const {code, stderr} = await edit('', '--resume', join(folder, 'gone.json'));
    expect(code).toBe(3);
    expect(stderr).toMatch(/gone\.json cannot be read \(ENOENT\)/);
  });

  it('shows the copy to nobody else', async () => {
    const {stderr} = await edit('write("no JSON")');
    const kept = keptIn(stderr);
    expect(dirname(dirname(kept))).toBe(folder);
    expect([(await stat(kept)).mode & 0o777, (await stat(dirname(kept))).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
  });
});

it('config schema prints what config.json must be', async () => {
  const {code, stdout, stderr} = await usage('config schema', {directory});
  expect([code, stderr]).toEqual([0, '']);
  const schema = JSON.parse(stdout);
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(schema.properties.defaults.properties.format.enum).toContain('ndjson');
  expect(schema.properties.defaults.properties.groupBy.items.enum).toContain('api-key');
});
