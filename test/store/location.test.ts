import {describe, expect, it} from 'vitest';
import {storeDirectory} from '../../src/store/location.ts';

describe('storeDirectory', () => {
  it.each([
    ['linux', {}, '/home/ada', '/home/ada/.config/usage-cli'],
    ['linux', {XDG_CONFIG_HOME: '/xdg'}, '/home/ada', '/xdg/usage-cli'],
    ['linux', {XDG_CONFIG_HOME: ''}, '/home/ada', '/home/ada/.config/usage-cli'],
    ['linux', {XDG_CONFIG_HOME: 'relative'}, '/home/ada', '/home/ada/.config/usage-cli'],
    ['freebsd', {}, '/home/ada', '/home/ada/.config/usage-cli'],
    ['darwin', {XDG_CONFIG_HOME: '/xdg'}, '/Users/ada', '/Users/ada/Library/Preferences/usage-cli'],
    [
      'win32',
      {APPDATA: 'C:\\Users\\ada\\AppData\\Roaming'},
      'C:\\Users\\ada',
      'C:\\Users\\ada\\AppData\\Roaming\\usage-cli',
    ],
    ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Roaming\\usage-cli'],
  ])('on %s with %j and home %s is %s', (platform, env, home, expected) => {
    expect(storeDirectory(env, home, platform)).toBe(expected);
  });

  it.each(['linux', 'darwin', 'win32'])('lets USAGE_CONFIG_DIR win on %s, as it is', platform => {
    const env = {USAGE_CONFIG_DIR: '/mine', XDG_CONFIG_HOME: '/xdg', APPDATA: 'C:\\AppData'};
    expect(storeDirectory(env, '/home/ada', platform)).toBe('/mine');
  });

  it('takes an empty USAGE_CONFIG_DIR for none', () => {
    expect(storeDirectory({USAGE_CONFIG_DIR: ''}, '/home/ada', 'linux')).toBe('/home/ada/.config/usage-cli');
  });
});
