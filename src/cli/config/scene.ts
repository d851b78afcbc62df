import {drivers} from '../../drivers/index.ts';
import type {Preferences} from '../../store/settings.ts';
import {FOCUS, loadStore} from '../accounts.ts';
import type {Context} from '../context.ts';
import type {Scene} from './default-keys.ts';

/** The accounts that there are with these settings: of the environment, with a stored key, with a key command. */
export async function lookAround({accounts}: Preferences, context: Context): Promise<Scene> {
  const stored = await (await loadStore(context, () => undefined)).providers();
  const commanded = [...accounts].flatMap(([name, {provider, keyCommand}]) =>
    provider === undefined || (keyCommand === undefined && provider !== FOCUS)
      ? []
      : [[name, provider] as const],
  );
  const given = drivers
    .filter(({credential}) => context.env[credential.env])
    .map(({id}) => [id, id] as const);
  const providers = new Map<string, string>([...given, ...commanded, ...stored]);
  return {
    now: context.now(),
    accounts: [...providers].map(([name, provider]) => ({name, provider, stored: stored.has(name)})),
  };
}
