import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {Spool} from '../../src/focus/spool.ts';
import {temporary} from '../support/context.ts';

async function all(spool: Spool): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of spool.bytes()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it('gives lanes in their order, whoever was first and whatever went to disk', async () => {
  const folder = await temporary();
  const texts = fc.array(fc.tuple(fc.nat(3), fc.string({unit: 'grapheme', maxLength: 20})), {maxLength: 40});
  await fc.assert(
    fc.asyncProperty(texts, fc.nat(100), async (parts, budget) => {
      const spool = new Spool(folder, budget);
      const lanes = [spool.lane(), spool.lane(), spool.lane(), spool.lane()];
      for (const [lane, text] of parts) if (lanes[lane]?.add(`${text}\n`)) await lanes[lane]?.spill();
      const expected = lanes.flatMap((_, lane) =>
        parts.flatMap(([of, text]) => (of === lane ? [`${text}\n`] : [])),
      );
      expect(await all(spool)).toBe(expected.join(''));
      expect(await all(spool)).toBe(expected.join('')); // again
      await spool.dispose();
    }),
    {numRuns: 60},
  );
  expect(await readdir(folder)).toEqual([]);
});

it('goes to disk beyond its budget only, for its owner alone', async () => {
  const folder = await temporary();
  const spool = new Spool(folder, 10);
  const lane = spool.lane();
  expect(lane.add('123456789\n')).toBe(false);
  expect(await readdir(folder)).toEqual([]);
  expect(lane.add('x\n')).toBe(true);
  await lane.spill();
  const [file = ''] = await readdir(folder);
  expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  await spool.dispose();
  expect(await readdir(folder)).toEqual([]);
});
