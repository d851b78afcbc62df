import {expect, test} from 'vitest';
import type {Report} from '../../src/core/report.ts';
import {type Format, loadRenderer, type View} from '../../src/render/renderer.ts';
import {viewOf} from './build.ts';
import {EMPTY, SAMPLE} from './sample.ts';

// What people and programs see, to be looked at: a change here is a change of the product.

async function print(report: Report, format: Format, view: View): Promise<string> {
  const render = await loadRenderer(format, view);
  let out = '';
  for await (const chunk of render(report, view)) out += chunk;
  return out;
}

const golden = (name: string): string => `../../fixtures/golden/render-${name}.txt`;

test.each([40, 60, 80, 120, 200])('tables at width %i', async width => {
  const plain = viewOf(width);
  await expect(await print(SAMPLE, 'table', plain)).toMatchFileSnapshot(golden(`text-${width}`));
  const terminal = viewOf(width, {terminal: true, color: true});
  await expect(await print(SAMPLE, 'table', terminal)).toMatchFileSnapshot(golden(`terminal-${width}`));
});

test('an empty table', async () => {
  await expect(await print(EMPTY, 'table', viewOf(80))).toMatchFileSnapshot(golden('text-empty'));
});

test.each(['csv', 'tsv', 'json', 'ndjson', 'markdown'] as const)('%s', async format => {
  await expect(await print(SAMPLE, format, viewOf(80))).toMatchFileSnapshot(golden(format));
});
