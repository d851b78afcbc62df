import type {Command} from 'commander';
import {PERIOD_FORMS} from '../../core/parse-period.ts';
import {guide} from '../guide.ts';
import {addFetchOptions, addOutputOptions, list, type ReportFlags} from '../options.ts';
import type {Run} from './run.ts';

/** Flags of `usage projects` beside those of reports. */
export type ProjectFlags = ReportFlags & {readonly state?: readonly string[]};

const LIST_EXAMPLES = [
  'usage projects list',
  'usage projects list --state active --sort used',
  "usage projects list --json | jq '.rows[] | select(.used > 0.8)'",
];
const SHOW_EXAMPLES = [
  'usage projects show <provider>/<project>',
  'usage projects show <provider>/<project> --json | jq .members',
];
const EXIT_CODES = [0, 2, 3, 4, 5, 6, 130] as const;

/** `usage projects [list]` and `usage projects show`. */
export function addProjects(program: Command, run: Run): void {
  const projects = program
    .command('projects')
    .summary('projects: state, budget, spend, what is left; who spent it')
    .description('Projects of every account, with the budgets that providers keep. Nothing is ever written.');
  guide(projects, {
    examples: ['usage projects', 'usage projects show <provider>/<project>'],
    exitCodes: EXIT_CODES,
    meant: 'list',
  });
  const all = addTime(projects.command('list'))
    .summary('every project with its budget and its costs')
    .description(
      'Every project: state, budget, costs of the period and of all time, what is left. What was billed to no listed project has rows too, so the costs add up to those of usage costs.',
    )
    .optionsGroup('What to show:')
    .addOption(list('--state <states>', 'only active, archived or unknown'))
    .option('--sort <field[:asc|desc]>', 'any column')
    .addOption(list('--fields <a,b,c>', 'columns, in this order; "help" lists them'));
  guide(addFetchOptions(addOutputOptions(addSelection(all))), {
    examples: LIST_EXAMPLES,
    exitCodes: EXIT_CODES,
    json: async () => (await import('../project-schemas.ts')).projectsSchema(),
    values: {
      '--state': async () => ['active', 'archived', 'unknown'],
      '--fields': async typed => (await import('../completion/fields.ts')).projectFields(typed),
      '--sort': async typed => (await import('../completion/fields.ts')).projectSorts(typed),
    },
    topics: ['periods'],
  });
  all.action(() => {
    const flags: ProjectFlags = all.opts();
    run(async context => (await import('../run-projects.ts')).listProjects(flags, context));
  });

  const show = addTime(projects.command('show <project>'))
    .summary('one project: members, who spent what, budgets, days')
    .description(
      'One project by id or name, as <provider>/<project>, <account>/<project> or alone: its members and what each has spent, its budgets, its days, its top line items or jobs.',
    )
    .optionsGroup('What to show:')
    .option('--top <n>', 'line items or jobs to list; the rest is added up in (other) (default: 10)');
  guide(addFetchOptions(addOutputOptions(addSelection(show))), {
    examples: SHOW_EXAMPLES,
    exitCodes: EXIT_CODES,
    json: async () => (await import('../project-schemas.ts')).projectSchema(),
    values: {
      project: async typed => (await import('../completion/known.ts')).knownNames('project', typed),
    },
    topics: ['periods'],
  });
  show.action(() => {
    const [wanted = ''] = show.args;
    const flags: ProjectFlags = show.opts();
    run(async context => (await import('../show-project.ts')).showProject(wanted, flags, context));
  });
}

const addTime = (command: Command): Command =>
  command
    .optionsGroup('Time (all in UTC):')
    .option('-p, --period <period>', `${PERIOD_FORMS} (default: mtd)`);

const addSelection = (command: Command): Command =>
  command
    .optionsGroup('Whom to ask:')
    .addOption(list('--provider <ids>', 'only these providers'))
    .addOption(list('--account <names>', 'only these accounts'));
