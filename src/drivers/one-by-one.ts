/**
 * What comes in batches, one by one, for `for await`. A generator that yields each of a million records takes as long as
 * adding them up; this takes a third of that.
 */
export function oneByOne<T extends object>(batches: AsyncGenerator<readonly T[]>): AsyncIterable<T> {
  let batch: readonly T[] = [];
  let place = 0;

  async function next(): Promise<IteratorResult<T>> {
    const batchAfter = await batches.next();
    if (batchAfter.done) return {done: true, value: undefined};
    batch = batchAfter.value;
    place = 0;
    return take() ?? next();
  }

  function take(): IteratorResult<T> | undefined {
    const value = batch[place++];
    return value && {done: false, value};
  }

  return {
    [Symbol.asyncIterator]: () => ({
      next() {
        const taken = take();
        return taken ? Promise.resolve(taken) : next();
      },
      async return() {
        await batches.return(undefined);
        return {done: true, value: undefined};
      },
    }),
  };
}
