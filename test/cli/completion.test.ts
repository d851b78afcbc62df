import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {defaultOf} from '../../src/cli/completion/default-command.ts';
import {quoted, shellWords} from '../../src/cli/completion/shell-words.ts';
import {makeProgram} from '../../src/cli/program.ts';
import {everyCommand} from '../../src/cli/program-tree.ts';
import {contextOf, temporary, usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';

/** What fish is offered behind these words; the last one is being typed. */
async function offered(words: readonly string[], directory?: string, env = {}, code = 0): Promise<string[]> {
  const {
    code: came,
    stdout,
    stderr,
  } = await usage(['__complete', 'fish', ...words], {
    env,
    ...(directory === undefined ? {} : {directory}),
  });
  expect([came, stderr]).toEqual([code, '']);
  return stdout.split('\n').slice(0, -1);
}

const values = async (words: readonly string[], directory?: string, env = {}): Promise<string[]> =>
  (await offered(words, directory, env)).map(line => line.split('\t')[0] ?? '');

describe('what is offered', () => {
  it.each<[readonly string[], readonly string[]]>([
    [
      [''],
      [
        'report',
        'costs',
        'usage',
        'projects',
        'budget',
        'focus',
        'providers',
        'auth',
        'accounts',
        'doctor',
        'config',
        'schema',
        'completion',
        'help',
      ],
    ],
    [['re'], ['report']],
    [['nonsense', ''], []],
    [
      ['auth', ''],
      ['login', 'status', 'logout'],
    ],
    [
      ['auth', 'log'],
      ['login', 'logout'],
    ],
    [
      ['auth', 'login', ''],
      ['openai', 'ionq', 'miosa'],
    ],
    [['auth', 'login', 'openai', ''], []],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [
      ['schema', 'a'],
      ['auth', 'accounts'],
    ],
    [
      ['accounts', ''],
      ['list', 'add', 'rename', 'remove'],
    ],
    [
      ['config', ''],
      ['get', 'set', 'unset', 'list', 'path', 'edit', 'schema'],
    ],
    [
      ['projects', ''],
      ['list', 'show'],
    ],
    [['projects', 'list', '--state', 'ar'], ['archived']],
    [['projects', 'list', '--state', 'active,ar'], ['active,archived']],
    [
      ['projects', 'list', '--fields', 'project'],
      ['project_id', 'project_name'],
    ],
    [
      ['projects', 'list', '--sort', 'used:'],
      ['used:asc', 'used:desc'],
    ],
    [
      ['doctor', '--provider', 'openai,'],
      ['openai,ionq', 'openai,miosa'],
    ],
    [
      ['config', 'set', 'defaults.c'],
      ['defaults.compare', 'defaults.concurrency'],
    ],
    [
      ['config', 'set', 'rates.'],
      ['rates.CREDITS', 'rates.MIOSA_CREDIT_CENTS'],
    ],
    [['config', 'set', 'defaults.period', 'l'], ['last-month']],
    [['config', 'set', 'defaults.group-by', 'project,mo'], ['project,model']],
    [['config', 'set', 'defaults.group-by', 'project,pro'], ['project,provider']],
    [['config', 'set', 'defaults.period', '7d', 'l'], []],
    [['config', 'set', 'defaults.nonsense', ''], []],
    [['config', 'unset', ''], []],
    [['accounts', 'add', 'work', '--provider', 'mi'], ['miosa']],
    [['accounts', 'add', 'work', '--provider', 'ionq', '--setting', 'org'], ['organization=']],
    [['accounts', 'rename', ''], []],
    [['schema', 'auth', ''], ['status']],
    [['help', 'per'], ['periods']],
    [['help', 'report', ''], []],
    [['report', '--gr'], ['--group-by']],
    [['--gr'], ['--group-by']],
    [['--period', 'l'], ['last-month']],
    [
      ['costs', '--format', ''],
      ['table', 'csv', 'tsv', 'json', 'ndjson', 'markdown'],
    ],
    [['costs', '--format=m'], ['--format=markdown']],
    [['costs', '-f', 'js'], ['json']],
    [
      ['costs', '--bucket', 'm'],
      ['minute', 'month'],
    ],
    [
      ['costs', '--group-by', 'pro'],
      ['provider', 'project'],
    ],
    [
      ['costs', '--group-by', 'model,pro'],
      ['model,provider', 'model,project'],
    ],
    [['costs', '--group-by', 'project,pro'], ['project,provider']],
    [['costs', '--group-by=project,mo'], ['--group-by=project,model']],
    [
      ['costs', '--provider', 'openai,'],
      ['openai,ionq', 'openai,miosa'],
    ],
    [['costs', '--compare', 'no'], ['none']],
    [['costs', '--period', '7d', '--period', 'q'], ['qtd']],
    [['costs', '--sort', 'cos'], ['cost']],
    [
      ['costs', '--sort', 'cost:'],
      ['cost:asc', 'cost:desc'],
    ],
    [
      ['usage', 'comp'],
      ['completions', 'computers'],
    ],
    [['usage', 'completions', 'comp'], ['computers']],
    [['usage', '--kind', 'qp'], ['qpu']],
    [['costs', '--', '--gr'], []],
    [['costs', '--nonsense', ''], []],
    // What is meant where none of a group's own commands is named.
    [['projects', '--state', 'ar'], ['archived']],
    [['projects', '--state=ar'], ['--state=archived']],
    [
      ['projects', '--st'],
      ['--state', '--strict'],
    ],
    [['focus', '--per'], ['--period']],
    [['focus', '--period', 'last'], ['last-month']],
    [['budget', '--al'], ['--all']],
    [['accounts', '--js'], ['--json']],
    [['--format=mark'], ['--format=markdown']],
    // Words that are never one of several.
    [['costs', '--group-by', 'n'], ['none']],
    [['costs', '--group-by', 'project,n'], []],
    [['costs', '--group-by', 'none,'], []],
    [['costs', '--group-by', 'project', '--group-by', 'no'], []],
    [['costs', '--fields', 'cost,h'], []],
    [['costs', '--fields', 'h'], ['help']],
    [['config', 'set', 'defaults.group-by', 'project,no'], []],
    // Nothing twice, wherever it was said before.
    [
      ['costs', '--provider', 'openai', '--provider', ''],
      ['ionq', 'miosa'],
    ],
    [['focus', 'export', '--columns', 'BilledC'], ['BilledCost']],
    [['focus', '--columns', 'BilledCost,BilledC'], []],
    [['focus', 'schema', '--columns', 'ServiceN'], ['ServiceName']],
    [
      ['focus', 'export', '--format', ''],
      ['csv', 'ndjson', 'parquet'],
    ],
    [['focus', 'import', '-', '--na'], ['--name']],
    [
      ['budget', 'set', ''],
      ['all', 'openai', 'ionq', 'miosa', 'user:', 'model:'],
    ],
    [['budget', 'set', 'all', ''], ['unlimited']],
    [['budget', 'set', 'READ'], []],
  ])('%j: %j', async (words, expected) => expect(await values(words)).toEqual(expected));

  it.each([
    ['costs', '--output', ''],
    ['costs', '-o', 'x'],
    ['costs', '--output=x'],
    ['focus', '--output='],
    ['costs', '--source', ''],
    ['focus', 'import', ''],
    ['budget', 'import', 'x'],
  ])('%s %s %s: a file, which the shell knows', async (...words) =>
    expect(await offered(words, undefined, {}, 64)).toEqual([]),
  );

  it('the commands that groups mean are those that run', async () => {
    const program = makeProgram('1.2.3');
    const groups = [program, ...everyCommand(program)].filter(({commands}) => commands.length > 0);
    expect(groups.length).toBeGreaterThan(5);
    for (const group of groups) {
      const words = group === program ? [] : [group.name()];
      const {stderr} = await usage([...words, '--no-such-flag']);
      expect(stderr).toContain(
        `--no-such-flag is no flag of ${['usage', ...words, defaultOf(group)?.name()].join(' ')}\n`,
      );
    }
  });

  it('every command has a description', async () => {
    for (const line of await offered([''])) expect(line).toMatch(/^[a-z]+\t\S/);
  });

  it('flags, with what they mean, each once unless it may be repeated', async () => {
    const lines = await offered(['costs', '--json', '--project', 'x', '--']);
    expect(lines).toContain('--csv\tshort for --format csv');
    expect(lines.map(line => line.split('\t')[0])).not.toContain('--json');
    expect(lines.map(line => line.split('\t')[0])).toEqual(expect.arrayContaining(['--project', '--help']));
  });

  it('periods, with what they come to today', async () =>
    expect(await offered(['report', '--period', 'mt'])).toEqual(['mtd\t2026-11-01..2026-11-22']));

  it.each<[readonly string[], readonly string[], readonly string[]]>([
    [
      ['costs', '--fields', ''],
      ['cost', 'currency', 'help'],
      ['project_name', 'requests', 'bucket_start'],
    ],
    [['costs', '--group-by', 'project', '--fields', ''], ['project_id', 'project_name'], ['model']],
    [['report', '--bucket', 'day', '--fields', ''], ['bucket_start', 'share', 'tokens'], ['trend']],
    [
      ['usage', 'qpu', '--wide', '--fields', ''],
      ['qpu_time', 'job_count'],
      ['input_tokens', 'metric'],
    ],
    // What is wrong so far must not stand in the way.
    [['costs', '--period', 'nope', '--fields', ''], ['cost'], []],
  ])('%j: fields of just that report', async (words, there, missing) => {
    const found = await values(words);
    expect(found).toEqual(expect.arrayContaining([...there]));
    for (const field of missing) expect(found).not.toContain(field);
  });

  it('nothing, and no error, for words that make no sense', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({maxLength: 6}), {maxLength: 4}), async words => {
        const {code, stderr} = await usage(['__complete', 'zsh', ...words]);
        expect([code, stderr]).toEqual([0, '']);
      }),
      {numRuns: 60},
    );
  });
});

describe('accounts and names', () => {
  it('are those that a report has shown, from the store and never from the network', async () => {
    const directory = join(await temporary(), 'config');
    const providers = await startProviders(ALL);
    const {env} = providers;
    expect((await usage('completion bash', {directory})).code).toBe(0);
    expect(await values(['costs', '--project', ''], directory, env)).toEqual([]);
    await usage('report --group-by project,user --period last-month --quiet', {env, directory});
    const asked = providers.received('openai').length;
    const names = await values(['costs', '--project', ''], directory, env);
    expect(names.length).toBeGreaterThan(2);
    const [first = ''] = names;
    expect(await values(['costs', '--project', first.slice(0, 3)], directory, env)).toContain(first);
    expect(await values(['report', '--account', ''], directory, env)).toEqual(['openai', 'ionq', 'miosa']);
    expect(providers.received('openai')).toHaveLength(asked);
    const kept = JSON.parse(await readFile(join(directory, 'names.json'), 'utf8'));
    expect(
      Object.values(kept.names).flatMap(account => Object.values((account as {project: object}).project)),
    ).toContain(first);
  });

  it('accounts and settings are those of this machine', async () => {
    const directory = join(await temporary(), 'config');
    const {env} = await startProviders({});
    const at = {directory, env, stdin: 'sk-admin-0123456789abcdefghij'};
    expect((await usage('accounts add work --provider openai --no-verify', at)).code).toBe(0);
    expect((await usage('config set rates.EUR 1.1', {directory})).code).toBe(0);
    for (const words of [['rename'], ['remove']])
      expect(await offered(['accounts', ...words, ''], directory)).toEqual(['work\topenai']);
    expect(await values(['accounts', 'rename', 'work', ''], directory)).toEqual([]);
    for (const words of [
      ['auth', 'status'],
      ['doctor', '--account'],
      ['projects', 'list', '--account'],
      ['config', 'set', 'defaults.account'],
    ])
      expect(await values([...words, 'w'], directory)).toEqual(['work']);
    for (const command of ['get', 'set'])
      expect(await values(['config', command, 'accounts.'], directory)).toEqual([
        'accounts.work.key-command',
        'accounts.work.base-url',
        'accounts.work.organization',
      ]);
    expect(await offered(['config', 'unset', ''], directory)).toEqual([
      'rates.EUR\tprice of one EUR in USD, for budgets in another currency',
    ]);
  });

  it('projects that a report has shown are offered to projects show', async () => {
    const directory = await storeWith({openai: {project: {proj_x: 'Alpha'}}});
    expect(await offered(['projects', 'show', 'Al'], directory)).toEqual(['Alpha\topenai']);
  });

  it('ids, where no name begins like that', async () => {
    const directory = await storeWith({openai: {project: {proj_x: 'Alpha', proj_y: 'Beta, two'}}});
    expect(await offered(['costs', '--project', 'proj_'], directory)).toEqual([
      'proj_x\tAlpha',
      'proj_y\tBeta, two',
    ]);
    expect(await values(['costs', '--project', 'Alpha,B'], directory)).toEqual(['Alpha,Beta, two']);
  });

  it('a name with a comma is escaped where the comma would part it', async () => {
    const directory = await storeWith({openai: {project: {p: 'a,b'}}});
    expect(await values(['costs', '--project', ''], directory)).toEqual(['a\\,b']);
    expect(await values(['costs', '--project', 'a\\,'], directory)).toEqual(['a\\,b']);
    expect(await values(['costs', '--project', 'a\\,b,'], directory)).toEqual([]);
  });

  it('projects behind their account or provider, where those may stand', async () => {
    const directory = await storeWith({
      openai: {project: {proj_x: 'Alpha'}, user: {u1: 'Ann'}},
      lab: {project: {p: 'Beta'}},
    });
    for (const words of [
      ['projects', 'show'],
      ['budget', 'set'],
    ]) {
      expect(await values([...words, 'openai/'], directory)).toEqual(['openai/Alpha']);
      expect(await values([...words, 'openai/pr'], directory)).toEqual(['openai/proj_x']);
      expect(await values([...words, 'lab/B'], directory)).toEqual(['lab/Beta']);
    }
    expect(await values(['projects', 'show', 'op'], directory)).toEqual(['openai/Alpha']);
    expect(await offered(['budget', 'set', 'user:'], directory)).toEqual(['user:u1\tAnn']);
    expect(await values(['costs', '--project', 'openai/'], directory)).toEqual([]);
  });

  it('hostile names are not offered', async () => {
    const directory = await storeWith({openai: {project: {p: 'Alpha\u202egnp', q: 'Good'}}});
    expect(await values(['costs', '--project', ''], directory)).toEqual(['Good']);
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['another shape', '{"version": 1, "names": 3}'],
    ['a newer version', '{"version": 2}'],
  ])('a file that is %s offers nothing, breaks no report and stays as it is', async (_what, text) => {
    const directory = join(await temporary(), 'config');
    await mkdir(directory, {mode: 0o700});
    await writeFile(join(directory, 'names.json'), text, {mode: 0o600});
    const {env} = await startProviders(ALL);
    expect(await values(['costs', '--project', ''], directory, env)).toEqual([]);
    const {code} = await usage('costs --group-by project --period last-month --quiet', {env, directory});
    expect(code).toBe(0);
    expect(await readFile(join(directory, 'names.json'), 'utf8')).toBe(text);
  });

  it('nothing is kept where there is no store, of the demo, or where the store cannot be written', async () => {
    const {env} = await startProviders(ALL);
    const line = 'costs --group-by project --period last-month --quiet';
    const nowhere = join(await temporary(), 'config');
    expect((await usage(line, {env, directory: nowhere})).code).toBe(0);
    await expect(readFile(nowhere)).rejects.toMatchObject({code: 'ENOENT'});
    const store = join(await temporary(), 'config');
    await mkdir(store, {mode: 0o700});
    expect((await usage(`${line} --demo`, {directory: store})).code).toBe(0);
    await expect(readFile(join(store, 'names.json'))).rejects.toMatchObject({code: 'ENOENT'});
    // Somebody else is writing: the report does not wait.
    await writeFile(join(store, 'store.lock'), '');
    expect(await usage(line, {env, directory: store})).toMatchObject({code: 0, stderr: ''});
    await expect(readFile(join(store, 'names.json'))).rejects.toMatchObject({code: 'ENOENT'});
    await chmod(store, 0o700);
  });
});

async function storeWith(names: object): Promise<string> {
  const directory = join(await temporary(), 'config');
  await mkdir(directory, {mode: 0o700});
  await writeFile(join(directory, 'names.json'), JSON.stringify({version: 1, names}), {mode: 0o600});
  return directory;
}

describe('bash', () => {
  const forBash = async (line: string, word: string, directory?: string) => {
    const {context, out} = await contextOf(
      ['__complete', 'bash', line, word],
      directory === undefined ? {} : {directory},
    );
    const {run} = await import('../../src/cli/run.ts');
    expect(await run(context)).toBe(0);
    return out.join('').split('\n').slice(0, -1);
  };

  it.each([
    ['usage re', 're', ['report']],
    ['usage costs --format=m', 'm', ['markdown']],
    ['usage costs --sort cost:d', 'd', ['desc']],
    ['usage projects 2>/dev/null > x --sta', '--sta', ['--state']],
    ['usage costs --sort cost:', ':', ['asc', 'desc']],
    ['usage costs --format "mark', 'mark', ['markdown']],
    ['usage costs --format="mark', 'mark', ['markdown']],
    ['usage costs --format=', '', ['table', 'csv', 'tsv', 'json', 'ndjson', 'markdown']],
    // As scripts said it that were read before an update.
    ['usage costs --format "mark', '"mark', ['markdown']],
    ['usage costs --format=', '=', ['table', 'csv', 'tsv', 'json', 'ndjson', 'markdown']],
  ])('%s', async (line, word, expected) => expect(await forBash(line, word)).toEqual(expected));

  it.each([
    ['usage costs --project Al', 'Al', "Alpha\\ \\&\\ O\\'Neil\\ \\$x"],
    ['usage costs --project "Al', '"Al', "Alpha & O'Neil \\$x"],
    ["usage costs --project 'Al", "'Al", "Alpha & O'\\''Neil $x"],
  ])('%s: quoted as the line is', async (line, word, expected) => {
    const directory = await storeWith({openai: {project: {p: "Alpha & O'Neil $x"}}});
    expect(await forBash(line, word, directory)).toEqual([expected]);
  });

  it.each(['usage costs > x', 'usage costs 2>x', 'usage budget import x', 'usage costs --output=x'])(
    '%s: a file',
    async line => {
      const {code, stdout} = await usage(['__complete', 'bash', line, 'x']);
      expect([code, stdout]).toEqual([64, '']);
    },
  );

  /** What readline makes of the line when there is one offer. */
  const inserted = (line: string, word: string, offer: string) => {
    const quote = shellWords(line).at(-1)?.quote ?? '';
    const left = line.slice(0, line.length - word.length);
    const begun = quote !== '' && offer.startsWith(quote) ? left.slice(0, -1) : left;
    return begun + offer + (quote === '' || offer.endsWith(quote) ? '' : quote);
  };

  it('any name, begun anywhere, in any quote, behind `=` or a space, comes out whole', async () => {
    const directory = await storeWith({});
    await fc.assert(
      fc.asyncProperty(
        fc.string({unit: fc.constantFrom(...'ab ü"\'\\$`!:=[~&*;#'), minLength: 1, maxLength: 8}),
        fc.nat(8),
        fc.constantFrom('"', "'", '' as const),
        fc.constantFrom('=', ' '),
        async (name, length, quote, between) => {
          await writeFile(
            join(directory, 'names.json'),
            JSON.stringify({version: 1, names: {openai: {project: {p: name}}}}),
          );
          const line = `usage costs --project${between}${quote}${quoted(name.slice(0, length), quote)}`;
          const {raw = '', opened = 0} = shellWords(line).at(-1) ?? {};
          const word =
            quote === '' ? (/(?:^|(?<=[=:]))(?:\\.|[^=:\\])*$/su.exec(raw)?.[0] ?? '') : raw.slice(opened);
          const [offer = '', ...more] = await forBash(line, word, directory);
          expect(more).toEqual([]);
          const words = shellWords(inserted(line, word, offer));
          expect(words.map(({value}) => value).join(' ')).toBe(`usage costs --project${between}${name}`);
          expect(words.at(-1)?.quote).toBe('');
        },
      ),
      {numRuns: 150},
    );
  });

  it('words are split as bash does, and what is quoted comes back as it was', () => {
    expect(shellWords(`usage costs  --project "a b" c\\ d 'e"f' `).map(({value}) => value)).toEqual([
      'usage',
      'costs',
      '--project',
      'a b',
      'c d',
      'e"f',
      '',
    ]);
    fc.assert(
      fc.property(fc.string({minLength: 1, unit: 'grapheme'}), text => {
        fc.pre(!/[\n\t]/.test(text));
        expect(shellWords(`x ${quoted(text, '')}`).map(({value}) => value)).toEqual(['x', text]);
        expect(shellWords(`x "${quoted(text, '"')}"`).at(-1)?.value).toBe(text);
        expect(shellWords(`x '${quoted(text, "'")}'`).at(-1)?.value).toBe(text);
      }),
    );
  });
});

it('a shell that there is not is wrong input', async () => {
  const {code, stderr} = await usage('completion tcsh');
  expect(code).toBe(2);
  expect(stderr).toMatch(/shell "tcsh" is not known[\s\S]*bash, zsh, fish/);
});
