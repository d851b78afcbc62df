import {execFileSync, spawn} from 'node:child_process';
import {mkdir, symlink} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {temporary, usage} from '../support/context.ts';
import {AWS, ask, cells, fileOf} from './files.ts';

const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('a source', () => {
  it('may be a pipe, which is read once', async () => {
    const file = await fileOf('aws.csv', AWS);
    const pipe = join(dirname(file), 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const feed = () => spawn('sh', ['-c', 'cat "$0" > "$1"', file, pipe]);
    feed();
    const trial = await ask('costs --group-by provider', pipe);
    expect([trial.code, cells(trial)]).toEqual([0, ['AWS,103,USD']]);
    feed();
    const {code, stdout} = await usage(['focus', 'import', pipe]);
    expect([code, stdout.includes('103 USD')]).toEqual([0, true]);
    feed();
    const named = await usage(['focus', 'import', pipe, '--name', 'x']);
    expect(named.code).toBe(2);
    expect(named.stderr).toContain('it is a pipe, which cannot be read again');
  });

  it('shows what it counts side by side as well, whatever the units are called', async () => {
    const rows = ['Tokens', '__proto__', 'provider', 'kind'].map(
      (unit, index) => `1,USD,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,${index + 1},${unit}\n`,
    );
    const head =
      'BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ConsumedQuantity,ConsumedUnit\n';
    const file = await fileOf('units.csv', head + rows.join(''));
    const {stdout} = await usage(['usage', '--source', file, '--period', '2026-11', '--wide', '--csv']);
    expect(stdout).toBe(
      'provider,account,kind,Tokens,__proto__,provider_,kind_\nfocus,units.csv,consumed,1,2,3,4\n',
    );
  });

  it('may be a pipe that nobody writes into, until Ctrl-C', async () => {
    const pipe = join(await temporary(), 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const {code} = await usage(['focus', 'import', pipe], {signal: AbortSignal.timeout(200)});
    expect(code).toBe(130);
  });

  it.each([
    ['no/such.csv', 'there is no such file'],
    ['aws.csv/x', 'there is no such file'],
    [`${'x'.repeat(300)}.csv`, 'its name is too long'],
    ['circle.csv', 'its links lead in a circle'],
    ['folder', 'it is a folder'],
  ])('that cannot be read is wrong input, in the same words everywhere: %s', async (name, why) => {
    const folder = dirname(await fileOf('aws.csv', AWS));
    await symlink('circle.csv', join(folder, 'circle.csv'));
    await mkdir(join(folder, 'folder'));
    const path = join(folder, name);
    const said = `error: ${path}: it cannot be read: ${why}`;
    const trials = [await usage(['costs', '--source', path]), await usage(['focus', 'import', path])];
    for (const {code, stderr} of trials) {
      expect(code).toBe(2);
      expect(flat(stderr)).toContain(said);
      expect(stderr).not.toContain('try again');
    }
    expect(trials[0]?.stderr).toBe(trials[1]?.stderr);
  });

  it('is given once, however its path is spelt', async () => {
    const file = await fileOf('aws.csv', AWS);
    const folder = dirname(file);
    await symlink(file, join(folder, 'link.csv'));
    for (const other of [file, `${folder}/./aws.csv`, join(folder, 'link.csv')]) {
      const {code, stdout, stderr} = await usage(['costs', '--source', file, '--source', other]);
      expect([code, stdout]).toEqual([2, '']);
      expect(flat(stderr)).toContain(`--source ${other} is there twice`);
    }
    const copy = join(await temporary(), 'aws.csv');
    execFileSync('cp', [file, copy]);
    expect((await usage(['costs', '--source', file, '--source', copy])).code).toBe(0);
  });
});
