import {describe, expect, it} from 'vitest';
import {openNdjson} from '../../src/focus/read-ndjson.ts';
import {usage} from '../support/context.ts';
import {ask, cells, fileOf} from './files.ts';

const PLAIN = {BilledCost: 1, BillingCurrency: 'USD', ChargePeriodStart: '2026-11-01T00:00:00Z'};
const linesOf = (...rows: readonly object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');

describe('JSON Lines', () => {
  it('have a column wherever it first appears: the order of rows decides nothing', async () => {
    const many = linesOf(...Array.from({length: 20_000}, () => PLAIN));
    const late = linesOf({...PLAIN, BilledCost: 5, ServiceName: 'late', ServiceProviderName: 'P'});
    const answers = [];
    for (const content of [many + late, late + many]) {
      const trial = await ask('costs --group-by service', await fileOf('x.ndjson', content));
      expect(trial.code).toBe(0);
      answers.push(cells(trial).sort());
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toContain('P,late,5,USD');
  });

  it('take a value of many letters', async () => {
    const line = JSON.stringify({a: 'x'.repeat(9_000_000), b: '\n"'.repeat(1_000_000), 'c:': '":'});
    expect((await openNdjson(await fileOf('x.ndjson', line), false)).columns).toEqual(['a', 'b', 'c:']);
  });

  it.each([
    ['{"a": 1, "b": "x", "a": 2}', 'line 2 has a twice'],
    ['{"a": {"b": 1}, "\\u0061" : "\\":"}', 'line 2 has a twice'],
    ['{"a": 1, "Tags": {"a": 1}, "b": "\\"a\\": {"}', undefined],
    ['{"a": [{"a": 1}, {"a": 1}]}', undefined],
    ['{"a": "\\\\", "b": 1, "b": 2}', 'line 2 has b twice'],
  ])('%s: %s', async (line, said) => {
    const opening = openNdjson(await fileOf('x.ndjson', `{"a": 1}\n${line}\n`), false);
    if (said === undefined) expect((await opening).columns).toContain('a');
    else await expect(opening).rejects.toThrow(said);
  });

  it('with tags too deep to be written down name the line: exit 5', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const row = JSON.stringify(PLAIN).replace(/}$/, `,"Tags":${deep}}\n`);
    const file = await fileOf('x.ndjson', linesOf(PLAIN) + row);
    for (const line of [
      ['costs', '--group-by', 'project', '--source', file],
      ['focus', 'import', file],
    ]) {
      const {code, stderr} = await usage(line);
      expect(code).toBe(5);
      expect(stderr).toContain('line 2');
    }
  });
});
