import {readdir} from 'node:fs/promises';
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
      for (const [lane, text] of parts) {
        lanes[lane]?.add(`${text}\n`);
        if (spool.isFull) await spool.relieve();
        expect(spool.isFull).toBe(false);
      }
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

it('goes to disk beyond its budget only, without a name that a crash would leave behind', async () => {
  const folder = await temporary();
  const spool = new Spool(folder, 10);
  const [lane, other] = [spool.lane(), spool.lane()];
  other.add('y\n');
  lane.add('1234567\n');
  expect([spool.isFull, lane.held, other.held]).toEqual([false, 8, 2]);
  lane.add('x\n');
  expect(spool.isFull).toBe(true);
  await spool.relieve();
  expect([spool.isFull, lane.held, other.held]).toEqual([false, 0, 2]); // the fullest alone
  expect(await readdir(folder)).toEqual([]);
  expect(await all(spool)).toBe('1234567\nx\ny\n');
  await spool.dispose();
});

it('says why where there is no room for it', async () => {
  const spool = new Spool(join(await temporary(), 'no', 'such'), 1);
  spool.lane().add('too much');
  await expect(spool.relieve()).rejects.toThrow('ENOENT');
  await spool.dispose();
});
