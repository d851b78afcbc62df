import {Command, CommanderError} from 'commander';
import {InputError} from '../core/errors.ts';
import {addAccounts} from './commands/accounts.ts';
import {addAuth} from './commands/auth.ts';
import {addBudget} from './commands/budget.ts';
import {addCompletion} from './commands/completion.ts';
import {addConfig} from './commands/config.ts';
import {addDoctor} from './commands/doctor.ts';
import {addFocus} from './commands/focus.ts';
import {addProjects} from './commands/projects.ts';
import {addProviders} from './commands/providers.ts';
import {addReports} from './commands/reports.ts';
import type {Run, Work} from './commands/run.ts';
import {addSchema} from './commands/schema.ts';
import type {Context} from './context.ts';
import {meantBy} from './guide.ts';
import {findHelp, helpWanted} from './help.ts';
import {HELP_LAYOUT, humanReadable} from './help-layout.ts';
import {type Entry, entries, PAGE_WIDTH} from './page.ts';
import {everyCommand, nameOf} from './program-tree.ts';
import {TOPICS, type Topic} from './topics.ts';

/** What argv comes to: work to do, or text to print. */
export type Parsed = {readonly work: Work} | {readonly text: string};

const DESCRIPTION = `What AI, quantum and sandbox providers really cost: the bills, read exactly.

Try it without an account:   usage report --group-by project --demo
Set up a provider:           usage auth login <provider>`;

/** All commands. Each hands its work to `run` when commander has parsed it. */
export function makeProgram(
  version: string,
  run: Run = () => undefined,
  writeOut: (text: string) => void = () => undefined,
  width = PAGE_WIDTH,
): Command {
  const program = new Command('usage')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .configureHelp(HELP_LAYOUT)
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut,
      writeErr: () => undefined, // errors are shown in one place
      getOutHasColors: () => false,
      getOutHelpWidth: () => width,
    });
  program.commandsGroup('Reports:');
  addReports(program, run);
  addProjects(program, run);
  addBudget(program, run);
  addFocus(program, run);
  program.commandsGroup('Providers and accounts:');
  addProviders(program, run);
  addAuth(program, run);
  addAccounts(program, run);
  addDoctor(program, run);
  program.commandsGroup('This tool:');
  addConfig(program, run);
  addSchema(program, run);
  addCompletion(program, run);
  program.helpCommand('help [command]', 'print help for a command, or about a topic');
  program.addHelpText('after', () => topicList(width));
  inherit(program);
  return program;
}

/** Parses argv; help is at most `width` columns wide. Throws InputError for anything that commander objects to. */
export async function parse(
  argv: readonly string[],
  version: string,
  width: number = PAGE_WIDTH,
): Promise<Parsed> {
  let work: Work | undefined;
  let text = '';
  const program = makeProgram(
    version,
    parsed => {
      work = parsed;
    },
    chunk => {
      text += chunk;
    },
    width,
  );
  const wanted = helpWanted(argv, program);
  if (wanted) {
    const found = findHelp(wanted, program);
    if (!(found instanceof Command)) return {work: context => printTopic(found, width, context)};
    found.outputHelp();
    return {text};
  }
  try {
    await program.parseAsync(withCommand(argv, program), {from: 'user'});
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') return {text};
    throw rephrase(error, argv, program);
  }
  return work ? {work} : {text: program.helpInformation()};
}

async function printTopic(topic: Topic, width: number, {stdout, now}: Context): Promise<number> {
  const text = await topic.load();
  await stdout.write(text(now())(width));
  return 0;
}

const topicList = (width: number): string => {
  const list = Object.entries(TOPICS).map(([name, {summary}]): Entry => [`usage help ${name}`, summary]);
  return `\n${entries('Topics', list)(width).trimEnd()}`;
};

/** Flags without a command are those of `report`: `usage --period 7d`. */
function withCommand(argv: readonly string[], program: Command): readonly string[] {
  const [first] = argv;
  if (first === undefined || ['-h', '--help', '-V', '--version'].includes(first)) return argv;
  if (first.startsWith('-')) return ['report', ...argv];
  const names = program.commands.map(command => command.name());
  if (names.includes(first)) return withSubcommand(argv, program);
  throw new InputError(`"${first}" is no command`, {rule: names.join(', '), nearest: [first, names]});
}

/** `usage focus --period 7d` is `usage focus export --period 7d`. */
function withSubcommand(argv: readonly string[], program: Command): readonly string[] {
  const [first = '', second = ''] = argv;
  const group = program.commands.find(command => command.name() === first);
  const meant = group && meantBy(group);
  const isFlag = second === '' || (second.startsWith('-') && second !== '--help' && second !== '-h');
  return meant && isFlag ? [first, meant.name(), ...argv.slice(1)] : argv;
}

/** commander gives settings to subcommands only when they are made; these are made by then. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    if (command.commands.length > 0)
      command.commandsGroup('Commands:').helpCommand('help [command]', 'print help for a command');
    inherit(command);
  }
}

/** The command that argv names, as deep as it names one. */
function commandOf(argv: readonly string[], program: Command): Command {
  const [first, ...rest] = argv;
  const found = program.commands.find(command => command.name() === first);
  return found ? commandOf(rest, found) : program;
}

const flagsOf = ({options}: Command): string[] =>
  options.flatMap(({long, short}) => [long, short].flatMap(flag => flag ?? []));

/** commander's words as an error of ours: what is valid at this command, and the nearest of it. */
function rephrase(error: CommanderError, argv: readonly string[], program: Command): InputError {
  const message = error.message.replace(/^error: /, '').replace(/\n.*$/s, '');
  const command = commandOf(withCommand(argv, program), program);
  const path = command === program ? 'usage' : `usage ${nameOf(command, program)}`;
  const hint = `see: ${path} --help`;
  const unknown = /unknown option '(--?[^'=]+)/.exec(message)?.[1];
  if (unknown !== undefined) {
    const flags = flagsOf(command);
    if (flags.includes(unknown)) return new InputError(`${unknown} takes no value`, {hint});
    const elsewhere = everyCommand(program).filter(other => flagsOf(other).includes(unknown));
    const rule = elsewhere.map(other => `usage ${nameOf(other, program)}`).join(', ');
    return new InputError(`${unknown} is no flag of ${path}`, {
      ...(rule
        ? {rule: `${unknown} with ${rule}`}
        : {nearest: [unknown, flags.filter(flag => flag.length > 2)]}),
      hint,
    });
  }
  const word = /unknown command '([^']*)'/.exec(message)?.[1];
  if (word !== undefined) {
    const group = command.commands.length > 0 ? command : (command.parent ?? command);
    const names = group.commands.map(sub => sub.name());
    const groupPath = group === program ? 'usage' : `usage ${nameOf(group, program)}`;
    return new InputError(`"${word}" is no command of ${groupPath}`, {
      rule: names.join(', '),
      nearest: [word, names],
      hint: `see: ${groupPath} --help`,
    });
  }
  if (error.code === 'commander.missingArgument') {
    const words = command.registeredArguments.map(humanReadable);
    return new InputError(message, {rule: [path, ...words].join(' '), hint});
  }
  if (error.code === 'commander.excessArguments')
    return new InputError(`${path} takes no further words, only flags`, {hint});
  return new InputError(message, {hint});
}
