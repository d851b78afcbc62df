import type {Instant} from '../../core/instant.ts';
import {type DayNumber, dayNumber} from '../day.ts';
import type {JsonObject} from '../json.ts';
import {emailOf, isThere, PEOPLE, personBy} from '../organization.ts';
import {opaque} from '../random.ts';
import {found, unixNow, unixTime} from './lists.ts';
import {type ApiKey, PROJECTS, type Project, userId} from './projects.ts';

type Item = JsonObject & {readonly id: string};

/** Projects that exist on a day; deleted ones are gone, even for those who ask for archived ones. */
const existing = (today: DayNumber): Project[] =>
  PROJECTS.filter(({created, deleted}) => created <= today && (deleted === undefined || today < deleted));

const isArchived = (project: Project, today: DayNumber): boolean =>
  project.archived !== undefined && project.archived <= today;

/** A project that exists now, archived or not. Throws the API's 404. */
export function findProject(id: string, now: Instant): Project {
  return found(
    existing(dayNumber(now)).find(project => project.id === id),
    `Project '${id}'`,
  );
}

/** Archived projects keep their cost and their keys, but not their members. */
export const isArchivedAt = (project: Project, now: Instant): boolean => isArchived(project, dayNumber(now));

/** Items of GET /organization/projects. */
export function projectItems(now: Instant, includeArchived: boolean): Item[] {
  const today = dayNumber(now);
  return existing(today)
    .filter(project => includeArchived || !isArchived(project, today))
    .map(project => projectItem(project, now));
}

/** One project as the API shows it. */
export function projectItem(project: Project, now: Instant): Item {
  const archived = isArchivedAt(project, now);
  return {
    id: project.id,
    object: 'organization.project',
    name: project.name,
    created_at: unixTime(project.created),
    archived_at: archived && project.archived !== undefined ? unixTime(project.archived) : null,
    status: archived ? 'archived' : 'active',
    external_key_id: null,
    residency: project.slug === 'tokyo' ? 'JP_STORAGE' : 'GLOBAL',
  };
}

/** People and service accounts; who left is not listed any more. */
export function userItems(now: Instant, emails: readonly string[] | undefined): Item[] {
  const today = dayNumber(now);
  const people = PEOPLE.filter(person => isThere(person, today)).map(person => ({
    object: 'organization.user',
    id: userId(person.slug),
    name: person.name,
    email: emailOf(person.slug),
    role: person.owner ? 'owner' : 'reader',
    added_at: unixTime(person.joined),
    is_service_account: false,
  }));
  const robots = existing(today).flatMap(project =>
    [...new Set(project.keys.map(({owner}) => owner))].filter(isRobot).map(owner => ({
      object: 'organization.user',
      id: userId(owner),
      name: owner,
      email: null,
      role: 'reader',
      added_at: unixTime(project.created),
      is_service_account: true,
    })),
  );
  return [...people, ...robots].filter(
    ({email}) => emails === undefined || (email !== null && emails.includes(email)),
  );
}

/** Items of GET /organization/projects/{id}/users. Service accounts are no members. */
export function memberItems(project: Project, now: Instant): Item[] {
  const today = dayNumber(now);
  return PEOPLE.filter(person => project.members.includes(person.slug) && isThere(person, today)).map(
    person => ({
      object: 'organization.project.user',
      id: userId(person.slug),
      name: person.name,
      email: emailOf(person.slug),
      role: person.owner ? 'owner' : 'member',
      added_at: unixTime(Math.max(project.created, person.joined)),
    }),
  );
}

/** `access` undefined is the API's default, which leaves out keys whose owner has no access any more. */
export function keyItems(project: Project, now: Instant, access: string | undefined): Item[] {
  return project.keys
    .filter(({deleted}) => !deleted)
    .map(key => keyItem(project, key, now))
    .filter(({owner_project_access}) => access === 'any' || owner_project_access === (access ?? 'active'));
}

function keyItem(
  project: Project,
  key: ApiKey,
  now: Instant,
): Item & {readonly owner_project_access: string} {
  const person = personBy(key.owner);
  const active = !person || isThere(person, dayNumber(now));
  return {
    object: 'organization.project.api_key',
    id: key.id,
    name: key.name,
    redacted_value: `sk-${isRobot(key.owner) ? 'svcacct' : 'proj'}-${opaque(key.slug, 3)}...${opaque(key.id, 4)}`,
    created_at: unixTime(project.created),
    last_used_at: active ? unixNow(now) : null,
    owner_project_access: active ? 'active' : 'inactive',
    owner: person
      ? {
          type: 'user',
          user: {
            id: userId(person.slug),
            name: person.name,
            email: emailOf(person.slug),
            role: 'member',
            created_at: unixTime(person.joined),
          },
        }
      : {
          type: 'service_account',
          service_account: {
            id: userId(key.owner),
            name: key.owner,
            role: 'member',
            created_at: unixTime(project.created),
          },
        },
  };
}

const isRobot = (slug: string): boolean => slug.startsWith('svc-');
