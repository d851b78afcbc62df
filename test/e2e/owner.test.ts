import {chmod, chown} from 'node:fs/promises';
import {execa} from 'execa';
import {describe, expect, it} from 'vitest';
import {BIN, tempFolder} from './usage.ts';

const NOBODY = 65_534;

describe.runIf(process.getuid?.() === 0)('a store that its owner has shut', () => {
  it.for(['costs --csv', '', 'accounts list', 'doctor', 'auth status', 'budget check'])(
    'is not taken for an empty one by: usage %s',
    async (line, {skip}) => {
      const asNobody = {reject: false, uid: NOBODY, gid: NOBODY, cwd: '/'} as const;
      const {failed} = await execa(process.execPath, [BIN, '--version'], asNobody);
      if (failed) skip(); // the checkout is in a folder of mine
      const folder = await tempFolder();
      await chown(folder, NOBODY, NOBODY);
      await chmod(folder, 0);
      const env = {USAGE_CONFIG_DIR: folder, MIOSA_API_KEY: 'msk_u_x', MIOSA_BASE_URL: 'http://127.0.0.1:9'};
      const args = [BIN, ...line.split(' ').filter(Boolean)];
      const {exitCode, stdout, stderr} = await execa(process.execPath, args, {
        ...asNobody,
        env,
      });
      expect(exitCode).toBe(3);
      expect(stdout + stderr).toMatch(/cannot be read: access is denied/);
      expect(stdout).not.toMatch(/nothing is stored|No account is set up/);
    },
  );
});
