import fc from 'fast-check';
import {expect, test} from 'vitest';
import {oneByOne} from '../../src/drivers/one-by-one.ts';

interface Item {
  readonly id: number;
}

test('gives what is in the batches, in order, empty ones too', async () => {
  const batches = fc.array(fc.array(fc.record({id: fc.integer()}), {maxLength: 4}), {maxLength: 6});
  await fc.assert(
    fc.asyncProperty(batches, async given => {
      const source = (async function* () {
        yield* given;
      })();
      const items: Item[] = [];
      for await (const item of oneByOne(source)) items.push(item);
      expect(items).toEqual(given.flat());
    }),
  );
});

test('whoever stops early stops the source', async () => {
  let closed = false;
  const source = (async function* (): AsyncGenerator<readonly Item[]> {
    try {
      yield [{id: 1}, {id: 2}];
      yield [{id: 3}];
    } finally {
      closed = true;
    }
  })();
  for await (const item of oneByOne(source)) if (item.id === 1) break;
  expect(closed).toBe(true);
});

test('hands on what goes wrong', async () => {
  const source = (async function* (): AsyncGenerator<readonly Item[]> {
    yield [{id: 1}];
    throw new Error('cut');
  })();
  const items: Item[] = [];
  await expect(async () => {
    for await (const item of oneByOne(source)) items.push(item);
  }).rejects.toThrow('cut');
  expect(items).toEqual([{id: 1}]);
});
