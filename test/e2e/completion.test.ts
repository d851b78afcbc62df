import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openPty, type Pty} from './pty.ts';
import {findShell} from './shells.ts';
import {BIN, cleanEnv, type Env, start, tempFolder, usage} from './usage.ts';

/*
 * The scripts of `usage completion`, in the shells themselves, on a terminal, with the Tab key. bash is wherever these
 * tests run; zsh and fish are tested where there are any.
 */

const shells = {bash: await findShell('bash'), zsh: await findShell('zsh'), fish: await findShell('fish')};

const BOB = 'Bob\'s "place"';

/** What is typed before Tab, and the words that the shell has then. */
const CASES: readonly (readonly [typed: string, words: readonly string[]])[] = [
  ['usage rep', ['usage', 'report']],
  ['usage auth sta', ['usage', 'auth', 'status']],
  ['usage costs --group-by provider,pro', ['usage', 'costs', '--group-by', 'provider,project']],
  ['usage costs --format=mark', ['usage', 'costs', '--format=markdown']],
  ['usage costs --period last', ['usage', 'costs', '--period', 'last-month']],
  ['usage costs --sort cost:d', ['usage', 'costs', '--sort', 'cost:desc']],
  // Several fit and nothing is common to them: what was typed stays.
  ['usage costs --format=', ['usage', 'costs', '--format=']],
  ['usage costs --sort cost:', ['usage', 'costs', '--sort', 'cost:']],
  ['usage config set period last', ['usage', 'config', 'set', 'period', 'last-month']],
  ['usage costs --fields curr', ['usage', 'costs', '--fields', 'currency']],
  ['usage costs --project Al', ['usage', 'costs', '--project', 'Alpha & "Omega"']],
  ['usage schema auth st', ['usage', 'schema', 'auth', 'status']],
  // What is meant where flags follow a group at once.
  ['usage projects --state ar', ['usage', 'projects', '--state', 'archived']],
  ['usage focus --per', ['usage', 'focus', '--period']],
  ['usage --period=last', ['usage', '--period=last-month']],
  // Quotes that are open, and what a shell takes for more than text.
  ['usage costs --project "Üm', ['usage', 'costs', '--project', 'Ümläut Größe']],
  ['usage costs --project="Üm', ['usage', 'costs', '--project=Ümläut Größe']],
  ["usage costs --project='Üm", ['usage', 'costs', '--project=Ümläut Größe']],
  ['usage costs --project Beta\\ Two,Üm', ['usage', 'costs', '--project', 'Beta Two,Ümläut Größe']],
  ['usage costs --project "Beta Two,Üm', ['usage', 'costs', '--project', 'Beta Two,Ümläut Größe']],
  ['usage costs --project=Beta\\ T', ['usage', 'costs', '--project=Beta Two']],
  ['usage costs --project "Bo', ['usage', 'costs', '--project', BOB]],
  ["usage costs --project='Bo", ['usage', 'costs', `--project=${BOB}`]],
  ["usage costs --project 'Bob'\\''s", ['usage', 'costs', '--project', BOB]],
  ['usage costs --project \\[', ['usage', 'costs', '--project', '[x] y']],
  ['usage costs --project="~', ['usage', 'costs', '--project=~tilde x']],
  ['usage costs --project=Data:\\ r', ['usage', 'costs', '--project=Data: r\\aw $HOME']],
  ['usage costs --project "!b', ['usage', 'costs', '--project', '!bang x']],
  ['usage projects show openai/Üm', ['usage', 'projects', 'show', 'openai/Ümläut Größe']],
  // Files only where one is wanted; this is typed in the folder of the project.
  ['usage costs --output=biome.j', ['usage', 'costs', '--output=biome.json']],
  ['usage costs --source biome.j', ['usage', 'costs', '--source', 'biome.json']],
  ['usage focus import biome.j', ['usage', 'focus', 'import', 'biome.json']],
  ['usage budget set biome.j', ['usage', 'budget', 'set', 'biome.j']],
  ['u costs --format=mark', ['u', 'costs', '--format=markdown']],
];

/** All of them on the oldest Node, a few on the others: which one it is makes no difference to a shell. */
const TRIED = process.version.startsWith('v20.') ? CASES : CASES.slice(0, 6);

/** Somebody with `usage` on the path, and a store that knows a project. */
async function person(): Promise<Env> {
  const folder = await tempFolder();
  const config = join(folder, 'config');
  await mkdir(config, {mode: 0o700});
  const names = [
    'Alpha & "Omega"',
    'Ümläut Größe',
    'Beta Two',
    BOB,
    '[x] y',
    '~tilde x',
    'Data: r\\aw $HOME',
    '!bang x',
  ];
  const project = Object.fromEntries(names.map((name, index) => [`proj_${index}`, name]));
  await writeFile(join(config, 'names.json'), JSON.stringify({version: 1, names: {openai: {project}}}), {
    mode: 0o600,
  });
  const command = join(folder, 'usage');
  await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  await chmod(command, 0o755);
  return cleanEnv({
    PATH: [folder, process.env.PATH].join(delimiter),
    USAGE_CONFIG_DIR: config,
    TERM: 'xterm',
    LANG: 'C.UTF-8',
    PS1: '$ ',
  });
}

const COMMAND: {readonly [shell: string]: (path: string) => string} = {
  bash: path => `${path} --noprofile --norc -i`,
  zsh: path => `${path} -f -i`,
  fish: path => `${path} --no-config -i`,
};
const SETUP: {readonly [shell: string]: string} = {
  bash: 'PS1="ready> "; source <(usage completion bash); alias u=usage; complete -F _usage_completion u',
  zsh: 'PS1="ready> "; bindkey -e; autoload -U compinit; compinit -u -D; source <(usage completion zsh); alias u=usage',
  fish: 'function fish_prompt; echo "ready> "; end; bind \\ca beginning-of-line; bind \\ce end-of-line; usage completion fish | source; alias u=usage',
};

/** Completes a line with Tab, and has the shell say which words it came to. */
async function wordsAfterTab(pty: Pty, typed: string): Promise<string[]> {
  pty.send(`${typed}\t`);
  const begun = await pty.until(new RegExp(/[\p{L}-]*$/u.exec(typed)?.[0] ?? ''), pty.text().length);
  // The offer comes from another process; what it adds is seen when the line is printed.
  await new Promise(resolve => setTimeout(resolve, 700));
  pty.send(`\u0001printf '<%s>\\n' \u0005; printf 'E''ND\\n'\r`);
  const end = await pty.until(/END\r?\n[\s\S]*ready> /, begun);
  const plain = pty.text().slice(begun, end).replace(/\r+/g, '\r');
  return [...plain.matchAll(/(?:^|\r)<([^%].*)>\r?$/gm)].map(([, word = '']) => word);
}

describe.each(Object.entries(shells))('%s', (shell, path) => {
  test.skipIf(!path)('completes on a terminal with Tab', {timeout: 120_000}, async () => {
    const env = await person();
    const pty = openPty(COMMAND[shell]?.(path ?? '') ?? '', env);
    pty.send(`${SETUP[shell]}; printf 'REA''DY\\n'\r`);
    await pty.until(/READY\r?\n[\s\S]*ready> /);
    for (const [typed, words] of TRIED) expect(await wordsAfterTab(pty, typed)).toEqual(words);
    pty.send('exit\r');
    expect(await pty.ended).toBe(0);
  });

  test.skipIf(!path)('takes the script without a word', async () => {
    const {stdout} = await usage(['completion', shell]);
    const script = join(await tempFolder(), 'script');
    await writeFile(script, stdout);
    const ran = await start(path ?? '', ['-n', script], await person());
    expect({exitCode: ran.exitCode, out: ran.stdout, err: ran.stderr}).toEqual({
      exitCode: 0,
      out: '',
      err: '',
    });
  });
});
