import * as z from 'zod/mini';
import {SETTINGS_FILE} from './settings.ts';

/** The JSON Schema (draft 2020-12) of config.json, from what reads it. */
export const settingsJsonSchema = (): object => z.toJSONSchema(SETTINGS_FILE, {io: 'input'});
