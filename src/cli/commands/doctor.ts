import type {Command} from 'commander';
import {gather} from '../choice.ts';
import {guide} from '../guide.ts';
import type {Run} from './run.ts';

export interface DoctorFlags {
  readonly provider?: readonly string[];
  readonly account?: readonly string[];
  readonly timeout?: string;
  readonly json?: boolean;
  readonly demo?: boolean;
  readonly color?: boolean;
}

/** `usage doctor`: what is wrong, and how to mend it. */
export function addDoctor(program: Command, run: Run): void {
  const doctor = program
    .command('doctor')
    .summary('what is wrong with keys, network, clock or store, and how to mend it')
    .description(
      'Looks at everything a report depends on: the store and who may read it; of each account the key, the way to its API, what it may read, how new its figures are; and the clock.',
    )
    .option('--provider <ids>', 'only these providers', gather)
    .option('--account <names>', 'only these accounts', gather)
    .option('--timeout <seconds>', 'for each request (default: 10)')
    .option('--demo', 'look at the made-up accounts of the embedded server')
    .option('--json', 'as JSON')
    .option('--no-color', 'no colour');
  guide(doctor, {
    examples: [
      'usage doctor',
      'usage doctor --provider <provider>',
      "usage doctor --json | jq '.accounts[] | {account, findings}'",
    ],
    exitCodes: [0, 2, 3, 4, 5, 130],
    json: async () => (await import('../doctor/json-schema.ts')).DOCTOR_SCHEMA,
    topics: ['environment'],
  });
  doctor.action(() => {
    const flags = doctor.opts<DoctorFlags>();
    run(async context => (await import('../doctor/command.ts')).examine(flags, context));
  });
}
