import {beforeEach, describe, expect, it} from 'vitest';
import {answered, type Envelope, envelope, usage} from '../support/context.ts';
import {CALLS} from '../support/providers/data.ts';
import {type Bill, billsOf, sumBy, totalsOf} from '../support/providers/expected.ts';
import {ALL, type Providers, startProviders} from '../support/providers.ts';

let providers: Providers;
beforeEach(async () => {
  providers = await startProviders(ALL);
});
const ask = (line: string): Promise<Envelope> => answered(line, {env: providers.env});
const MTD = billsOf('2026-11-01', '2026-11-22');
const totals = ({totals: all}: Envelope) =>
  sumBy(
    all,
    ({currency}) => currency,
    ({cost}) => cost,
  );
const sent = (name: 'openai' | 'ionq' | 'miosa', path: RegExp, parameter: string) =>
  providers
    .received(name)
    .filter(request => path.test(request.path))
    .map(({query}) => query.getAll(parameter));

describe('a filter comes to what was billed for it', () => {
  const is = (provider: Bill['provider'], dimension: string, ...values: readonly string[]) =>
    MTD.filter(bill => bill.provider === provider && values.includes(bill.labels[dimension] ?? ''));

  it.each<[string, readonly Bill[]]>([
    ['--provider openai --project proj_alpha', is('openai', 'project', 'proj_alpha')],
    ['--provider openai --project Alpha', is('openai', 'project', 'proj_alpha')],
    ['--provider openai --project Alpha,proj_beta', is('openai', 'project', 'proj_alpha', 'proj_beta')],
    ['--provider openai --project Alpha --project Beta', is('openai', 'project', 'proj_alpha', 'proj_beta')],
    ['--provider openai --project Alpha --group-by line-item', is('openai', 'project', 'proj_alpha')],
    ['--provider openai --api-key ci', is('openai', 'api_key', 'key_ci')],
    [
      '--provider openai --api-key key_app --project Beta',
      is('openai', 'api_key', 'key_app').filter(({labels}) => labels.project === 'proj_beta'),
    ],
    ['--provider ionq --user 64b03577072d45001c85e9c4', is('ionq', 'user', '64b03577072d45001c85e9c4')],
    ['--provider miosa --user ann@example.org', is('miosa', 'user', 'ann@example.org')],
    ['--provider miosa --workspace Clinic', is('miosa', 'workspace', '11111111-1111-4111-8111-111111111111')],
    ['--provider miosa --project Alpha --bucket week', is('miosa', 'project', 'alpha')],
    [
      '--provider openai,miosa --project Alpha',
      [...is('openai', 'project', 'proj_alpha'), ...is('miosa', 'project', 'alpha')],
    ],
  ])('%s', async (flags, bills) => {
    expect(bills.length).toBeGreaterThan(0);
    expect(totals(await ask(`costs ${flags}`))).toEqual(totalsOf(bills));
  });

  it('a line item with a comma in it is one value', async () => {
    const item = 'gpt-4o-2024-08-06, input';
    const {rows} = await answeredWords([
      'costs',
      '--provider',
      'openai',
      '--group-by',
      'project',
      '--line-item',
      item,
    ]);
    expect(
      sumBy(
        rows,
        ({currency}) => currency ?? '',
        ({cost}) => cost ?? '',
      ),
    ).toEqual(totalsOf(is('openai', 'line_item', item)));
  });

  const answeredWords = async (words: readonly string[]): Promise<Envelope> => {
    return envelope(await usage([...words, '--json'], {env: providers.env}));
  };
});

describe('where it is applied', () => {
  it('is at the API, where that can', async () => {
    await ask('costs --provider openai --project Alpha,proj_beta --group-by line-item');
    for (const ids of sent('openai', /costs/, 'project_ids'))
      expect(ids).toEqual(['proj_alpha', 'proj_beta']);
    for (const by of sent('openai', /costs/, 'group_by')) expect(by).toEqual(['line_item']);
    await ask('usage completions --model gpt-4o --user Ann --no-batch');
    expect(sent('openai', /completions/, 'models').every(([model]) => model === 'gpt-4o')).toBe(true);
    expect(sent('openai', /completions/, 'user_ids').every(([user]) => user === 'user-ann')).toBe(true);
    expect(sent('openai', /completions/, 'batch').every(([batch]) => batch === 'false')).toBe(true);
  });

  it('is here, where it cannot: then the API is asked to tell them apart', async () => {
    await answered('costs --provider ionq --user 64b03577072d45001c85e9c4', {env: providers.env});
    expect(sent('ionq', /usage/, 'group_by')).toEqual([['user']]);
    await ask('costs --provider miosa --workspace Clinic');
    expect(new Set(sent('miosa', /usage/, 'group_by').flat())).toEqual(new Set(['workspace_id']));
  });

  it('comes to the same for usage, pushed and not', async () => {
    const {rows} = await ask('usage completions --model gpt-4o --no-batch --period mtd');
    const wanted = CALLS.filter(
      ({at, kind, model, batch}) =>
        at >= Date.UTC(2026, 10, 1) && kind === 'completions' && model === 'gpt-4o' && !batch,
    );
    const tokens = wanted.reduce((sum, {quantities}) => sum + (quantities.input_tokens ?? 0), 0);
    expect(rows.find(({metric}) => metric === 'input_tokens')?.quantity).toBe(String(tokens));
  });
});

describe('what a filter cannot tell', () => {
  it('is left out and said: five groups of a day are listed, the rest may be what was asked for', async () => {
    const {notices, rows} = await ask('costs --provider ionq --project Alpha --period 2026-11-03');
    expect(rows).toEqual([]);
    expect(notices).toContainEqual(
      expect.objectContaining({
        code: 'other_left_out',
        level: 'warning',
        message: expect.stringMatching(/^[\d.]+ USD in \(other\) cannot be told apart/),
      }),
    );
  });

  it('is a source that knows nothing of it: it is left out, and said', async () => {
    const {notices, sources} = await ask('report --model gpt-4o --compare none');
    expect(notices.filter(({code}) => code === 'cannot_filter').map(({provider}) => provider)).toContain(
      'openai',
    );
    expect(sources.map(({status}) => status)).toEqual(['ok', 'skipped', 'skipped']);
  });

  it('is a value that nobody knows: it is said, and the answer is empty', async () => {
    const {rows, notices} = await ask('costs --provider openai,miosa --project Alhpa');
    expect(rows).toEqual([]);
    expect(notices).toContainEqual(
      expect.objectContaining({
        code: 'unknown_filter',
        level: 'warning',
        message: 'no account knows a project "Alhpa"; did you mean "Alpha"?',
      }),
    );
    const known = await ask('costs --provider openai,miosa --project Beta');
    expect(known.notices.map(({code}) => code)).not.toContain('unknown_filter');
  });
});

describe('--provider and --account', () => {
  it('ask nobody else', async () => {
    expect((await ask('costs --provider ionq')).sources.map(({provider}) => provider)).toEqual(['ionq']);
    expect(
      (await ask('costs --provider ionq --provider miosa')).sources.map(({provider}) => provider),
    ).toEqual(['ionq', 'miosa']);
    expect((await ask('costs --account miosa,ionq')).sources.map(({provider}) => provider)).toEqual([
      'ionq',
      'miosa',
    ]);
    expect(providers.paths('openai')).toEqual([]);
  });
});
