import {type Command, Option} from 'commander';
import {PERIOD_FORMS} from '../../core/parse-period.ts';
import {gather} from '../choice.ts';
import type {ExportFlags} from '../focus-flags.ts';
import type {ImportFlags} from '../focus-import.ts';
import {guide} from '../guide.ts';
import type {Run} from './run.ts';

const list = (flags: string, description: string): Option => new Option(flags, description).argParser(gather);

/** `usage focus [export]`, `usage focus schema` and `usage focus import`: the FinOps standard, out and in. */
export function addFocus(program: Command, run: Run): void {
  const focus = program
    .command('focus')
    .summary('FOCUS 1.4, the FinOps standard: write it, read it')
    .description('FOCUS 1.4, the FinOps standard for cost and usage: write it, read it.');
  guide(focus, {
    examples: [
      'usage focus --period last-month --output last-month.csv',
      'usage focus import last-month.csv',
      'usage focus schema --output focus.schema.json',
    ],
    exitCodes: [0, 2, 3, 4, 5, 6, 130],
    meant: 'export',
  });
  addExport(focus, run);
  addImport(focus, run);
  addSchema(focus, run);
}

function addExport(focus: Command, run: Run): void {
  const command = focus
    .command('export')
    .summary('what was billed, one row a charge, as FOCUS')
    .description('What was billed, one row for each charge at the finest grain, as FOCUS 1.4 Cost and Usage.')
    .optionsGroup('Time (all in UTC):')
    .option('-p, --period <period>', `${PERIOD_FORMS} (default: mtd)`)
    .option('--from <date>', 'first day, included; or an RFC 3339 instant')
    .option('--to <date>', 'last day, included; or an instant, excluded')
    .optionsGroup('What to write:')
    .addOption(list('--provider <ids>', 'only these providers'))
    .addOption(list('--account <names>', 'only these accounts'))
    .addOption(list('--columns <a,b,c>', 'only these columns, in the order of the standard'))
    .addOption(
      list('--rate <unit=dollars>', 'price of one credit, for credits that are no national currency'),
    )
    .optionsGroup('Output:')
    .option('-f, --format <format>', 'csv, ndjson, parquet (default: by the name of the file, else csv)')
    .option('-o, --output <file>', 'written whole or not at all, with its metadata beside it')
    .option('-q, --quiet', 'no notices')
    .option('-v, --verbose', 'say more on stderr')
    .option('--debug', 'list every request on stderr')
    .optionsGroup('Fetching:')
    .option('--strict', 'write nothing if any provider fails, or if credits have no rate')
    .option('--timeout <seconds>', 'for each request (default: 30)')
    .option('--concurrency <n>', 'requests in flight for each provider (default: 8)')
    .option('--demo', 'made-up data from an embedded server; no account needed');
  guide(command, {
    examples: [
      'usage focus export --period last-month --output october.csv',
      'usage focus export --output november.parquet',
      'usage focus export --columns ServiceName,BilledCost,BillingCurrency | head -3',
    ],
    exitCodes: [0, 2, 3, 4, 5, 6, 130],
    topics: ['periods', 'environment'],
  });
  command.action(() => {
    const flags: ExportFlags = command.opts();
    run(async context => (await import('../focus-export.ts')).runFocusExport(flags, context));
  });
}

function addSchema(focus: Command, run: Run): void {
  const command = focus
    .command('schema')
    .summary('the metadata of such a file: columns, types, versions')
    .description('The metadata of the files that `usage focus` writes, as JSON: columns, types, versions.')
    .addOption(list('--columns <a,b,c>', 'of a file with only these columns'))
    .option('-o, --output <file>', 'written whole or not at all');
  guide(command, {
    examples: ['usage focus schema', 'usage focus schema --columns BilledCost,ServiceName'],
    exitCodes: [0, 2, 3],
  });
  command.action(() => {
    const flags: {readonly columns?: readonly string[]; readonly output?: string} = command.opts();
    run(async context => (await import('../focus-schema.ts')).runFocusSchema(flags, context));
  });
}

function addImport(focus: Command, run: Run): void {
  const command = focus
    .command('import')
    .summary("read any provider's FOCUS file: check it, and make it an account")
    .description(
      "Reads any provider's FOCUS file (CSV, JSON Lines, Parquet; gzip; 1.0 to 1.4) and says what it holds.\nWith --name it becomes an account, which reports ask like any other.",
    )
    .argument('<source>', 'a file, an https: address, or - for stdin')
    .option('--name <account>', 'keep it under this name, as an account')
    .option('--cost <kind>', 'which cost counts: billed, effective, list, contracted (default: billed)')
    .option('--json', 'what it holds as JSON')
    .option('-q, --quiet', 'no warnings')
    .option('--timeout <seconds>', 'for a download (default: 30)');
  guide(command, {
    examples: [
      'usage focus import october.csv',
      'usage focus import october.csv --json | jq .totals',
      'usage focus export --period 7d | usage focus import -',
    ],
    exitCodes: [0, 2, 3, 5, 130],
    json: async () => (await import('../focus-survey.ts')).IMPORT_SCHEMA,
    topics: ['environment'],
  });
  command.action(() => {
    const flags: ImportFlags = command.opts();
    const [source = ''] = command.args;
    run(async context => (await import('../focus-import.ts')).runFocusImport(source, flags, context));
  });
}
