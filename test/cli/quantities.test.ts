import Big from 'big.js';
import {beforeEach, describe, expect, it} from 'vitest';
import {parseDate} from '../../src/core/instant.ts';
import {answered, type Envelope} from '../support/context.ts';
import {CALLS, JOBS, METERED, STORES} from '../support/providers/data.ts';
import {sumBy} from '../support/providers/expected.ts';
import {ALL, type Providers, startProviders} from '../support/providers.ts';

let providers: Providers;
beforeEach(async () => {
  providers = await startProviders(ALL);
});
const ask = (line: string): Promise<Envelope> => answered(line, {env: providers.env});

const NOVEMBER = parseDate('2026-11-01')!;
const calls = CALLS.filter(({at}) => at >= NOVEMBER);
const jobs = JOBS.filter(({day}) => day >= NOVEMBER);
const metered = METERED.filter(({at}) => at >= NOVEMBER);
const sum = (values: readonly string[]): string =>
  values.reduce((total, value) => total.plus(value), new Big(0)).toFixed();

const ofCalls = sumBy(
  calls.flatMap(({kind, quantities}) =>
    Object.entries(quantities).map(([metric, value]) => ({key: `${kind} ${metric}`, value: String(value)})),
  ),
  ({key}) => key,
  ({value}) => value,
);
const ofOthers = {
  'qpu qpu_time': sum(jobs.map(({time}) => time)),
  'qpu job_count': String(jobs.length),
  'sandboxes sandbox_seconds': sum(metered.map(row => row.sandbox_seconds)),
  'computers computer_seconds': sum(metered.map(row => row.computer_seconds)),
  'storage storage_gb_hours': sum(metered.map(row => row.storage_gb_hours)),
};
const bytes = STORES.filter(({day}) => day >= NOVEMBER);
const meanOf = (project?: string): string =>
  new Big(
    bytes
      .filter(row => project === undefined || row.project === project)
      .reduce((total, row) => total + row.bytes, 0),
  )
    .div(22)
    .round(6)
    .toFixed();

const byMetric = ({rows}: Envelope) =>
  sumBy(
    rows,
    ({kind, metric}) => `${kind} ${metric}`,
    ({quantity}) => quantity ?? '',
  );

describe('rows of usage come to what was metered', () => {
  it.each([
    ['usage', {...ofCalls, ...ofOthers, 'vector_stores usage_bytes': meanOf()}],
    ['usage --group-by kind', {...ofCalls, ...ofOthers, 'vector_stores usage_bytes': meanOf()}],
    ['usage completions embeddings images', ofCalls],
    ['usage --kind completions,embeddings --kind images --group-by model', ofCalls],
    ['usage completions embeddings images --group-by user,api-key --top 1', ofCalls],
    ['usage completions embeddings images --bucket hour --period mtd', ofCalls],
    ['usage completions embeddings images --bucket week --group-by project', ofCalls],
    ['usage qpu sandboxes computers storage --group-by project', ofOthers],
    ['usage qpu sandboxes computers storage --bucket day --top 2 --group-by user', ofOthers],
  ])('%s', async (line, expected) => {
    expect(byMetric(await ask(line))).toEqual(Object.fromEntries(Object.entries(expected).sort()));
  });

  it('with metrics as columns as well', async () => {
    const {rows} = await ask('usage completions --wide --group-by model');
    for (const metric of ['input_tokens', 'output_tokens', 'num_model_requests', 'input_cached_tokens']) {
      expect(sum(rows.flatMap(row => row[metric] ?? []))).toBe(ofCalls[`completions ${metric}`]);
    }
    // Reported by nobody, and so not 0.
    expect(rows.every(row => row.input_audio_tokens === null)).toBe(true);
  });

  it('each with its unit, and a word on whether it is a sum', async () => {
    const {rows} = await ask('usage');
    const units = Object.fromEntries(rows.map(row => [row.metric, `${row.unit} ${row.statistic}`]));
    expect(units).toMatchObject({
      input_tokens: 'tokens sum',
      num_model_requests: 'requests sum',
      images: 'images sum',
      usage_bytes: 'bytes mean',
      qpu_time: 'microseconds sum',
      job_count: 'jobs sum',
      sandbox_seconds: 'vcpu-seconds sum',
      computer_seconds: 'vcpu-seconds sum',
      storage_gb_hours: 'gib-hours sum',
    });
  });
});

describe('a level', () => {
  it('is the mean over days, for the whole and for each project', async () => {
    const {rows} = await ask('usage vector_stores --group-by project');
    expect(rows.map(row => [row.project_name, row.quantity])).toEqual([
      ['Alpha', meanOf('proj_alpha')],
      ['Beta', meanOf('proj_beta')],
    ]);
    const [a, b] = rows.map(row => new Big(row.quantity!));
    expect(a!.plus(b!).minus(meanOf()).abs().lte('0.000001')).toBe(true);
  });

  it('is the mean within each bucket', async () => {
    const {rows} = await ask('usage vector_stores --bucket day --period 2026-11-03..2026-11-04');
    const ofDay = (date: string) =>
      String(STORES.filter(({day}) => day === parseDate(date)).reduce((total, row) => total + row.bytes, 0));
    expect(rows.map(({quantity}) => quantity)).toEqual(['2026-11-03', '2026-11-04'].map(ofDay));
  });
});

describe('the report', () => {
  it('has requests and tokens of all kinds, counted once', async () => {
    const {rows} = await ask('report --provider openai');
    const [row] = rows;
    const requests = calls.reduce((total, {quantities}) => total + (quantities.num_model_requests ?? 0), 0);
    // Cached tokens are among the input tokens.
    const tokens = calls.reduce(
      (total, {quantities}) => total + (quantities.input_tokens ?? 0) + (quantities.output_tokens ?? 0),
      0,
    );
    expect(row).toMatchObject({requests: String(requests), tokens: String(tokens)});
  });

  it('holds every quantity by kind and metric, and null where there is none', async () => {
    const {rows} = await ask('report --group-by provider');
    const quantities = Object.fromEntries(rows.map(row => [row.provider, row.quantities as unknown]));
    expect(quantities.ionq).toEqual({
      qpu: {qpu_time: ofOthers['qpu qpu_time'], job_count: ofOthers['qpu job_count']},
    });
    expect(quantities.openai).toMatchObject({
      vector_stores: {usage_bytes: meanOf()},
      images: {images: ofCalls['images images']},
    });
    const miosa = rows.find(({provider}) => provider === 'miosa');
    expect(miosa).toMatchObject({requests: null, tokens: null});
  });
});
