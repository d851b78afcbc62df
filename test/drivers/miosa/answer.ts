import type {Record} from '../../../src/core/record.ts';
import type {SourceQuery} from '../../../src/drivers/driver.ts';
import {miosa} from '../../../src/drivers/miosa/index.ts';
import {usage} from '../../../src/drivers/miosa/usage.ts';
import {loopback, type Received, type Reply} from '../../support/loopback.ts';
import {collect, type TestSession, testSession} from '../../support/session.ts';

export type Answer = (request: Received) => Reply;

/** Runs something in a session whose server gives that answer. */
export async function withAnswer<T>(
  answer: Answer,
  work: (session: TestSession, received: readonly Received[]) => Promise<T>,
  settings: {[name: string]: string} = {},
): Promise<T> {
  const server = await loopback(answer);
  const session = await testSession(miosa, server.url, {settings});
  try {
    return await work(session, server.received);
  } finally {
    await session.close();
    await server.close();
  }
}

/** The records of a query, and the queries that were sent for them. */
export const ask = (
  answer: Answer,
  query: SourceQuery,
): Promise<{readonly records: readonly Record[]; readonly sent: readonly {[name: string]: string}[]}> =>
  withAnswer(answer, async (session, received) => {
    const records = await collect(usage, query, session);
    return {records, sent: received.map(request => Object.fromEntries(request.query))};
  });

/** The error of a query. */
export const refusal = (answer: Answer, query: SourceQuery): Promise<unknown> =>
  ask(answer, query).then(
    () => undefined,
    (error: unknown) => error,
  );
