import type {Command} from 'commander';
import type {ReportKind} from '../../core/query.ts';
import {gather} from '../choice.ts';
import {guide} from '../guide.ts';
import {addReportOptions, type ReportFlags} from '../options.ts';
import type {Run} from './run.ts';

const EXAMPLES: {readonly [R in ReportKind]: readonly string[]} = {
  report: [
    'usage report --group-by project --period mtd',
    'usage report --group-by model --period last-month --top 10',
    'usage report --period 2026-Q3 --compare 2026-Q2 --json | jq .totals',
  ],
  costs: [
    'usage costs --group-by project,line-item --period 30d',
    'usage costs --bucket day --period last-month --csv --output last-month.csv',
    'usage costs --project Alpha --period 7d --json',
  ],
  usage: [
    'usage usage completions --group-by model --period 7d',
    'usage usage qpu --bucket week --period qtd',
    'usage usage --group-by user --wide --kind completions --csv',
  ],
};

const SUMMARY: {readonly [R in ReportKind]: string} = {
  report: 'where the money went: cost, share, change and headline usage',
  costs: 'money only, exactly as billed',
  usage: 'metered quantities: tokens, requests, QPU time, vCPU-seconds …',
};

/** `usage report`, `usage costs` and `usage usage`: the same flags, three views. */
export function addReports(program: Command, run: Run): void {
  for (const kind of ['report', 'costs', 'usage'] as const) {
    const command = program.command(kind).summary(SUMMARY[kind]).description(capitalize(SUMMARY[kind]));
    if (kind === 'usage') {
      command
        .argument('[kinds...]', 'kinds of usage, such as completions, qpu, sandboxes; all if left out')
        .optionsGroup('What to show:')
        .option('--kind <kinds>', 'the same as a flag', gather)
        .option('--wide', 'metrics as columns instead of rows');
    }
    addReportOptions(command);
    if (kind === 'report')
      command
        .optionsGroup('Output:')
        .option('-i, --interactive', 'move through it: rows open into line items, models, days');
    guide(command, {
      examples: EXAMPLES[kind],
      exitCodes: [0, 2, 3, 4, 5, 6, 130],
      json: async () => (await import('../report-schema.ts')).reportSchema(kind),
      values: {
        '--fields': async typed => (await import('../completion/fields.ts')).fieldsOf(kind, typed),
        '--sort': async typed => (await import('../completion/fields.ts')).sortsOf(kind, typed),
      },
      topics: ['periods', 'group-by', 'formatting', 'environment'],
    });
    command.action(async () => {
      const flags: ReportFlags = command.opts();
      run(async context => {
        if (flags.interactive) return (await import('../run-interactive.ts')).runInteractive(flags, context);
        const {runReport} = await import('../run-report.ts');
        return runReport(kind, command.args, flags, context);
      });
    });
  }
}

const capitalize = (text: string): string => `${text.replace(/^./, first => first.toUpperCase())}.`;
