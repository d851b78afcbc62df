import {describe, expect, it} from 'vitest';
import {envelope, usage} from '../support/context.ts';
import {ALL, always, except, startProviders, well} from '../support/providers.ts';

const line = 'report --group-by model --period mtd';

describe('stdout holds the answer and nothing else', () => {
  it.each([
    ['json', (text: string) => expect(JSON.parse(text)).toMatchObject({schema: 'usage/report@1'})],
    [
      'ndjson',
      (text: string) =>
        text
          .trimEnd()
          .split('\n')
          .forEach(row => void JSON.parse(row)),
    ],
    ['csv', (text: string) => expect(text).toMatch(/^provider,account,model,cost,/)],
    ['tsv', (text: string) => expect(text).toMatch(/^provider\taccount\tmodel\tcost\t/)],
    [
      'table',
      (text: string) => expect(text).toMatch(/^Costs as billed, and usage · 2026-11-01\.\.2026-11-22\*/),
    ],
    ['markdown', (text: string) => expect(text).toMatch(/^\*\*Costs as billed, and usage\*\*/)],
  ])('as %s, however much is said', async (format, check) => {
    const {env} = await startProviders(ALL);
    const quiet = await usage(`${line} --format ${format} --quiet`, {env});
    const loud = await usage(`${line} --format ${format} --verbose --debug`, {env});
    expect(loud.stdout).toBe(quiet.stdout);
    expect(quiet.stderr).toBe('');
    expect(loud.stderr).not.toBe('');
    expect(quiet.stdout.endsWith('\n')).toBe(true);
    check(quiet.stdout);
  });
});

describe('stderr', () => {
  it('holds what a reader should know, after the answer', async () => {
    const {env} = await startProviders(ALL);
    const {stderr} = await usage('costs --group-by project --csv', {env});
    expect(stderr.split('\n')).toEqual([
      'note: ionq: IonQ lists only the five largest projects of a day; the rest is in (other)',
      'warning: openai, ionq, miosa: figures from 2026-11-22 on are provisional',
      '',
    ]);
  });

  it('does not repeat what the table says already, unless asked to say more', async () => {
    const {env} = await startProviders(ALL);
    const table = await usage('costs', {env});
    expect(table.stdout).toMatch(/^Costs as billed · [^\n]*\* [^\n]* · \* provisional from 2026-11-22\n/);
    expect(table.stderr).toBe('');
    expect((await usage('costs --verbose', {env})).stderr).toMatch(
      /^warning: openai, ionq, miosa: figures from/,
    );
  });

  it('has no notices with --quiet, but failures all the same', async () => {
    const {env} = await startProviders({...ALL, ionq: always({status: 500, body: {}})});
    expect((await usage('costs --csv --quiet', {env})).stderr).toMatch(
      /^missing: IonQ failed[^\n]*\n {2}[^\n]*\n$/,
    );
  });

  it('is for machines with --json: notices are in the document, and stderr is empty', async () => {
    const {env} = await startProviders(ALL);
    const trial = await usage('costs --group-by project --json', {env});
    expect(trial.stderr).toBe('');
    expect(envelope(trial).notices).toEqual([
      {level: 'info', code: 'other_groups', provider: 'ionq', account: 'ionq', message: expect.any(String)},
      ...['openai', 'ionq', 'miosa'].map(provider => ({
        level: 'warning',
        code: 'provisional',
        provider,
        account: provider,
        message: 'figures from 2026-11-22 on are provisional',
      })),
    ]);
  });

  it('lists every request with --debug: path, status and time', async () => {
    const {env, received} = await startProviders({
      openai: well,
      miosa: (_request, index) => (index === 0 ? {status: 503, body: {}} : 'serve'),
    });
    const {stderr} = await usage('costs --csv --quiet --debug', {env});
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(received('openai').length + received('miosa').length);
    for (const said of lines) expect(said).toMatch(/^debug: (?:openai|miosa) GET \/\S+ \d{3} \d+ ms$/);
    expect(lines.filter(said => said.includes('miosa')).map(said => said.split(' ')[4])).toEqual([
      '503',
      '200',
    ]);
  });

  it('says that columns did not fit, and which', async () => {
    const {env} = await startProviders(ALL);
    const {stderr} = await usage(`${line} --compare previous`, {env: {...env, COLUMNS: '60'}});
    expect(stderr).toMatch(
      /^note: not enough room for .*Requests.*; widen the terminal or pick with --fields$/m,
    );
  });

  it('is not reached by what a terminal would obey', async () => {
    const nasty = 'no\u001b[31m \u009b2J\u202e way\u0007';
    const {env} = await startProviders({miosa: always({status: 422, body: {error: {message: nasty}}})});
    for (const flags of ['', '--json', '--csv', '--debug']) {
      const {stderr} = await usage(`costs ${flags}`, {env});
      expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(stderr).toContain('way');
    }
  });
});

describe('names from outside', () => {
  it('do nothing to a terminal, and are whole in JSON', async () => {
    const name = 'Al\u001b]0;pwned\u0007pha\u202e\r\nBeta';
    const projects = {body: {object: 'list', data: [{id: 'proj_alpha', name}], has_more: false}};
    const {env} = await startProviders({openai: except(/^\/organization\/projects$/, projects)});
    const table = await usage('costs --group-by project', {env, columns: 100});
    expect(table.stdout).not.toMatch(/\u001b\]|\u0007|\u202e|\r/);
    expect(table.stdout).toContain('Alpha Beta');
    const {rows} = envelope(await usage('costs --group-by project --json', {env}));
    expect(rows.map(row => row.project_name)).toContain(name);
  });

  it('run nothing in a spreadsheet', async () => {
    const projects = {
      body: {object: 'list', data: [{id: 'proj_alpha', name: '=HYPERLINK("x")'}], has_more: false},
    };
    const {env} = await startProviders({openai: except(/^\/organization\/projects$/, projects)});
    const {stdout} = await usage('costs --group-by project --csv', {env});
    expect(stdout).toContain(`"'=HYPERLINK(""x"")"`);
  });
});

describe('colour', () => {
  it.each([
    ['a terminal', {columns: 100}, '', true],
    ['a pipe', {}, '', false],
    ['a terminal with --no-color', {columns: 100}, '--no-color', false],
    ['a terminal with NO_COLOR', {columns: 100, env: {NO_COLOR: '1'}}, '', false],
    [
      'a terminal with NO_COLOR and FORCE_COLOR',
      {columns: 100, env: {NO_COLOR: '1', FORCE_COLOR: '1'}},
      '',
      false,
    ],
    ['a dumb terminal', {columns: 100, env: {TERM: 'dumb'}}, '', false],
    ['a terminal with FORCE_COLOR=0', {columns: 100, env: {FORCE_COLOR: '0'}}, '', false],
  ])(
    'of %s',
    async (_, {env: more = {}, ...circumstances}: {env?: object; columns?: number}, flag, colored) => {
      const {env} = await startProviders(ALL);
      const {stdout} = await usage(`costs ${flag}`, {env: {...env, ...more}, ...circumstances});
      expect(stdout.includes('\u001b[')).toBe(colored);
    },
  );
});
