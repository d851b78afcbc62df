import type {Command} from 'commander';
import type {ReportKind} from '../../core/query.ts';
import {gather} from '../choice.ts';
import {addReportOptions, type ReportFlags} from '../options.ts';
import type {Run} from './run.ts';

const EXIT_CODES =
  'Exit codes: 0 done, 2 wrong input, 3 file or store, 4 credential,\n  5 every provider failed (or one, with --strict), 6 some failed,\n  130 interrupted';

const EXAMPLES: {readonly [R in ReportKind]: readonly string[]} = {
  report: [
    'usage report --group-by project --period mtd',
    'usage report --group-by model --period last-month --top 10',
    'usage report --period 2026-Q3 --compare 2025-Q3 --json | jq .totals',
  ],
  costs: [
    'usage costs --group-by project,line-item --period 30d',
    'usage costs --bucket day --period last-month --csv --output october.csv',
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
        .option('--kind <kinds>', 'the same as a flag', gather)
        .option('--wide', 'metrics as columns instead of rows');
    }
    addReportOptions(command);
    command.addHelpText(
      'after',
      `\nExamples:\n${EXAMPLES[kind].map(line => `  ${line}`).join('\n')}\n\n${EXIT_CODES}`,
    );
    command.action(async () => {
      const flags: ReportFlags = command.opts();
      run(async context => {
        const {runReport} = await import('../run-report.ts');
        return runReport(kind, command.args, flags, context);
      });
    });
  }
}

const capitalize = (text: string): string => `${text.replace(/^./, first => first.toUpperCase())}.`;
