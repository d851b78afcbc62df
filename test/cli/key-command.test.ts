import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, vi} from 'vitest';
import {runKeyCommand} from '../../src/cli/key-command.ts';
import {CredentialError, InterruptedError} from '../../src/core/errors.ts';
import {answered, temporary, usage} from '../support/context.ts';
import {ALL, SECRETS, startProviders} from '../support/providers.ts';

let directory: string;
let folder: string;
beforeEach(async () => {
  folder = await temporary();
  directory = join(folder, 'config');
});

const env = {PATH: process.env.PATH};
/** A program that does what a test needs, under a path with a space in it. */
async function program(code: string): Promise<string> {
  const path = join(folder, 'my key.mjs');
  await writeFile(path, code);
  return `"${process.execPath}" "${path}"`;
}
const run = async (line: string, timeout = 20_000, signal = new AbortController().signal) =>
  runKeyCommand(
    {account: 'work', provider: 'acme', line},
    {env, signal, platform: process.platform},
    timeout,
  );
const failure = (outcome: Promise<unknown>) => outcome.catch((error: unknown) => error);

describe('a key command', () => {
  it('is run as it is, and what it prints is trimmed', async () => {
    const line = await program('console.log("\\n  " + process.argv[2] + "  \\n"); console.error("noise");');
    expect(await run(`${line} 'sk-$HOME;ls'`)).toBe('sk-$HOME;ls');
  });

  it('goes to a shell only behind "!"', async () => {
    expect(await run('!printf "sk-one\\nsk-two\\n" | head -n 1')).toBe('sk-one');
    const literal = await failure(run('printf sk-one | head'));
    expect(String(literal)).not.toContain('cannot be one: sk');
    expect(await run('printf %s sk-$HOME')).toBe('sk-$HOME');
  });

  it('has no stdin to wait for', async () => {
    const line = await program('process.stdin.on("end", () => console.log("sk-ended")).resume();');
    expect(await run(line)).toBe('sk-ended');
  });

  it.each([
    ['console.log("sk-HIDDEN"); console.error("sk-HIDDEN"); process.exit(7)', /failed: .* exited with 7$/],
    ['process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9e4)', /was ended by SIGTERM$/],
    ['', /gave nothing: .* printed no key$/],
    ['console.log("sk-HIDDEN\\nsk-HIDDEN")', /gave no key: what .* printed cannot be one$/],
    ['console.log("sk-HIDDEN é")', /cannot be one$/],
    ['console.log("sk-HIDDEN".repeat(10_000)); setTimeout(() => {}, 9e4)', /printed more than any key has$/],
  ])('that goes wrong (%s) says how, and nothing that it wrote', async (code, message) => {
    const error = await failure(run(await program(code)));
    expect(error).toBeInstanceOf(CredentialError);
    const {message: text, advice, exitCode} = error as CredentialError;
    expect(text).toMatch(/^the key command of account "work" /);
    expect(text).toMatch(message);
    expect(advice.hint).toBeTruthy();
    expect(exitCode).toBe(4);
    expect(JSON.stringify([text, advice])).not.toContain('HIDDEN');
  });

  it('that prints more than the key says what helps: a shell takes the first of several lines', async () => {
    const hint = async (line: string) => ((await failure(run(line))) as CredentialError).advice;
    expect(await hint('printf "sk-one\\nsk-two"')).toMatchObject({
      hint: expect.stringContaining('head -n 1'),
    });
    expect(await hint('printf "Bearer sk-one"')).toMatchObject({
      rule: expect.stringContaining('without "Bearer"'),
      hint: expect.stringMatching(/^run it yourself/),
    });
  });

  it('that does not exist is named, unless its name looks like a key', async () => {
    expect(String(await failure(run('no-such-program show')))).toContain('no-such-program was not found');
    const secret = 'sk-admin-0123456789abcdefghij';
    expect(String(await failure(run(secret)))).toMatch(/its program was not found$/);
  });

  it('that does not end is ended, and does not run on', async () => {
    const pid = join(folder, 'pid');
    const line = await program(
      `import {writeFileSync} from 'node:fs'; writeFileSync(${JSON.stringify(pid)}, String(process.pid)); setTimeout(() => {}, 9e4);`,
    );
    const interrupt = new AbortController();
    const outcome = failure(run(line, 20_000, interrupt.signal));
    await vi.waitFor(async () => expect(await readFile(pid, 'utf8')).toMatch(/^\d+$/), 10_000);
    interrupt.abort();
    await outcome;
    const running = Number(await readFile(pid, 'utf8'));
    await vi.waitFor(() => expect(() => process.kill(running, 0)).toThrow('ESRCH'), 5_000);
  });

  it('that takes too long is ended', async () => {
    const error = await failure(run(await program('setTimeout(() => {}, 9e4)'), 100));
    expect(String(error)).toContain('did not end within 0.1 s');
  });

  it('is ended by Ctrl-C', async () => {
    const interrupt = new AbortController();
    const outcome = failure(run(await program('setTimeout(() => {}, 9e4)'), 20_000, interrupt.signal));
    interrupt.abort();
    expect(await outcome).toBeInstanceOf(InterruptedError);
  });
});

describe('an account with a key command', () => {
  const urls = async () => {
    const {env: all} = await startProviders(ALL);
    return {
      ...env,
      ...Object.fromEntries(Object.entries(all).filter(([name]) => name.endsWith('_BASE_URL'))),
    };
  };
  /** Prints a key and keeps book of it. */
  const counted = (secret: string) =>
    program(
      `import {appendFileSync} from 'node:fs';
       appendFileSync(${JSON.stringify(join(folder, 'runs'))}, 'run\\n');
       console.log(Buffer.from('${Buffer.from(secret).toString('hex')}', 'hex').toString());`,
    );
  const runs = async () =>
    (await readFile(join(folder, 'runs'), 'utf8').catch(() => '')).split('\n').length - 1;

  it('is asked for its key once a run, and only if it is asked for figures', async () => {
    const world = await urls();
    const set = ['config', 'set', 'accounts.openai.key-command', await counted(SECRETS.openai)];
    expect(await usage(set, {env: world, directory})).toMatchObject({code: 0, stdout: ''});
    await usage('auth login miosa', {env: world, directory, stdin: SECRETS.miosa});
    expect(await runs()).toBe(0);

    await answered('costs --period 7d --provider miosa', {env: world, directory});
    expect((await usage('accounts list', {env: world, directory})).stdout).toMatch(
      /^openai +openai +key-command/m,
    );
    expect((await usage('auth status --offline', {env: world, directory})).code).toBe(0);
    expect(await runs()).toBe(0);

    const {sources} = await answered('report --group-by project --period 30d', {env: world, directory});
    expect(sources.map(({account, status}) => [account, status])).toEqual([
      ['openai', 'ok'],
      ['miosa', 'ok'],
    ]);
    expect(await runs()).toBe(1);
    expect(await readFile(join(directory, 'config.json'), 'utf8')).not.toContain(SECRETS.openai);
  });

  it('that fails fails alone', async () => {
    const world = await urls();
    await usage(['config', 'set', 'accounts.openai.key-command', 'no-such-program show'], {
      env: world,
      directory,
    });
    await usage('auth login miosa', {env: world, directory, stdin: SECRETS.miosa});
    const {code, stderr} = await usage('costs --period 7d', {env: world, directory});
    expect(code).toBe(6);
    expect(stderr).toMatch(
      /^missing: the key command of account "openai" failed: no-such-program was not found/m,
    );
    expect((await usage('costs --provider openai', {env: world, directory})).code).toBe(4);
  });

  it('is not run if others may write to config.json', async () => {
    const world = await urls();
    await usage(['config', 'set', 'accounts.openai.key-command', await counted(SECRETS.openai)], {
      env: world,
      directory,
    });
    const file = join(directory, 'config.json');
    await chmod(file, 0o666);
    const {code, stderr} = await usage('costs --period 7d', {env: world, directory});
    expect(code).toBe(4);
    expect(stderr).toContain(`was not run: other users of this machine may write to ${file}`);
    expect(stderr).toContain(`chmod 600 '${file}'`);
    expect(await runs()).toBe(0);

    await chmod(file, 0o600);
    await chmod(directory, 0o777);
    expect((await usage('costs --period 7d', {env: world, directory})).code).toBe(4);
    await chmod(directory, 0o1777);
    expect((await usage('costs --period 7d', {env: world, directory})).code).toBe(0);
    expect(await runs()).toBe(1);
  });

  it('is behind the environment, and before a stored key', async () => {
    const world = await urls();
    await usage('auth login openai', {env: world, directory, stdin: SECRETS.openai});
    const line = await counted('sk-admin-another-0123456789');
    const {stderr} = await usage(['config', 'set', 'accounts.openai.key-command', line], {
      env: world,
      directory,
    });
    expect(stderr).toMatch(
      /^note: the stored key is not used while there is a command; .*usage auth logout openai$/m,
    );
    expect((await usage('costs --period 7d', {env: world, directory})).code).toBe(4);
    const given = {...world, OPENAI_ADMIN_KEY: SECRETS.openai};
    expect((await usage('costs --period 7d', {env: given, directory})).code).toBe(0);
    expect(await runs()).toBe(1);
    // The key may be forgotten, and the account goes on.
    await mkdir(directory, {recursive: true});
    expect((await usage('auth logout openai', {env: world, directory})).code).toBe(0);
    expect(await readFile(join(directory, 'credentials.json'), 'utf8')).not.toContain(SECRETS.openai);
    expect((await usage('auth status --offline', {env: world, directory})).stdout).toMatch(
      /from key-command/,
    );
    const again = await usage('auth logout openai', {env: world, directory});
    expect(again.stderr).toMatch(/its key comes from a command; forget it: usage accounts remove openai/);
  });

  it('gives way to a key that is stored later', async () => {
    const world = await urls();
    await usage(['config', 'set', 'accounts.openai.key-command', 'no-such-program'], {env: world, directory});
    const login = await usage('auth login openai', {env: world, directory, stdin: SECRETS.openai});
    expect(login.stderr).toMatch(/^the key command that it had is not used any more$/m);
    expect((await usage('costs --period 7d', {env: world, directory})).code).toBe(0);
  });
});
