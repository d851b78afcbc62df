import {describe, expect, it} from 'vitest';
import {type Fault, send, textOf} from './fault.ts';
import {FAULTS} from './kinds/all.ts';
import {faultsOf} from './oracle.ts';
import {drawSchedule, ordered} from './schedule.ts';
import {SURROUNDINGS} from './surroundings.ts';
import {describeRun, Tally} from './tally.ts';
import {tryOut} from './trial.ts';
import {PROVIDERS, type Provider} from './truth.ts';
import {makeWorld} from './world.ts';

/** Prints the whole story of a run that is not right. */
async function expectRight(schedule: Parameters<typeof tryOut>[0]) {
  const verdict = await tryOut(schedule);
  expect(verdict.wrong, describeRun(verdict)).toEqual([]);
  return verdict;
}

const cases = FAULTS.flatMap(fault =>
  PROVIDERS.filter(provider => (fault.provider ?? provider) === provider).map(
    provider => [fault.family, fault.name, provider, fault] as const,
  ),
);

describe('each fault alone', () => {
  it.each(cases)('%s: %s, of %s', async (_family, _name, provider, fault) => {
    const times = fault.family === 'stalls' ? 1 : 2;
    const {struck, answered, code} = await expectRight(
      ordered(7, provider, (of, _target, attempt) =>
        of === provider && attempt <= times ? fault : undefined,
      ),
    );
    expect(struck.length).toBeGreaterThan(0);
    if (fault.nature === 'passing' || fault.nature === 'harmless')
      expect([code, answered]).toEqual([0, [provider]]);
    if (fault.nature === 'fatal') expect(answered).toEqual([]);
  });

  it.each(SURROUNDINGS.map(around => [around.name, around] as const))('%s', async (_, surroundings) => {
    const verdict = await expectRight({
      ...drawSchedule(11),
      surroundings,
      strict: false,
      faultOf: () => undefined,
    });
    expect([0, 5, 6]).toContain(verdict.code);
    expect(verdict.code === 0).toBe(surroundings.nature === 'harmless');
  });
});

describe('many faults at once', () => {
  it('the seeds 1 to 200: whole or honest', async () => {
    const tally = new Tally();
    for (let seed = 1; seed <= 200; seed++) tally.add(await tryOut(drawSchedule(seed)));
    expect(tally.wrong.map(describeRun).join('\n')).toBe('');
    expect(tally.runs).toBe(200);
  });

  it('a seed gives the same run again', async () => {
    const [first, second] = [await tryOut(drawSchedule(5)), await tryOut(drawSchedule(5))];
    const story = ({code, stdout, struck}: typeof first) => [
      code,
      stdout,
      struck.map(({fault}) => fault.name).sort(),
    ];
    expect(story(second)).toEqual(story(first));
  });
});

/** A provider that is well for so many answers, and then fails in one way for ever. */
const dying = (fault: string, well: number, victim: Provider = 'openai') => {
  const way = FAULTS.find(({name}) => name === fault);
  if (!way) throw new Error(`no fault is called ${fault}`);
  let answered = 0;
  return {
    ...ordered(3, victim, () => (answered++ < well ? undefined : way)),
    dying: victim,
  };
};

// Found by the laboratory: stalls cost 155 s, because each of five tries had its thirty.
describe('a provider that dies costs seconds', () => {
  it.each([
    ['no answer at all', 46],
    ['half a body', 46],
    ['503', 16],
    ['reset before the answer', 16],
    ['429', 16],
    ['429 with Retry-After in seconds', 60],
  ])('%s: at most %d s', async (fault, most) => {
    for (const well of [0, 3]) {
      const {seconds, code} = await expectRight(dying(fault, well));
      expect(code).toBe(5);
      expect(seconds).toBeLessThan(most);
    }
  });
});

// Found by the laboratory: ten thousand requests went out before the answer counted as endless.
it('endless pages are noticed soon', async () => {
  const {requests, code, stderr} = await expectRight(dying('endless cursors and nothing else', 0));
  expect(code).toBe(5);
  expect(stderr).toContain('the answer has more than');
  expect(requests).toBeLessThan(60);
});

// Found by the laboratory: an answer that ended before the running day was a smaller sum without a word.
it('an answer without the running day says so', async () => {
  const {code, stderr} = await expectRight(drawSchedule(1159));
  expect(code).toBe(0);
  expect(stderr).toContain('no figures of 2026-11-22 yet');
});

describe('the oracle', () => {
  const clean = async (format: 'json' | 'ndjson' | 'csv') => {
    const schedule = {...drawSchedule(2), ...ordered(2, 'openai', () => undefined), format};
    const {code, stdout, stderr} = await tryOut(schedule);
    const judge = (changed: Partial<{code: number; stdout: string; stderr: string}>) =>
      faultsOf(makeWorld(2), schedule.question, format, false, {code, stdout, stderr, ...changed}).wrong;
    return {stdout, judge};
  };

  it.each(['json', 'ndjson', 'csv'] as const)('sees every digit that is changed (%s)', async format => {
    const {stdout, judge} = await clean(format);
    expect(judge({})).toEqual([]);
    const digits = [
      ...stdout.matchAll(format === 'csv' ? /(?<=,)-?\d[\d.]*(?=,USD)/g : /(?<="cost": ?)-?\d[\d.]*/g),
    ];
    expect(digits.length).toBeGreaterThan(2);
    for (const {0: cost, index} of digits) {
      const last = cost.length - 1;
      const other = cost[last] === '1' ? '2' : '1';
      const changed = stdout.slice(0, index + last) + other + stdout.slice(index + cost.length);
      expect(judge({stdout: changed}), cost).not.toEqual([]);
    }
  });

  it('sees a row that is missing, one too many, and an exit code that lies', async () => {
    const {stdout, judge} = await clean('ndjson');
    const lines = stdout.trimEnd().split('\n');
    expect(judge({stdout: lines.slice(1).join('\n')})).not.toEqual([]);
    expect(judge({stdout: `${stdout}${lines[0]}\n`})).not.toEqual([]);
    expect(judge({code: 1})).not.toEqual([]);
    expect(judge({code: 5})).not.toEqual([]);
    expect(judge({code: 5, stdout: '', stderr: ''})).not.toEqual([]);
    expect(judge({stdout: ''})).not.toEqual([]);
  });

  it('sees a key that is printed, and a provider that is counted in spite of a fatal fault', async () => {
    const telltale: Fault = {
      name: 'an honest answer that is called fatal',
      family: 'amounts',
      nature: 'fatal',
      strike: hit => send(hit, textOf(hit.answer)),
    };
    const verdict = await tryOut(ordered(2, 'miosa', () => telltale));
    expect(verdict.wrong).toContain('miosa was counted in spite of a fault that is fatal');
  });
});
