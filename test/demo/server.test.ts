import {Agent, request} from 'undici';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {instant, parseInstant} from '../../src/core/instant.ts';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {accountOf, ask, buckets, fetchJson, NOW, unix} from './client.ts';

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo(NOW);
});
afterAll(() => demo.close());

describe('the server', () => {
  test('has an account of every provider, on loopback, in the form of the real base URLs', () => {
    const paths = demo.accounts.map(({provider, baseUrl}) => [provider, new URL(baseUrl).pathname]);
    expect(paths).toEqual([
      ['openai', '/openai/v1'],
      ['ionq', '/ionq/v0.4'],
      ['miosa', '/miosa/api/v1'],
    ]);
    for (const {baseUrl} of demo.accounts) expect(new URL(baseUrl).hostname).toBe('127.0.0.1');
  });

  test('answers JSON with a request id, and 404 beside the providers', async () => {
    const {origin} = new URL(accountOf(demo, 'openai').baseUrl);
    const response = await fetch(`${origin}/openai/v1/organization/costs`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
    expect((await fetchJson(`${origin}/elsewhere`)).status).toBe(404);
    expect((await fetchJson(`${origin}/`)).status).toBe(404);
  });

  test('a path that is no valid encoding is not found, and ends nothing', async () => {
    for (const provider of ['openai', 'ionq', 'miosa']) {
      expect((await ask(demo, provider, '/%E0%A4%A')).status).toBe(404);
      expect((await ask(demo, provider, '/constructor')).status).toBe(404);
    }
  });

  test('close ends connections that clients keep alive', async () => {
    const other = await startDemo(NOW);
    const {baseUrl} = accountOf(other, 'miosa');
    const dispatcher = new Agent({keepAliveTimeout: 600_000});
    const {body} = await request(`${baseUrl}/usage`, {dispatcher});
    await body.dump();
    await other.close(); // would wait for the client otherwise
    await expect(request(`${baseUrl}/usage`, {dispatcher})).rejects.toThrow();
    await dispatcher.close();
  });
});

describe('the figures', () => {
  const costs = (at: DemoServer, start: string, end: string) =>
    buckets(at, '/organization/costs', {
      start_time: unix(start),
      end_time: unix(end),
      limit: 180,
      group_by: 'line_item',
    });

  test('are the same on another server, whenever it was started and whatever else was asked', async () => {
    const later = await startDemo(parseInstant('2027-03-01T12:00:00Z')!);
    const [inside] = await costs(demo, '2026-10-07', '2026-10-08');
    const range = await costs(later, '2026-10-01', '2026-11-01');
    await later.close();
    expect(inside?.results.length).toBeGreaterThan(40);
    expect(range[6]).toEqual(inside);
  });

  test('of the running day grow with the hour and end as those of a past day', async () => {
    const sums: number[] = [];
    for (const hour of ['00:00', '06:00', '12:00', '18:00', '23:59']) {
      const at = await startDemo(parseInstant(`2026-11-18T${hour}:00Z`)!);
      const {body} = await ask<{data: {results: {num_model_requests: number}[]}[]}>(
        at,
        'openai',
        '/organization/usage/completions',
        {start_time: unix('2026-11-18'), end_time: unix('2026-11-19')},
      );
      sums.push(body.data[0]?.results[0]?.num_model_requests ?? 0);
      await at.close();
    }
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
    expect(new Set(sums).size).toBe(sums.length);
    expect(sums[0]).toBe(0);
  });

  test('are none before the company was founded, and none after now', async () => {
    const all = await costs(demo, '2023-12-25', '2024-01-01');
    expect(all.map(({results}) => results.length)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    const future = await costs(demo, '2026-11-23', '2026-11-26');
    expect(future.map(({results}) => results.length)).toEqual([0, 0, 0]);
  });

  test('survive a clock that is far off', async () => {
    for (const now of [0, Date.UTC(2090, 0, 1)]) {
      const at = await startDemo(instant(now));
      for (const provider of ['openai', 'ionq', 'miosa']) {
        const path = provider === 'openai' ? '/organization/projects' : '/projects';
        expect((await ask(at, provider, path)).status).toBe(200);
      }
      await at.close();
    }
  });
});
