import {InputError} from '../core/errors.ts';
import type {Project} from '../core/project.ts';
import {type Label, OTHER, UNATTRIBUTED} from '../core/record.ts';
import type {AccountProjects} from './projects.ts';

/** A project that a person may have meant. */
export interface Candidate {
  readonly account: AccountProjects;
  /** Made up of its costs where no list describes it. */
  readonly project: Project;
  readonly label: Label;
}

/** Everything that is listed or has costs, once. */
export function candidates(accounts: readonly AccountProjects[]): Candidate[] {
  return accounts.flatMap(account => {
    const listed = account.list.projects ?? [];
    const labels = (account.spend ?? []).flatMap(({labels: [label]}) =>
      label && label !== OTHER && label !== UNATTRIBUTED ? [label] : [],
    );
    const found = listed.map(project => {
      const label = labels.find(candidate => projectOf(candidate, listed) === project);
      const {name} = project;
      const id = label?.id ?? project.id;
      return {account, project: {...project, id}, label: {id, ...(name && {name})}};
    });
    const unlisted = labels.filter(label => !projectOf(label, listed));
    return [
      ...found,
      ...unlisted.map(label => ({account, project: {...label, state: 'unknown' as const}, label})),
    ];
  });
}

/** The project that a label of costs is of; by its name only where the list knows no ids. */
export function projectOf(label: Label, projects: readonly Project[]): Project | undefined {
  if (label === OTHER || label === UNATTRIBUTED) return undefined;
  const found = projects.find(({id}) => id === label.id);
  if (found || label.name === undefined) return found;
  const named = projects.filter(({id, name}) => id === name && name === label.name);
  return named.length === 1 ? named[0] : undefined;
}

/**
 * The one project that is meant, by id, then by name, then by name in any case. Throws InputError that lists the
 * candidates of an ambiguous name, or names the nearest of an unknown one.
 */
export function findProject(wanted: string, all: readonly Candidate[]): Candidate {
  const lower = wanted.toLowerCase();
  const ways: ((candidate: Candidate) => boolean)[] = [
    ({project: {id, aliases = []}}) => id === wanted || aliases.includes(wanted),
    ({label: {name}}) => name === wanted,
    ({label: {id, name}}) => name?.toLowerCase() === lower || id.toLowerCase() === lower,
  ];
  for (const way of ways) {
    const [found, ...others] = all.filter(way);
    if (found && others.length === 0) return found;
    if (found) throw ambiguous(wanted, [found, ...others]);
  }
  const names = all.flatMap(({label: {id, name}}) => (name ? [name, id] : [id]));
  const alike = names.filter(name => name.toLowerCase().includes(lower)).slice(0, SHOWN);
  throw new InputError(`no project is called "${wanted}"`, {
    rule: '<provider>/<id or name>, <account>/<id or name>, or the id or name alone',
    nearest: [wanted, names],
    hint: alike.length > 0 ? `it is a part of ${alike.join(', ')}` : 'to see them all: usage projects',
  });
}

const SHOWN = 20;

function ambiguous(wanted: string, all: readonly Candidate[]): InputError {
  const shown = all
    .slice(0, SHOWN)
    .map(({account, label: {id, name}}) => `${account.connected.account}/${id}${name ? ` (${name})` : ''}`);
  const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : '';
  return new InputError(`${all.length} projects are called "${wanted}"`, {
    rule: shown.join(', ') + more,
    hint: 'name one of them by its id',
  });
}
