import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {demoEnv} from './providers.ts';
import {BIN, cleanEnv, type Ran, start} from './usage.ts';

/** Somebody with an account of each provider, who types what a text says. */
export interface Person {
  /** Runs a line of bash in a folder and with a store of their own, which stay from line to line. */
  types(line: string): Promise<Ran>;
  leave(): Promise<void>;
}

export async function makePerson(name: string): Promise<Person> {
  const folder = await mkdtemp(join(tmpdir(), `usage-${name}-`));
  const shim = async (path: string, script: string) => {
    const file = join(folder, path);
    await mkdir(dirname(file), {recursive: true});
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  };
  await shim('first/usage', `exec "${process.execPath}" "${BIN}" "$@"`);
  await shim('first/pass', 'printf %s "$KEY"');
  await shim('first/nano', 'test -f "$1"');
  // Where there is no jq: takes JSON, one document or one a line, and nothing else.
  const check =
    'const t = require("fs").readFileSync(0, "utf8"); try {JSON.parse(t)} catch {t.trim().split("\\n").map(JSON.parse)}';
  await shim('last/jq', `exec "${process.execPath}" -e '${check}'`);
  return {
    async types(line) {
      const accounts = await demoEnv();
      // What `pass` prints where no provider is named is the key of the first, for which the examples ask it.
      const id = /(?:auth login|--provider) (\w+)/.exec(line)?.[1]?.toUpperCase() ?? '';
      const key =
        Object.entries(accounts).find(
          ([variable]) => variable.startsWith(id) && variable.endsWith('KEY'),
        )?.[1] ?? '';
      const env = await cleanEnv({
        ...accounts,
        KEY: key,
        EDITOR: 'nano',
        USAGE_CONFIG_DIR: join(folder, 'config'),
        PATH: [join(folder, 'first'), process.env.PATH, join(folder, 'last')].join(delimiter),
      });
      const script = `cd "${folder}"; set -o pipefail; ${line}`;
      const {exitCode, stdout, stderr} = await start('bash', ['-c', script], env, key);
      return {exitCode, stdout, stderr};
    },
    leave: () => rm(folder, {recursive: true, force: true}),
  };
}
