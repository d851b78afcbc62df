import type {Driver} from '../../drivers/driver.ts';
import {drivers} from '../../drivers/index.ts';
import {type Entry, entries, page, paragraph, type Section} from '../page.ts';

/** `usage help environment`: the drivers say what they read. */
export const environment = (): Section =>
  page(
    paragraph(
      'A flag goes before a variable, and a variable before what is stored. An empty one counts as not set.',
    ),
    ...drivers.map(driver => entries(driver.title, variablesOf(driver))),
    entries('All of them', [
      ['USAGE_CONFIG_DIR', 'the folder of the store, in place of the usual one'],
      ['USAGE_NOW', 'the clock that reports are made by (RFC 3339), to repeat one'],
      ['HTTPS_PROXY, HTTP_PROXY', 'a proxy; NO_PROXY lists hosts that are asked directly'],
      ['USAGE_FOCUS_TOKEN', 'bearer token for a FOCUS file that comes from an address'],
      ['NO_COLOR, FORCE_COLOR', 'colour never, or always'],
      ['COLUMNS', 'how wide a table may be, and help up to 80 columns'],
    ]),
    entries('The store', [
      ['Linux', '~/.config/usage-cli, or below XDG_CONFIG_HOME'],
      ['macOS', '~/Library/Preferences/usage-cli'],
      ['Windows', '%APPDATA%\\usage-cli'],
      ['credentials.json', 'keys, readable by you alone (0600)'],
      ['config.json', 'settings, fit to be published'],
      ['budgets.json', 'budgets, fit to be kept under version control'],
      [
        'notified.json',
        'which notifications of budgets were delivered, as digests; without it what is over is told once more',
      ],
      [
        'names.json',
        'names of projects and users that reports have shown, for Tab completion; may be deleted',
      ],
      ['store.lock', 'there only while something is changed'],
    ]),
    paragraph('Keys are never taken from an argument, and never printed.'),
  );

const variablesOf = ({credential, settings, baseUrl, baseUrlEnv}: Driver): Entry[] => [
  [credential.env, `the key: ${credential.label}`],
  ...settings.map(({env, description}): Entry => [env, description]),
  [baseUrlEnv, `where the API is; by default ${baseUrl}`],
];
