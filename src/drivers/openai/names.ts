import * as z from 'zod/mini';
import type {NameSource} from '../driver.ts';
import {apiKeyNames} from './key-names.ts';
import {listPages} from './lists.ts';
import {ADMIN, listProjects} from './projects.ts';

const text = z.nullish(z.string());
const named = {name: text, email: text};
/** The person's own fields may stand in a nested `user` instead. */
const userSchema = z.object({id: z.string(), ...named, user: z.nullish(z.object(named))});

const projects: NameSource = {
  dimension: 'project',
  needs: ADMIN,
  isId: value => value.startsWith('proj_'),
  async lookup(session) {
    const names = new Map<string, string>();
    for await (const page of listProjects(session)) {
      for (const {id, name} of page) if (name) names.set(id, name);
    }
    return names;
  },
};

const users: NameSource = {
  dimension: 'user',
  needs: "an admin API key that may read the organization's users, made by one of its owners",
  isId: value => /^user[-_]/.test(value),
  async lookup(session) {
    const names = new Map<string, string>();
    for await (const page of listPages(session, '/organization/users', userSchema)) {
      for (const {id, name, email, user} of page) {
        const shown = name || user?.name || email || user?.email;
        if (shown) names.set(id, shown);
      }
    }
    return names;
  },
};

const apiKeys: NameSource = {
  dimension: 'api_key',
  needs: ADMIN,
  isId: value => value.startsWith('key_'),
  lookup: apiKeyNames,
};

/** Rows carry ids alone. An id that no list knows (deleted, or of another organization) stands for itself. */
export const names: readonly NameSource[] = [projects, users, apiKeys];
