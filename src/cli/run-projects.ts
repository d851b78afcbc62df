import {formatPeriod} from '../core/period.ts';
import type {ProjectState} from '../core/project.ts';
import type {Query} from '../core/query.ts';
import type {ProjectPart} from '../drivers/driver.ts';
import {runProjects} from '../pipeline/projects.ts';
import {accountNotes} from '../reports/account-notes.ts';
import {buildProjects, describeProjects} from '../reports/projects.ts';
import {askAccounts} from './ask-accounts.ts';
import {chooseAll} from './choice.ts';
import type {ProjectFlags} from './commands/projects.ts';
import type {Context} from './context.ts';
import {isFieldsHelp, parseFields, printFields} from './fields.ts';
import {parseQuery, parseSort} from './parse-query.ts';

const STATES: readonly ProjectState[] = ['active', 'archived', 'unknown'];

/** Lists the projects of every account. Gives the exit code. */
export async function listProjects(flags: ProjectFlags, context: Context): Promise<number> {
  const base = spanQuery(flags, context);
  const columns = describeProjects(base);
  if (isFieldsHelp(flags)) return printFields(columns, context);
  const query: Query = {
    ...base,
    fields: parseFields(flags, columns),
    sort: flags.sort === undefined ? undefined : parseSort(flags.sort, columns),
  };
  const states = flags.state && chooseAll('--state', flags.state, STATES);
  return askAccounts(flags, context, {
    ask: async (connected, speaker) => {
      noteUnbegun(query, speaker);
      const figures = await runProjects(query, connected, partsOf(query));
      for (const notice of accountNotes(figures)) speaker.hold(notice);
      return figures;
    },
    answer: (figures, {render, view, speaker, accounts, sources}) =>
      render(
        buildProjects({
          query,
          figures,
          sources,
          notices: speaker.notices,
          states,
          showAccounts: accounts.some(({name, driver}) => name !== driver.id),
        }),
        view,
      ),
  });
}

/** The period as a query for costs by project; everything else of reports does not apply here. */
export function spanQuery({period}: ProjectFlags, context: Context): Query {
  return parseQuery(
    'costs',
    [],
    {groupBy: ['project'], ...(period === undefined ? {} : {period})},
    context.now(),
  );
}

export function noteUnbegun(
  {period, now}: Query,
  speaker: {say(notice: {level: 'warning'; code: string; message: string}): void},
): void {
  if (period.start <= now) return;
  const message = `the period ${formatPeriod(period)} has not begun: it has no costs yet`;
  speaker.say({level: 'warning', code: 'not_begun', message});
}

/** Only what a column shows is asked for: members and limits take a request for each project. */
function partsOf({fields, sort}: Query): ReadonlySet<ProjectPart> {
  const shows = (keys: RegExp) =>
    fields === undefined || [...fields, ...(sort ? [sort.field] : [])].some(field => keys.test(field));
  return new Set<ProjectPart>([
    'funds',
    ...(shows(/^members$/) ? ['members' as const] : []),
    ...(shows(/^(budget.*|remaining|used)$/) ? ['limits' as const] : []),
  ]);
}
