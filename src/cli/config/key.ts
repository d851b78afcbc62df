import type {Preferences} from '../../store/settings.ts';
import type {Scene} from './default-keys.ts';

/** One thing that can be set in config.json. */
export interface Key {
  /** In full: `defaults.group-by`, `rates.EUR`, `accounts.work.base-url`. */
  readonly name: string;
  readonly description: string;
  readonly builtIn?: string;
  /** The environment variable that goes before it. */
  readonly variable?: string;
  /** As the file has it: text, number or list; undefined if it is not set. */
  read(preferences: Preferences): string | number | readonly string[] | undefined;
  /** Throws InputError if the value is wrong. */
  set(preferences: Preferences, text: string, scene: Scene): Preferences;
  unset(preferences: Preferences): Preferences;
}

/** As people type it: a list with commas. */
export const textOf = (value: string | number | readonly string[]): string =>
  typeof value === 'object' ? value.map(item => item.replaceAll(',', '\\,')).join(',') : String(value);
