import {setImmediate} from 'node:timers/promises';
import {describe, expect, it} from 'vitest';
import {CredentialError, InputError, InterruptedError, ProviderError} from '../../src/core/errors.ts';
import {decimal} from '../../src/core/money.ts';
import type {Record} from '../../src/core/record.ts';
import type {NameSource, Session, Source, SourceQuery} from '../../src/drivers/driver.ts';
import {accountOf, ask, driverOf, flow, queryOf, sourceOf, span, type TestAccount} from './made-up.ts';

const record = (amount: string): Record => ({
  period: span('2026-11-01', '2026-11-02'),
  labels: {project: {id: 'p'}},
  cost: {amount: decimal(amount), currency: 'USD'},
});

/** Waits as a request does: until it is aborted, and then fails as an interrupted one. */
async function forever({signal}: Pick<Session, 'signal'>, turns = 0): Promise<never> {
  await new Promise(resolve => signal.addEventListener('abort', resolve));
  for (let turn = 0; turn < turns; turn++) await setImmediate();
  throw new InterruptedError();
}

const failing = (error: Error, ...before: readonly Record[]): Source['fetch'] =>
  async function* () {
    if (before.length > 0) yield before;
    await setImmediate();
    throw error;
  };
const hanging = (turns = 0): Source['fetch'] =>
  // biome-ignore lint/correctness/useYield: it waits for a first record that never comes
  async function* (_, session) {
    await forever(session, turns);
  };
const giving = (...records: readonly Record[]): Source['fetch'] =>
  async function* () {
    yield records;
  };

const advice = {provider: 'acme', hint: 'wait'};
const down = new ProviderError('server_error', 'Acme failed (500 on /costs)', advice);
const parts = (...fetches: readonly Source['fetch'][]): TestAccount =>
  accountOf(driverOf(fetches.map((fetch, index) => sourceOf({id: `part-${index}`, fetch}))));
const totals = (figures: Awaited<ReturnType<typeof ask>>) =>
  [...figures.current.groups.values()].map(
    ({account, costs}) => `${account} ${costs.get('USD')?.total.value}`,
  );

describe('an account is whole or not there', () => {
  it('gives nothing of what came before one part failed, and gives the other parts up', async () => {
    const account = parts(giving(record('1')), failing(down, record('2')), hanging());
    const figures = await ask(queryOf(), account);
    expect(totals(figures)).toEqual([]);
    expect(figures.failures).toEqual([down]);
    expect(figures.sources).toEqual([
      {
        provider: 'acme',
        account: 'acme',
        status: 'failed',
        requests: 0,
        retries: 0,
        error: {code: 'server_error', message: down.message, hint: 'wait'},
      },
    ]);
    expect(account.signal.aborted).toBe(true);
  });

  it('fails when a slice of many does', async () => {
    const source = sourceOf({
      slices: query => [1, 2, 3].map(part => ({...query, kinds: [String(part)]})),
      fetch: (slice, session) =>
        (slice.kinds[0] === '2' ? failing(down) : giving(record('1')))(slice, session),
    });
    expect(totals(await ask(queryOf(), accountOf(driverOf([source]))))).toEqual([]);
  });

  it('fails when the period to compare with does', async () => {
    const compare = {...span('2026-10-01', '2026-11-01'), label: 'before'};
    const source = sourceOf({
      fetch: (slice, session) =>
        (slice.window.start === compare.start ? failing(down) : giving(record('1')))(slice, session),
    });
    const {failures} = await ask(queryOf({compare}), accountOf(driverOf([source])));
    expect(failures).toEqual([down]);
  });

  it('does not take the others with it', async () => {
    const bad = accountOf(driverOf([sourceOf({fetch: failing(down)})]), 'bad');
    const good = accountOf(driverOf([sourceOf({fetch: giving(record('7'))})]), 'good');
    const figures = await ask(queryOf(), bad, good);
    expect(totals(figures)).toEqual(['good 7']);
    expect(figures.sources.map(({status}) => status)).toEqual(['failed', 'ok']);
    expect(good.signal.aborted).toBe(false);
  });

  it('tells of the first failure, and not of what giving up did to the rest', async () => {
    const other = new ProviderError('timeout', 'too late');
    const late: Source['fetch'] = async function* (_, session) {
      await forever(session).catch(() => undefined);
      throw other;
    };
    expect((await ask(queryOf(), parts(late, failing(down), hanging()))).failures).toEqual([down]);
  });

  it('tells of the failure although names were being looked up, however long the rest takes to stop', async () => {
    const names: NameSource = {dimension: 'project', isId: () => false, lookup: session => forever(session)};
    const sources = [sourceOf({id: 'a', fetch: failing(down)}), sourceOf({id: 'b', fetch: hanging(5)})];
    const figures = await ask(
      queryOf({groupBy: ['project']}),
      accountOf(driverOf(sources, {names: [names]})),
    );
    expect(figures.failures).toEqual([down]);
  });

  it('asks nothing at all if a part of the question is too much for it', async () => {
    const started: SourceQuery[] = [];
    const tooMuch = new InputError('too many calls', advice);
    const first = sourceOf({
      id: 'first',
      fetch: (slice, session) => {
        started.push(slice);
        return hanging()(slice, session);
      },
    });
    const second = sourceOf({
      id: 'second',
      slices: () => {
        throw tooMuch;
      },
    });
    const {failures} = await ask(queryOf(), accountOf(driverOf([first, second])));
    expect(failures).toEqual([tooMuch]);
    expect(started).toEqual([]);
  });
});

describe('a failure says whose it is, and what to do', () => {
  const failed = async (error: Error, name: string) => {
    const {failures} = await ask(queryOf(), accountOf(driverOf([sourceOf({fetch: failing(error)})]), name));
    return failures.map(({code, message, advice: {provider, rule, hint}}) => ({
      code,
      message,
      provider,
      rule,
      hint,
    }));
  };
  const bare = () => new ProviderError('repeated_cursor', 'a page came twice', {rule: 'once is enough'});
  const refused = () =>
    new CredentialError('credential_refused', 'no such key', {provider: 'acme', hint: 'log in'});

  it('where what threw it does not know', async () => {
    expect(await failed(bare(), 'acme')).toEqual([
      {
        code: 'repeated_cursor',
        message: 'Acme: a page came twice',
        provider: 'acme',
        rule: 'once is enough',
        hint: 'try again; if it lasts, report it',
      },
    ]);
    expect(await failed(refused(), 'acme')).toMatchObject([{message: 'no such key', hint: 'log in'}]);
  });

  it('by the name of the account, if that is another one than the provider’s', async () => {
    expect(await failed(bare(), 'acme-eu')).toMatchObject([
      {message: 'acme-eu: a page came twice', provider: 'acme'},
    ]);
    expect(await failed(refused(), 'acme-eu')).toMatchObject([
      {message: 'acme-eu: no such key', code: 'credential_refused'},
    ]);
  });
});

describe('what is no failure of an account', () => {
  it('is Ctrl-C: it ends the run', async () => {
    const stopped = parts(failing(new InterruptedError()));
    const good = accountOf(driverOf([sourceOf({fetch: giving(record('7'))})]), 'good');
    await expect(ask(queryOf(), stopped, good)).rejects.toThrow(InterruptedError);
  });

  it('is a bug: it is not passed off as the provider’s', async () => {
    await expect(ask(queryOf(), parts(failing(new TypeError('oops'))))).rejects.toThrow('oops');
  });

  it('is a period that has not begun: nothing is asked', async () => {
    const future = {...span('2027-01-01', '2027-02-01'), label: '2027-01'};
    const figures = await ask(queryOf({period: future}), parts(failing(down)));
    expect(figures.sources).toMatchObject([{status: 'ok'}]);
    expect(totals(figures)).toEqual([]);
  });
});

describe('a source that is newer than the rest', () => {
  const missing = new ProviderError('not_found', 'Acme does not have this', advice);
  const newer = (...slices: readonly Source['fetch'][]) =>
    accountOf(
      driverOf([
        sourceOf({id: 'old', fetch: giving(record('1'))}),
        sourceOf({
          id: 'new',
          newer: true,
          metrics: [flow('searches', 'calls')],
          slices: query => slices.map((_, index) => ({...query, kinds: [String(index)]})),
          fetch: (slice, session) => slices[Number(slice.kinds[0])]!(slice, session),
        }),
      ]),
    );
  const slow = (fetch: Source['fetch']): Source['fetch'] =>
    async function* (slice, session) {
      for (let turn = 0; turn < 5; turn++) await setImmediate();
      yield* fetch(slice, session);
    };

  it('may be missing: it is left out, and that is said', async () => {
    const account = newer(failing(missing), failing(missing));
    const figures = await ask(queryOf(), account);
    expect(totals(figures)).toEqual(['acme 1']);
    expect(account.notices).toContainEqual({
      level: 'info',
      code: 'not_served',
      message: 'new is not served by this API and is left out',
    });
  });

  it.each<[string, readonly Source['fetch'][]]>([
    ['ends in the middle', [failing(missing, record('2'))]],
    ['answers one slice and not the next', [giving(record('2')), slow(failing(missing))]],
    ['answers one slice after it did not the other', [failing(missing), slow(giving(record('2')))]],
    ['answers one slice with nothing and not the other', [giving(), failing(missing)]],
  ])('fails if it %s: a part of its figures would be too little', async (_, slices) => {
    const figures = await ask(queryOf(), newer(...slices));
    expect(figures.failures).toEqual([missing]);
    expect(totals(figures)).toEqual([]);
  });

  it('fails for any other reason, and an older source for this one', async () => {
    expect((await ask(queryOf(), newer(failing(down)))).failures).toEqual([down]);
    expect((await ask(queryOf(), parts(failing(missing)))).failures).toEqual([missing]);
  });
});

describe('names for the columns of a report', () => {
  const source = sourceOf({fetch: giving(record('1'))});
  const account = (lookup: NameSource['lookup']) =>
    accountOf(driverOf([source], {names: [{dimension: 'project', isId: () => false, lookup}]}));

  it('are told by account, with the ids that occur', async () => {
    const wanted: (readonly string[])[] = [];
    const figures = await ask(
      queryOf({groupBy: ['project']}),
      account(async (_, ids) => {
        wanted.push([...((await ids()) ?? [])]);
        return new Map([['p', 'Alpha']]);
      }),
    );
    expect(wanted).toEqual([['p']]);
    expect(figures.names('project', 'acme', 'p')).toBe('Alpha');
    expect(figures.names('project', 'other', 'p')).toBeUndefined();
    expect(figures.names('user', 'acme', 'p')).toBeUndefined();
  });

  it('that are refused leave ids in their place, and that is said', async () => {
    const refused = account(() =>
      Promise.reject(new CredentialError('credential_refused', 'Acme refused the key')),
    );
    const figures = await ask(queryOf({groupBy: ['project']}), refused);
    expect(totals(figures)).toEqual(['acme 1']);
    expect(figures.failures).toEqual([]);
    expect(refused.notices).toContainEqual({
      level: 'warning',
      code: 'names_unavailable',
      message: 'names of projects could not be read, ids are shown: Acme refused the key',
    });
  });

  it('are looked up once, for a filter and for a column', async () => {
    let lookups = 0;
    const counting = account(async () => {
      lookups++;
      return new Map([['p', 'Alpha']]);
    });
    await ask(queryOf({groupBy: ['project'], filters: {project: ['Alpha']}}), counting);
    expect(lookups).toBe(1);
  });
});
