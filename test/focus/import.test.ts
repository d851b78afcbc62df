import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, it, onTestFinished} from 'vitest';
import {temporary, usage} from '../support/context.ts';
import {loopback} from '../support/loopback.ts';
import {AWS, ask, cells, fileOf, LOOSE, VERCEL} from './files.ts';

describe("any provider's file is reported on", () => {
  it.each([
    [
      'costs --group-by service',
      ['AWS,Amazon EC2,102.25,USD', 'AWS,Amazon S3,1.5,USD', 'AWS,Credits,-0.75,USD'],
    ],
    [
      'costs --group-by service --cost effective',
      ['AWS,Amazon EC2,2,USD', 'AWS,Amazon S3,1.25,USD', 'AWS,Credits,-0.75,USD'],
    ],
    ['costs --group-by region --region eu-west-1', ['AWS,eu-west-1,Ireland,2.25,USD']],
    ['costs --group-by project', ['AWS,,(unattributed),100,USD', 'AWS,555,Prod,3,USD']],
    ['costs --group-by charge-category --service Credits', ['AWS,Credit,-0.75,USD']],
    ['costs --group-by line-item --top 1', ['AWS,Savings plan,100,USD', 'AWS,(other),3,USD']],
    [
      'costs --group-by provider --bucket day --service-category Storage',
      ['2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,false,AWS,aws.csv,1.5,USD'],
    ],
    ['costs --group-by provider --period 2026-11-02', ['AWS,2.25,USD']],
    ['costs --group-by provider --provider aws', ['AWS,103,USD']],
    ['costs --group-by provider --provider azure', []],
  ])('%s', async (line, rows) => {
    const trial = await ask(line, await fileOf('aws.csv', AWS));
    expect(trial.code).toBe(0);
    expect(line.includes('--bucket') ? [trial.stdout.trimEnd().split('\n')[1]] : cells(trial)).toEqual(rows);
  });

  it('a feed of JSON Lines: tags hold the projects, milliseconds are borne', async () => {
    const file = await fileOf('vercel.jsonl', VERCEL);
    const trial = await ask('costs --group-by project --sort cost:asc', file);
    expect(cells(trial)).toEqual([
      'Vercel,prj_1,shop,0.1,USD',
      'Vercel,prj_2,,0.2,USD',
      'Vercel,,(unattributed),0.4,USD',
    ]);
    expect(trial.stderr).toContain(
      'first in line 1: ChargePeriodStart is written like "2026-11-01T08:00:00.000Z" (DateTimeFormat)',
    );
    const quantities = await ask('usage --group-by service', file);
    expect(cells(quantities)).toEqual(['Vercel,Edge,consumed,GB,12,GB,sum']);
  });

  it('what can be meant one way only is taken, with rule and line', async () => {
    const trial = await ask('costs --group-by service,region', await fileOf('loose.csv', LOOSE));
    expect(trial.code).toBe(0);
    expect(trial.stdout).toContain('"Two\r\nlines",,(unattributed),1.5,USD');
    expect(trial.stdout).toContain('Disk,eu,,0.25,USD');
    for (const said of [
      'first in line 2: ChargePeriodStart is written like "2026-11-01", and is read as UTC',
      'first in line 2: BillingCurrency is "usd", which is taken for USD',
      'NumericFormat',
    ])
      expect(trial.stderr).toContain(said);
  });

  it('a charge that does not say when it ends is one of when it begins, which is said', async () => {
    const file = await fileOf('open.csv', `${HEAD}${ROW}2,USD,2026-11-03T00:00:00Z,,a\n`);
    const {code, stdout, stderr} = await ask('costs --period 2026-11', file);
    expect([code, stdout]).toEqual([0, 'provider,account,cost,currency\nfocus,open.csv,3,USD\n']);
    expect(stderr).toContain('first in line 3: ChargePeriodEnd is missing');
    expect(stderr).toContain('(NullHandling)');
  });

  it('a file of one day without ends says a day, and not one that ends before it begins', async () => {
    const file = await fileOf('open.csv', `${HEAD}2,USD,2026-11-03T00:00:00Z,N/A,a\n`);
    const {code, stdout, stderr} = await usage(['focus', 'import', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^period +2026-11-03$/m);
    expect(stderr).toContain('--period 2026-11-03 ');
    expect(stderr).toContain('ChargePeriodEnd says "N/A" where it means nothing');
  });

  it('looks at what no figure is made of, too', async () => {
    const head =
      'BilledCost,BillingCurrency,ChargePeriodStart,ChargeCategory,ServiceName,ListCost,Tags,BillingPeriodEnd\n';
    const row = '1,ZZZ,2026-11-03T00:00:00Z,Nope,N/A,much,[1],2026-12\n';
    const {code, stderr} = await usage(['focus', 'import', await fileOf('odd.csv', head + row)]);
    expect(code).toBe(0);
    for (const said of [
      'BillingCurrency "ZZZ" is no currency of ISO 4217; it is kept apart from all others (CurrencyFormat)',
      'ChargeCategory "Nope" is none that the standard knows (CheckValue)',
      'ServiceName says "N/A" where it means nothing (NullHandling)',
      'ListCost "much" is no number; no cost depends on it (NumericFormat)',
      'Tags is no JSON object (JsonObjectFormat)',
      'BillingPeriodEnd is written like "2026-12" (DateTimeFormat)',
    ])
      expect(stderr).toContain(`first in line 2: ${said}`);
  });

  it('what others of a project leave and what belongs to none stay apart, though projects are all that is told', async () => {
    const head = 'BilledCost,BillingCurrency,ChargePeriodStart,SubAccountId,x_Remainder\n';
    const rows = ['1', '2'].map(
      (cost, index) => `${cost},USD,2026-11-03T00:00:00Z,,${index ? 'true' : ''}\n`,
    );
    const trial = await ask(
      'costs --group-by project --sort cost:asc',
      await fileOf('rest.csv', head + rows.join('')),
    );
    expect(cells(trial)).toEqual(['focus,,(unattributed),1,USD', 'focus,,(other),2,USD']);
  });

  it('a line item of ours that is called null is one', async () => {
    const head = 'BilledCost,BillingCurrency,ChargePeriodStart,x_SourceLineItem\n';
    const row = '1,USD,2026-11-03T00:00:00Z,null\n';
    const trial = await ask('costs --group-by line-item', await fileOf('null.csv', head + row));
    expect(cells(trial)).toEqual(['focus,null,1,USD']);
  });

  it('nothing in the period is said, with what there is', async () => {
    const {stdout, stderr, code} = await ask('costs --period 2026-10', await fileOf('aws.csv', AWS));
    expect([code, stdout]).toEqual([0, 'provider,account,cost,currency\n']);
    expect(stderr).toContain('nothing in 2026-10-01..2026-10-31: the file is about 2026-11-01 to 2026-11-30');
  });

  it('several files side by side, one of them broken: exit 6, the other is whole', async () => {
    const [good, bad] = [await fileOf('aws.csv', AWS), await fileOf('bad.csv', 'a,b\n1,2\n')];
    const {code, stdout, stderr} = await usage(['costs', '--source', `${good},${bad}`, '--csv']);
    expect([code, stdout]).toEqual([6, 'provider,account,cost,currency\nAWS,aws.csv,103,USD\n']);
    expect(stderr).toContain('bad.csv: it has no column ChargePeriodStart');
  });

  it('the label "source" is still a filter', async () => {
    const {code, stderr} = await usage('usage images --source image.edit --demo --csv --period today');
    expect([code, stderr.match(/^error.*/m)]).toEqual([0, null]);
  });
});

const HEAD = 'BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ServiceName\n';
const ROW = '1,USD,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,a\n';

describe('a file that no figure may be made of is an error that names the line', () => {
  it.each([
    [
      'a missing cost',
      `${HEAD}${ROW},USD,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,a\n`,
      'line 3: BilledCost is missing',
    ],
    [
      'a cost that says null',
      `${HEAD}NULL,USD,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,a\n`,
      'line 2: BilledCost is missing',
    ],
    [
      'a cost with thousands',
      `${HEAD}"1,000.5",USD,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,a\n`,
      'line 2: BilledCost "1,000.5" is no number',
    ],
    [
      'a missing currency',
      `${HEAD}1,,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,a\n`,
      'line 2: BillingCurrency is missing',
    ],
    [
      'a missing period',
      `${HEAD}${ROW}1,USD,,2026-11-02T00:00:00Z,a\n`,
      'line 3: ChargePeriodStart is missing',
    ],
    [
      'a period that is none',
      `${HEAD}1,USD,yesterday,,a\n`,
      'line 2: ChargePeriodStart "yesterday" is no time',
    ],
    [
      'a day that there is not',
      `${HEAD}1,USD,2026-02-30,,a\n`,
      'line 2: ChargePeriodStart "2026-02-30" is no time',
    ],
    ['a row that is short', `${HEAD}${ROW}1,USD\n${ROW}`, 'line 3 has 2 values, and the header 5'],
    [
      'a row that is long',
      `${HEAD}1,USD,2026-11-01,2026-11-02,a,b\n`,
      'line 2 has 6 values, and the header 5',
    ],
    [
      'a quote that is not closed',
      `${HEAD}${ROW}1,USD,2026-11-01,2026-11-02,"a\n${ROW}`,
      'line 3 has a quote that is not closed',
    ],
    ['a stray quote', `${HEAD}1,USD,2026-11-01,2026-11-02,"a"b\n${ROW}`, 'line 2 has a stray quote'],
    ['a column twice', `BilledCost,${HEAD}`, 'its column BilledCost is there twice'],
    [
      'a column spelt otherwise',
      HEAD.replace('BilledCost', 'billedcost').replace('BillingCurrency', 'billingcurrency'),
      'billingcurrency is not spelt BillingCurrency',
    ],
    ['no cost column', 'BillingCurrency,ChargePeriodStart\n', 'it has no column BilledCost or EffectiveCost'],
    ['nothing', '', 'it is empty'],
    ['bytes that are no text', Buffer.from([0x41, 0xff, 0xfe, 0x0a]), 'it is not UTF-8'],
    [
      'a gzip that is cut off',
      gzipSync(`${HEAD}${ROW.repeat(5_000)}`).subarray(0, 90),
      'its gzip is cut off or damaged',
    ],
    ['Parquet that is cut off', Buffer.from('PAR1 and no more'), 'it is no whole Parquet file'],
    ['JSON that is cut off', '{"BilledCost": 1', 'line 1 is not whole JSON'],
    [
      'JSON of another shape',
      '{"BilledCost": 1, "BillingCurrency": "USD", "ChargePeriodStart": "2026-11-01"}\n[1]\n',
      'line 2 is no JSON object',
    ],
  ])('%s', async (_, content, said) => {
    const file = await fileOf('x.csv', content);
    for (const line of [
      ['costs', '--source', file],
      ['focus', 'import', file],
    ]) {
      const {code, stdout, stderr} = await usage(line);
      expect([code, stdout]).toEqual([5, '']);
      expect(stderr).toContain(said);
    }
  });

  it('the line counts the line ends in values, also beyond the first chunk', async () => {
    const rows = '1,USD,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,"two\nlines, ""quoted"" — ✓"\n'.repeat(
      9_000,
    );
    const {stderr} = await usage([
      'costs',
      '--source',
      await fileOf('x.csv', `${HEAD}${rows},USD,2026-11-01,,a\n`),
    ]);
    expect(stderr).toContain(`line ${1 + 18_000 + 1}: BilledCost is missing`);
  });
});

describe('usage focus import', () => {
  it('says what a file holds, and how to go on', async () => {
    const file = await fileOf('aws.csv', AWS);
    const {code, stdout, stderr} = await usage(['focus', 'import', file]);
    expect(code).toBe(0);
    await expect(stdout.replace(file, 'aws.csv')).toMatchFileSnapshot(
      '../../fixtures/golden/focus-import.txt',
    );
    expect(stderr).toContain(
      'warning: it lacks what the standard demands: BillingAccountName, BillingPeriodEnd,',
    );
    expect(stderr.replace(file, 'aws.csv')).toContain(
      "next: usage report --source 'aws.csv' --period 2026-11-01..2026-11-30 --group-by service",
    );
  });

  it('as JSON, with every digit', async () => {
    const file = await fileOf('x.csv', `${HEAD}0.10000000000000000001,USD,2026-11-01T00:00:00Z,,a\n`);
    const {stdout} = await usage(['focus', 'import', file, '--json']);
    expect(stdout).toContain('"cost": 0.10000000000000000001');
    expect(JSON.parse(stdout)).toMatchObject({schema: 'usage/focus-import@1', rows: 1, account: null});
  });

  it('with a name it is an account, which reports ask by themselves', async () => {
    const directory = join(await temporary(), 'config');
    const file = await fileOf('aws.csv', AWS);
    expect((await usage(['focus', 'import', file, '--name', 'cloud', '-q'], {directory})).code).toBe(0);
    expect((await stat(join(directory, 'config.json'))).mode & 0o777).toBe(0o600);
    const {stdout} = await usage('costs --group-by account,service --csv --service Credits', {directory});
    expect(stdout).toBe('provider,account,service,cost,currency\nAWS,cloud,Credits,-0.75,USD\n');
    const picked = await usage('costs --account cloud --csv', {directory});
    expect(picked.stdout).toContain('AWS,cloud,103,USD');
  });

  it.each([
    ['Cloud', 'is no name'],
    ['openai', 'is the name of a provider'],
    ['focus', 'is the name of a provider'],
  ])('--name %s %s', async (name, said) => {
    const directory = join(await temporary(), 'config');
    const file = await fileOf('aws.csv', AWS);
    const {code, stderr} = await usage(['focus', 'import', file, '--name', name], {directory});
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    await expect(readFile(join(directory, 'config.json'))).rejects.toThrow();
  });

  it('stdin and addresses with a query have no name', async () => {
    expect((await usage('focus import - --name x', {stdin: AWS})).stderr).toContain(
      'stdin cannot be read again',
    );
    expect((await usage('focus import https://a.example/f.csv?sig=1 --name x')).stderr).toContain(
      'an address with a query is not kept',
    );
  });
});

describe('an address', () => {
  it('is downloaded with the token of the environment, which is shown nowhere', async () => {
    const server = await loopback(({headers}) =>
      headers.authorization === 'Bearer TOKEN-NEVER-SHOWN'
        ? {body: AWS}
        : {status: 401, body: 'no TOKEN-NEVER-SHOWN'},
    );
    onTestFinished(() => server.close());
    const env = {USAGE_FOCUS_TOKEN: 'TOKEN-NEVER-SHOWN'};
    const {code, stdout} = await usage(['costs', '--source', `${server.url}/focus.csv`, '--csv'], {env});
    expect([code, stdout.split('\n')[1]?.replace(/127[^,]+/, 'host')]).toEqual([0, 'AWS,host,103,USD']);
    const refused = await usage(['focus', 'import', `${server.url}/focus.csv`]);
    expect([refused.code, refused.stdout]).toEqual([5, '']);
    expect(refused.stderr).toContain('put its bearer token into USAGE_FOCUS_TOKEN');
    expect(refused.stderr).not.toContain('NEVER-SHOWN');
  });

  it('is no figure when its time is up in the middle, though no length says that it is not whole', async () => {
    const server = await loopback((_, __, raw) => {
      raw.useChunkedEncodingByDefault = false;
      raw.writeHead(200, {connection: 'close'});
      raw.write(HEAD);
      const drip = setInterval(() => raw.write(ROW), 10);
      raw.on('close', () => clearInterval(drip));
      return undefined;
    });
    onTestFinished(() => server.close());
    for (const line of [
      ['costs', '--csv', '--source', server.url],
      ['focus', 'import', server.url],
    ]) {
      const {code, stdout, stderr} = await usage([...line, '--timeout', '1']);
      expect([code, stdout]).toEqual([5, '']);
      expect(stderr).toContain('did not answer within 1 s');
    }
  });

  it.each([
    ['http://example.com/x.csv', 'over plain http:'],
    ['https://user:pass@example.com/x.csv', 'holds a user or a password'],
  ])('%s %s', async (address, said) => {
    const {code, stderr} = await usage(['focus', 'import', address]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(stderr).not.toContain('pass@');
  });
});
