import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {type Circumstances, envelope, temporary, usage} from '../support/context.ts';
import type {Reply} from '../support/loopback.ts';
import {except, startProviders} from '../support/providers.ts';

// What is known of a budget is said, although something else could not be read.

let directory: string;
beforeEach(async () => {
  directory = join(await temporary(), 'config');
});
const run = (line: string, more: Circumstances = {}) => usage(line, {directory, ...more});

const BROKEN: Reply = {status: 500, body: {statusCode: 500, error: 'Internal', message: 'no'}};
const FORBIDDEN: Reply = {status: 403, body: {error: {message: 'nope', type: 'x', param: null, code: null}}};

describe('a list that fails beside figures that are known', () => {
  it('of IonQ’s projects: budgets kept here are shown, exit 6', async () => {
    const {env} = await startProviders({ionq: except(/\/projects$/, BROKEN)});
    await run('budget set ionq 1');
    expect((await run('budget check', {env})).code).toBe(7);
    const trial = await run('budget list --json', {env});
    expect(trial.code).toBe(6);
    const {rows, sources} = envelope(trial);
    expect(rows).toMatchObject([{scope: 'ionq', state: 'exceeded', error: null}]);
    expect(sources).toMatchObject([{account: 'ionq', status: 'failed'}]);
    expect(JSON.parse(trial.stderr).error).toMatchObject({
      code: 'server_error',
      hint: expect.stringContaining('a key of an owner of the organization'),
    });
    const table = await run('budget list', {env});
    expect(table.code).toBe(6);
    expect(table.stdout).toMatch(/ionq .*exceeded/);
  });

  it('of OpenAI’s projects: what needs no name is shown, the hint names the right that names take', async () => {
    const {env} = await startProviders({openai: except(/^\/organization\/projects$/, FORBIDDEN)});
    await run('budget set openai/proj_alpha 1000000');
    await run('budget set openai/Beta 100');
    const trial = await run('budget list --json', {env});
    expect(trial.code).toBe(6);
    const kept = envelope(trial).rows.filter(row => row.kept_by === 'usage');
    expect(kept).toMatchObject([
      {scope: 'openai/Beta', state: 'unknown', spent: null},
      {scope: 'openai/proj_alpha', state: 'ok', error: null},
    ]);
    const {hint} = JSON.parse(trial.stderr).error;
    expect(hint).toContain("may read the organization's projects");
    expect(trial.stderr).not.toMatch(/log in again/i);
    expect((await run('budget list --no-providers', {env})).stdout).toMatch(/openai\/Beta .*unknown/);
  });

  it('leaves a failure alone if it leaves nothing', async () => {
    const {env} = await startProviders({openai: except(/^\/organization\/(projects|spend.*)$/, FORBIDDEN)});
    await run('budget set openai/Beta 100');
    expect(await run('budget list --no-providers', {env})).toMatchObject({code: 4, stdout: ''});
  });
});
