import {Command, CommanderError} from 'commander';
import {InputError} from '../core/errors.ts';
import {addAuth} from './commands/auth.ts';
import {addProviders} from './commands/providers.ts';
import {addReports} from './commands/reports.ts';
import type {Work} from './commands/run.ts';

/** What argv comes to: work to do, or text to print. */
export type Parsed = {readonly work: Work} | {readonly text: string};

const DESCRIPTION = `What AI, quantum and sandbox providers really cost: the bills, read exactly.

Try it without an account:   usage report --group-by project --demo
Set up a provider:           usage auth login`;

/** Parses argv. Throws InputError for anything that commander objects to. */
export async function parse(argv: readonly string[], version: string): Promise<Parsed> {
  let work: Work | undefined;
  let text = '';
  const program = new Command('usage')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print help for a command')
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: chunk => {
        text += chunk;
      },
      writeErr: () => undefined, // errors are shown in one place
      getOutHasColors: () => false,
    });
  const run = (parsed: Work): void => {
    work = parsed;
  };
  addReports(program, run);
  addProviders(program, run);
  addAuth(program, run);
  inherit(program);
  try {
    await program.parseAsync(withCommand(argv, program), {from: 'user'});
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') return {text};
    throw rephrase(error, program);
  }
  return work ? {work} : {text: program.helpInformation()};
}

/** Flags without a command are those of `report`: `usage --period 7d`. */
function withCommand(argv: readonly string[], program: Command): readonly string[] {
  const [first] = argv;
  if (first === undefined || ['-h', '--help', '-V', '--version', 'help'].includes(first)) return argv;
  if (first.startsWith('-')) return ['report', ...argv];
  const names = program.commands.map(command => command.name());
  if (names.includes(first)) return argv;
  throw new InputError(`"${first}" is no command`, {rule: names.join(', '), nearest: [first, names]});
}

/** commander gives settings to subcommands only when they are made; these are made by then. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inherit(command);
  }
}

/** commander's words as an error of ours, with the nearest flag. */
function rephrase(error: CommanderError, program: Command): InputError {
  const message = error.message.replace(/^error: /, '').replace(/\n.*$/s, '');
  const unknown = /unknown option '(--?[^'=]+)/.exec(message)?.[1];
  if (unknown === undefined) return new InputError(message, {hint: 'see: usage --help'});
  const flags = [program, ...program.commands, ...program.commands.flatMap(({commands}) => commands)].flatMap(
    ({options}) => options.flatMap(({long}) => long ?? []),
  );
  return new InputError(`${unknown} is no flag here`, {
    nearest: [unknown, [...new Set(flags)]],
    hint: 'see: usage <command> --help',
  });
}
