import {type DayNumber, dayOf} from './day.ts';

/*
 * The made-up company: it sells document search and agents, and keeps a small quantum chemistry group. Names of people
 * have accents, apostrophes and other scripts on purpose, because real ones do.
 */

/** The domain is of the kind that can never be registered, so no mail address here can be real. */
export const COMPANY = {name: 'Quillhaven', domain: 'quillhaven.example', slug: 'com.quillhaven'} as const;

/** Somebody who works or worked there. Each provider derives its own id from the slug. */
export interface Person {
  readonly slug: string;
  readonly name: string;
  readonly owner: boolean;
  readonly joined: DayNumber;
  /** Accounts of people who left are gone, but their usage stays. */
  readonly left?: DayNumber;
}

const person = (
  slug: string,
  name: string,
  joined: string,
  more: {owner?: boolean; left?: string} = {},
): Person => ({
  slug,
  name,
  owner: more.owner ?? false,
  joined: dayOf(joined),
  ...(more.left && {left: dayOf(more.left)}),
});

/** In the order in which they joined. */
export const PEOPLE: readonly Person[] = [
  person('ingrid', 'Ingrid Solberg', '2024-01-01', {owner: true}),
  person('mateo', 'Mateo Álvarez', '2024-01-01', {owner: true}),
  person('priya', 'Priya Raman', '2024-02-12'),
  person('tom', "Tom O'Keefe", '2024-05-06'),
  person('zoe', 'Zoë Lindqvist', '2024-06-03'),
  person('jonas', 'Jonas Vogt', '2024-07-01', {left: '2026-10-31'}),
  person('ngozi', 'Ngozi Adeyemi', '2024-11-04'),
  person('sato', '佐藤 健', '2025-02-17'),
  person('hana', 'Hana Kim', '2025-03-03'),
  person('lukas', 'Lukas Brandt', '2025-05-05'),
  person('amara', 'Amara Diallo', '2025-09-01'),
  person('wei', 'Wei Chen', '2025-10-13'),
  person('elena', 'Elena Petrova', '2026-01-12'),
];

/** Whether somebody has an account on a day. */
export const isThere = ({joined, left}: Person, day: DayNumber): boolean =>
  joined <= day && (left === undefined || day < left);

/** Undefined for service accounts, which are no people. */
export const personBy = (slug: string): Person | undefined => PEOPLE.find(person => person.slug === slug);

/** The address of a person by slug. */
export const emailOf = (slug: string): string => `${slug}@${COMPANY.domain}`;
