import {InputError, type UsageError} from '../core/errors.ts';
import {drivers} from '../drivers/index.ts';
import type {Connected} from '../pipeline/connected.ts';
import {candidates, findProject} from '../pipeline/find-project.ts';
import {runProject} from '../pipeline/project.ts';
import {runProjects} from '../pipeline/projects.ts';
import {renderSheet} from '../render/sheet.ts';
import {buildSheet} from '../reports/project-sheet.ts';
import {askAccounts} from './ask-accounts.ts';
import {wholeNumber} from './choice.ts';
import type {ProjectFlags} from './commands/projects.ts';
import type {Context} from './context.ts';
import {noteUnbegun, spanQuery} from './run-projects.ts';

/** Shows one project: `<provider>/<id or name>`, `<account>/<id or name>`, or the id or name alone. Gives the exit code. */
export async function showProject(wanted: string, flags: ProjectFlags, context: Context): Promise<number> {
  if (wanted.trim() === '') {
    throw new InputError('no project is named', {
      rule: '<provider>/<id or name>, <account>/<id or name>, or the id or name alone',
      hint: 'to see them all: usage projects',
    });
  }
  const query = spanQuery(flags, context);
  const top = wholeNumber('--top', String(flags.top ?? 10), 1, 1_000_000);
  const {owner, name} = split(wanted);
  const provider = drivers.find(({id}) => id === owner)?.id;
  const asksProvider = provider !== undefined && flags.provider === undefined;
  return askAccounts(asksProvider ? {...flags, provider: [provider]} : flags, context, {
    ask: async (connected, speaker) => {
      noteUnbegun(query, speaker);
      const owned = connected.filter(one => isOwnedBy(one, owner));
      const asked = owned.length > 0 ? owned : connected;
      const figures = await runProjects(query, asked, new Set());
      const all = candidates(figures.accounts);
      // Whoever did not answer may be the one who knows it.
      const [failure] = figures.failures;
      if (all.length === 0 && failure) return {...figures, whole: undefined};
      const candidate = find(owned.length > 0 ? name : wanted, all, failure);
      return {...figures, whole: await runProject(query, candidate)};
    },
    answer: ({whole, provisionalFrom}, {render, view, format, speaker, sources}) => {
      if (!whole) return [];
      speaker.keepOnly(whole.candidate.account.connected.account);
      const sheet = buildSheet({query, whole, sources, notices: speaker.notices, provisionalFrom, top});
      const dropped = (titles: readonly string[]) => {
        const message = `not enough room for ${titles.join(', ')}; widen the terminal, or see everything with --json`;
        speaker.hold({level: 'info', code: 'no_room', message});
      };
      return renderSheet(sheet, format, render, {...view, dropped});
    },
  });
}

/** Names may hold slashes, so what stands before the first one counts only if it is a provider or an account. */
function split(wanted: string): {readonly owner: string | undefined; readonly name: string} {
  const slash = wanted.indexOf('/');
  return slash < 0
    ? {owner: undefined, name: wanted}
    : {owner: wanted.slice(0, slash), name: wanted.slice(slash + 1)};
}

const isOwnedBy = ({driver, account}: Connected, owner: string | undefined): boolean =>
  account === owner || driver.id === owner;

/** That a name is unknown proves nothing while an account has not answered: then its failure is the answer. */
function find(wanted: string, all: Parameters<typeof findProject>[1], failure: UsageError | undefined) {
  try {
    return findProject(wanted, all);
  } catch (error) {
    throw failure && error instanceof InputError && error.advice.nearest ? failure : error;
  }
}
