// The writers alone: 100,000 rows out as CSV, JSON and ndjson, chunk by chunk, beside csv-stringify alone.
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {stringify} from 'csv-stringify/sync';
import {build} from 'esbuild';
import {expect, summary} from './measure.js';

const ROWS = 100_000;
const MB = 1_000_000;

/** @param lab folder, rounds */
export async function writers({folder, rounds}) {
  const outfile = join(folder, 'writers.mjs');
  await build({
    stdin: {
      contents:
        "export {renderCsv} from './src/render/csv.ts'; export {renderJson} from './src/render/json.ts'; export {renderNdjson} from './src/render/ndjson.ts';",
      resolveDir: '.',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const {renderCsv, renderJson, renderNdjson} = await import(pathToFileURL(outfile).href);
  const report = madeUp();
  const view = {width: 80, color: false, terminal: false, dropped: () => {}};
  const plain = report.rows.map(row => row.map(cell => cell.value ?? cell.amount));
  const ways = [
    ['CSV', () => renderCsv(report, view)],
    ['JSON', () => renderJson(report, view)],
    ['ndjson', () => renderNdjson(report, view)],
    ['csv-stringify', () => [stringify(plain)]],
  ];
  const speeds = new Map(ways.map(([name]) => [name, []]));
  let largest = 0;
  for (let round = -1; round < rounds; round++) {
    for (const [name, write] of ways) {
      const began = process.hrtime.bigint();
      let bytes = 0;
      for (const chunk of write()) {
        bytes += Buffer.byteLength(chunk);
        if (name !== 'csv-stringify') largest = Math.max(largest, chunk.length);
      }
      const took = Number(process.hrtime.bigint() - began) / 1e9;
      expect(bytes > ROWS * 50, `${name} wrote ${bytes} bytes`);
      if (round >= 0) speeds.get(name).push(bytes / MB / took);
    }
  }
  const spread = name => summary(speeds.get(name));
  const text = ({median, min, max}) => `${median.toFixed(0)} MB/s (${min.toFixed(0)}–${max.toFixed(0)})`;
  return ['CSV', 'JSON', 'ndjson'].map(name => ({
    what: `100,000 rows out as ${name}, the writer alone`,
    value: spread(name).median,
    text: `${spread(name).median.toFixed(0)} MB/s`,
    range: text(spread(name)),
    goal: 50,
    atLeast: true,
    floor: `csv-stringify alone, all at once ${text(spread('csv-stringify'))}; our largest chunk ${(largest / 1_000).toFixed(0)} kB`,
  }));
}

/** A report of costs by project and line item, as `reports/build.ts` makes it. */
function madeUp() {
  const column = key => ({key, title: key, align: 'left', shown: 'everywhere', rank: 0, description: key});
  const text = value => ({type: 'text', value});
  const rows = Array.from({length: ROWS}, (_, index) => [
    text('openai'),
    text('openai'),
    text(`proj_${String(index % 400).padStart(24, '0')}`),
    text(`Project ${index % 400}`),
    text(`gpt-${index % 250}, input`),
    {type: 'money', amount: `${index}.${String(index * 7_919 + 1).padStart(12, '0')}`, currency: 'USD'},
    text('USD'),
  ]);
  const keys = ['provider', 'account', 'project_id', 'project_name', 'line_item', 'cost', 'currency'];
  const period = {start: Date.UTC(2026, 0, 1), end: Date.UTC(2026, 1, 1), label: '2026-01'};
  return {
    schema: 'usage/costs@1',
    title: 'Costs',
    generatedAt: period.end,
    period,
    compare: undefined,
    groupBy: ['project', 'line_item'],
    bucket: null,
    columns: keys.map(column),
    fields: undefined,
    rows,
    footer: [],
    totals: [],
    sources: [],
    notices: [],
    provisionalFrom: undefined,
  };
}
