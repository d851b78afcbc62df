import {posix, win32} from 'node:path';

/** Environment variables by name, as Node has them. An empty one counts as not set. */
type Environment = {readonly [name: string]: string | undefined};

const FOLDER = 'usage-cli';

/**
 * Where the store lives. `USAGE_CONFIG_DIR` is taken as it is; without it, the folder that programs of this platform
 * keep their settings in.
 * @param home the user's home folder
 * @param platform as Node spells it: `linux`, `darwin`, `win32` …
 */
export function storeDirectory(env: Environment, home: string, platform: string): string {
  if (env.USAGE_CONFIG_DIR) return env.USAGE_CONFIG_DIR;
  if (platform === 'win32') return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), FOLDER);
  if (platform === 'darwin') return posix.join(home, 'Library', 'Preferences', FOLDER);
  // The XDG specification wants relative paths ignored.
  const xdg = env.XDG_CONFIG_HOME;
  return posix.join(xdg && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.config'), FOLDER);
}
