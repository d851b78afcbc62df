import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {StoreError} from '../../src/core/errors.ts';
import {account, MARKER, tempStore} from './temp-store.ts';

const entry = {provider: 'acme', secret: MARKER, addedAt: '2026-11-22T09:00:00Z'};
const sound = JSON.stringify({version: 1, accounts: {work: entry}}, undefined, 2);
const soundSettings = JSON.stringify({version: 1, accounts: {work: {settings: {organization: MARKER}}}});

type File = 'path' | 'settingsPath';

/** Writes a file as it is, tries everything on it, and gives what came of each attempt. */
async function attempts(file: File, content: string | Uint8Array) {
  const {store} = await tempStore();
  const path = store[file];
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  if (file === 'settingsPath') await writeFile(store.path, sound, {mode: 0o600});
  await writeFile(path, content, {mode: 0o600});
  const before = await readdir(dirname(path));
  const outcomes: unknown[] = [];
  for (const attempt of [() => store.list(), () => store.remove('none'), () => store.save(account('new'))]) {
    outcomes.push(await attempt().catch((error: unknown) => error));
    if (!(outcomes[0] instanceof StoreError)) return {outcomes, path}; // it was sound, so saving may change it
  }
  expect(Buffer.compare(await readFile(path), Buffer.from(content))).toBe(0);
  expect(await readdir(dirname(path))).toEqual(before);
  return {outcomes, path};
}

function expectRefused(
  {outcomes, path}: Awaited<ReturnType<typeof attempts>>,
  message: string | RegExp = '',
) {
  expect(outcomes).toHaveLength(3);
  for (const error of outcomes) {
    expect(error).toBeInstanceOf(StoreError);
    const {message: text, advice, cause} = error as StoreError;
    expect(text.startsWith(path)).toBe(true);
    expect(text).toMatch(message);
    expect(advice.hint).toBeTruthy();
    expect(JSON.stringify([text, advice, String(cause)])).not.toContain(MARKER.slice(9));
  }
}

describe('a damaged file is refused, never shown, never changed', () => {
  it.each<[string, File, string, RegExp]>([
    ['empty', 'path', '', /is cut off or is no JSON/],
    ['cut in half', 'path', sound.slice(0, sound.length / 2), /is cut off or is no JSON/],
    ['an unquoted secret', 'path', MARKER, /is cut off or is no JSON/],
    ['another type', 'path', '[]', /expected shape/],
    ['null', 'path', 'null', /expected shape/],
    ['without a version', 'path', '{"accounts": {}}', /expected shape at version/],
    ['version 0', 'path', '{"version": 0, "accounts": {}}', /expected shape at version/],
    ['a newer version', 'path', '{"version": 2, "logins": []}', /newer version of usage/],
    ['a key more', 'path', `{"version": 1, "accounts": {}, "${MARKER}": 1}`, /expected shape/],
    [
      'a secret for a name',
      'path',
      JSON.stringify({version: 1, accounts: {[MARKER]: entry}}),
      /at accounts\.\*/,
    ],
    [
      'a secret that is a number',
      'path',
      JSON.stringify({version: 1, accounts: {a: {...entry, secret: 5}}}),
      /at accounts\.\*\.secret/,
    ],
    [
      'a secret of two lines',
      'path',
      JSON.stringify({version: 1, accounts: {a: {...entry, secret: `${MARKER}\n`}}}),
      /\.secret/,
    ],
    [
      'no date',
      'path',
      JSON.stringify({version: 1, accounts: {a: {...entry, addedAt: '2026-02-30T00:00:00Z'}}}),
      /\.addedAt/,
    ],
    ['a prototype', 'path', `{"version": 1, "accounts": {"__proto__": ${JSON.stringify(entry)}}}`, /./],
    ['a prototype at the top', 'path', '{"version": 1, "accounts": {}, "__proto__": {"a": 1}}', /./],
    ['nested beyond reason', 'path', '['.repeat(500_000), /is cut off or is no JSON/],
    ['too long', 'path', `${sound}${' '.repeat(1024 * 1024)}`, /is longer than 1048576 bytes/],
    ['cut settings', 'settingsPath', soundSettings.slice(0, -2), /is cut off or is no JSON/],
    [
      'settings of another shape',
      'settingsPath',
      '{"version": 1, "accounts": {"work": {"settings": 5}}}',
      /at accounts\.\*\.settings/,
    ],
    [
      'a setting with a control character',
      'settingsPath',
      soundSettings.replace(MARKER, '\\u001b[2J'),
      /settings\.\*/,
    ],
  ])('%s', async (_, file, content, message) => {
    expectRefused(await attempts(file, content), message);
  });

  it('bytes that are no UTF-8', async () => {
    const bytes = Buffer.from(sound);
    bytes[bytes.indexOf('THIS')] = 0xff;
    expectRefused(await attempts('path', bytes), 'is no UTF-8 text');
  });

  it('any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({maxLength: 200}), async bytes =>
        expectRefused(await attempts('path', bytes)),
      ),
      {numRuns: 60},
    );
  });

  it.each<[File, string]>([
    ['path', sound],
    ['settingsPath', soundSettings],
  ])('a sound %s cut anywhere', async (file, text) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), async length =>
        expectRefused(await attempts(file, text.slice(0, length))),
      ),
      {numRuns: 60},
    );
  });

  it('any JSON where something else belongs', async () => {
    const any = fc.jsonValue().map(value => JSON.stringify(value));
    const holes = [
      '1',
      '{"work"',
      '"acme"',
      '"2026-11-22T09:00:00Z"',
      `"${MARKER}"`,
      '"version"',
      '"provider"',
    ];
    const compact = JSON.stringify(JSON.parse(sound));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...holes), any, async (hole, value) => {
        const tried = await attempts(
          'path',
          compact.replace(hole, hole.startsWith('{') ? `{${value}` : value),
        );
        // Some values do fit, such as another text for the secret; then the file is sound.
        if (tried.outcomes[0] instanceof Error) expectRefused(tried);
        else expect(tried.outcomes[0]).toBeInstanceOf(Array);
      }),
      {numRuns: 100},
    );
  });
});

it('a byte order mark is no damage', async () => {
  const {outcomes} = await attempts('path', `\ufeff${sound}`);
  expect(outcomes[0]).toMatchObject([{name: 'work', secret: MARKER}]);
});
