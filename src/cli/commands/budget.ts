import type {Command} from 'commander';
import {BUDGET_PERIODS} from '../../core/budget.ts';
import {FORMATS} from '../../render/renderer.ts';
import type {
  CheckFlags,
  ExportFlags,
  ImportFlags,
  ListFlags,
  RemoveFlags,
  SetFlags,
} from '../budget/flags.ts';
import {gather} from '../choice.ts';
import type {ValueSource} from '../completion/value.ts';
import {guide} from '../guide.ts';
import {paragraph} from '../page.ts';
import type {Run} from './run.ts';

const SCOPES = paragraph(
  "Scopes: all, <provider>, <account>, <provider>/<project>, <account>/<project>, user:<id>, model:<name>. A name that is both a provider's and an account's means the provider, with all its accounts; account:<name> means the account.",
  2,
);
const STATES = paragraph(
  'States: warning from 80% on (or as `usage budget set --warn` says), critical from 90%, exceeded beyond 100%. Projections are the run rate of the complete days of the period, at least 3.',
  2,
);

/** `usage budget [list]|set|remove|check|export|import`. */
export function addBudget(program: Command, run: Run): void {
  const budget = program
    .command('budget')
    .summary('budgets against spend, and the gate for cron and CI')
    .description(
      'Budgets kept here and budgets kept by providers, against what was spent. Providers are only read.',
    );
  guide(budget, {
    examples: ['usage budget', 'usage budget set <provider> 50000', 'usage budget check'],
    exitCodes: [0, 2, 3, 4, 5, 6, 7, 130],
    meant: 'list',
    notes: [SCOPES],
  });
  addList(budget, run);
  addSet(budget, run);
  addRemove(budget, run);
  addCheck(budget, run);
  addExchange(budget, run);
}

function addList(budget: Command, run: Run): void {
  const list = budget
    .command('list')
    .summary('every budget: spent, left, projected, state')
    .description(
      'Every budget, kept here or by a provider: what was spent in its running period, what is left, what it will come to.',
    )
    .option('--no-providers', 'only budgets kept here')
    .option('--all', 'also what providers say is unlimited');
  addAskOptions(list);
  guide(list, {
    examples: ['usage budget list', 'usage budget list --no-providers --json | jq .rows'],
    exitCodes: [0, 2, 3, 4, 5, 6, 130],
    json: async () => (await import('../budget/schema.ts')).LIST_SCHEMA,
    notes: [STATES],
  });
  list.action(() => {
    const flags = list.opts<ListFlags>();
    run(async context => (await import('../budget/list.ts')).listBudgets(flags, context));
  });
}

function addSet(budget: Command, run: Run): void {
  const set = budget
    .command('set <scope> <amount>')
    .summary('keep a budget, in the place of the one of that scope and period')
    .description('Keeps a budget. There is one of each scope and period; setting it again replaces it.')
    .option('--currency <code>', 'of the amount (default: USD)')
    .option('--period <period>', `${BUDGET_PERIODS.join(', ')} (default: month)`)
    .option('--starts <date>', 'first day that counts; needed with total')
    .option('--cycle-day <n>', 'day on which months begin, for this budget (default: the setting, or 1)')
    .option('--warn <percents>', 'percents from which on it is in warning (default: 80)', gather)
    .option('--json', 'print what was kept as JSON');
  guide(set, {
    examples: [
      'usage budget set <provider> 50000 --warn 50,80',
      'usage budget set all 5000 --period week',
      'usage budget set user:ann@example.org unlimited --period quarter',
    ],
    exitCodes: [0, 2, 3],
    json: async () => (await import('../budget/schema.ts')).KEPT_SCHEMA,
    values: {'--period': periods},
    notes: [SCOPES],
  });
  set.action(() => {
    const [scope = '', amount = ''] = set.args;
    const flags = set.opts<SetFlags>();
    run(async context => (await import('../budget/change.ts')).setBudget(scope, amount, flags, context));
  });
}

function addRemove(budget: Command, run: Run): void {
  const remove = budget
    .command('remove <scope>')
    .summary('remove the budget of a scope')
    .description('Removes the budget of a scope.')
    .option('--period <period>', 'which one, where a scope has several')
    .option('--all', 'all of the scope')
    .option('--json', 'print what was removed as JSON');
  guide(remove, {
    examples: ['usage budget remove all', 'usage budget remove user:ann@example.org --period quarter'],
    exitCodes: [0, 2, 3],
    json: async () => (await import('../budget/schema.ts')).KEPT_SCHEMA,
    values: {'--period': periods, scope: keptScopes},
  });
  remove.action(() => {
    const [scope = ''] = remove.args;
    const flags = remove.opts<RemoveFlags>();
    run(async context => (await import('../budget/change.ts')).removeBudget(scope, flags, context));
  });
}

/** Whole, because an address or a command may have commas in it. */
const repeat = (text: string, gathered: readonly string[] = []): readonly string[] => [...gathered, text];

function addCheck(budget: Command, run: Run): void {
  const check = budget
    .command('check [scopes...]')
    .summary('exit 0 within, 7 over: the gate for cron and CI')
    .description(
      'Checks the budgets kept here, or those of the scopes given: which are over, by how much, since when.',
    )
    .option('--at <percent>', 'the line, in percent of the amount (default: 100); more than it is over')
    .option('--forecast', 'what is projected for the end of the period counts, too')
    .option('--fail-open', 'exit 0 where a provider could not be asked (instead of 4 or 5)')
    .optionsGroup('Notifications (once per line and period; lines: --warn, 90, 100, --at):')
    .option('--notify <url>', 'POST JSON there; repeatable', repeat)
    .option('--notify-as <body>', 'auto, json, slack (default: auto, by host)')
    .option('--exec <command>', 'run a command, without a shell, with the JSON on stdin; repeatable', repeat)
    .optionsGroup('Output:');
  addAskOptions(check);
  guide(check, {
    examples: [
      'usage budget check',
      'usage budget check <provider> --at 90 --forecast',
      "usage budget check --json | jq '.rows[].result'",
    ],
    exitCodes: [0, 2, 3, 4, 5, 7, 130],
    json: async () => (await import('../budget/schema.ts')).CHECK_SCHEMA,
    values: {scopes: keptScopes},
  });
  check.action(() => {
    const flags = check.opts<CheckFlags>();
    const scopes = check.args;
    run(async context => (await import('../budget/check.ts')).checkBudgets(scopes, flags, context));
  });
}

function addExchange(budget: Command, run: Run): void {
  const give = budget
    .command('export')
    .summary('print the budgets kept here as a file for version control')
    .description(
      'Prints the budgets kept here as a file for version control; `usage budget import` takes it back.',
    )
    .option('-o, --output <file>', 'written whole or not at all');
  guide(give, {
    examples: ['usage budget export --output budgets.json', "usage budget export | jq '.budgets[].scope'"],
    exitCodes: [0, 2, 3],
  });
  give.action(() => {
    const flags = give.opts<ExportFlags>();
    run(async context => (await import('../budget/exchange.ts')).exportBudgets(flags, context));
  });
  const take = budget
    .command('import <file>')
    .summary('take budgets from a file, or - for stdin')
    .description('Takes budgets from a file that `usage budget export` wrote: all of it, or nothing.')
    .option('--replace', 'remove the budgets that the file does not have')
    .option('--json', 'print what is kept now as JSON');
  guide(take, {
    examples: ['usage budget import budgets.json --replace', 'usage budget export | usage budget import -'],
    exitCodes: [0, 2, 3],
    json: async () => (await import('../budget/schema.ts')).KEPT_SCHEMA,
  });
  take.action(() => {
    const [file = ''] = take.args;
    const flags = take.opts<ImportFlags>();
    run(async context => (await import('../budget/exchange.ts')).importBudgets(file, flags, context));
  });
}

const periods: ValueSource = async () => BUDGET_PERIODS;

/** Scopes that have a budget here. */
const keptScopes: ValueSource = async ({context}) => {
  const {keptBudgets} = await import('../budget/kept.ts');
  const budgets = await keptBudgets(context, () => undefined);
  return [...new Set(budgets.map(({scope}) => scope))];
};

function addAskOptions(command: Command): Command {
  return command
    .option('-f, --format <format>', `${FORMATS.join(', ')} (default: table)`)
    .option('--json', 'short for --format json')
    .option('--csv', 'short for --format csv')
    .option('--fields <a,b,c>', 'columns, in this order; "help" lists them', gather)
    .option('-o, --output <file>', 'written whole or not at all')
    .option('--no-color', 'no colour')
    .option('-q, --quiet', 'no notices; of a check, only what is not within')
    .option('-v, --verbose', 'say more on stderr')
    .option('--debug', 'list every request on stderr')
    .option('--timeout <seconds>', 'for each request (default: 30)')
    .option('--concurrency <n>', 'requests in flight for each provider (default: 8)')
    .option('--demo', 'spend from an embedded server with made-up data; no account needed');
}
