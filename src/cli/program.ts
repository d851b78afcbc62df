import {type Argument, Command, CommanderError} from 'commander';
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
): Command {
  const program = new Command('usage')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .configureHelp({subcommandTerm})
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut,
      writeErr: () => undefined, // errors are shown in one place
      getOutHasColors: () => false,
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
  program.addHelpText('after', () => topicList());
  inherit(program);
  return program;
}

/** Parses argv. Throws InputError for anything that commander objects to. */
export async function parse(argv: readonly string[], version: string): Promise<Parsed> {
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
  );
  const topic = argv[0] === 'help' && argv.length === 2 ? topicOf(argv[1]) : undefined;
  if (topic) return {work: context => printTopic(topic, context)};
  try {
    await program.parseAsync(withCommand(argv, program), {from: 'user'});
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') return {text};
    throw rephrase(error, argv, program);
  }
  return work ? {work} : {text: program.helpInformation()};
}

async function printTopic(topic: Topic, {stdout, now}: Context): Promise<number> {
  const text = await topic.load();
  await stdout.write(text(now()));
  return 0;
}

const topicList = (): string =>
  `\nTopics:\n${Object.entries(TOPICS)
    .map(([name, {summary}]) => `  usage help ${name.padEnd(12)} ${summary}\n`)
    .join('')}`;

const topicOf = (name = ''): Topic | undefined => (Object.hasOwn(TOPICS, name) ? TOPICS[name] : undefined);

/** A command in a list: its name and arguments; that it takes flags goes without saying. */
const subcommandTerm = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map(humanReadable)].join(' ');

const humanReadable = (argument: Argument): string => {
  const name = argument.name() + (argument.variadic ? '...' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
};

/** Flags without a command are those of `report`: `usage --period 7d`. */
function withCommand(
  argv: readonly string[],
  program: Command,
  more: readonly string[] = [],
): readonly string[] {
  const [first] = argv;
  if (first === 'help' && argv[1] !== undefined && !argv[1].startsWith('-')) {
    withCommand([argv[1]], program, Object.keys(TOPICS)); // commander says nothing about help for what there is not
    return argv;
  }
  if (first === undefined || ['-h', '--help', '-V', '--version', 'help'].includes(first)) return argv;
  if (first.startsWith('-')) return ['report', ...argv];
  const names = program.commands.map(command => command.name());
  if (names.includes(first)) return withSubcommand(argv, program);
  const valid = [...names, ...more];
  const what = more.length > 0 ? 'neither a command nor a topic' : 'no command';
  throw new InputError(`"${first}" is ${what}`, {rule: valid.join(', '), nearest: [first, valid]});
}

/** Commands that mean one of their own if none is named. */
const DEFAULT_SUBCOMMAND: {readonly [command: string]: string} = {
  focus: 'export',
  config: 'list',
  auth: 'status',
};

/** `usage focus --period 7d` is `usage focus export --period 7d`. */
function withSubcommand(argv: readonly string[], program: Command): readonly string[] {
  const [first = '', second = ''] = argv;
  const meant = DEFAULT_SUBCOMMAND[first];
  const isFlag = second === '' || (second.startsWith('-') && second !== '--help' && second !== '-h');
  return meant !== undefined && isFlag && program.commands.some(command => command.name() === first)
    ? [first, meant, ...argv.slice(1)]
    : argv;
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

/** The command that argv names, as deep as it names one; a group that can list means its list. */
function commandOf(argv: readonly string[], program: Command): Command {
  const [first, ...rest] = argv;
  const found = program.commands.find(command => command.name() === first);
  if (found) return commandOf(rest, found);
  return program.commands.find(command => command.name() === 'list') ?? program;
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
  const stray = error.code === 'commander.excessArguments' ? strayWord(command, argv) : undefined;
  if (stray !== undefined) {
    const commands = command.parent?.commands.map(sub => sub.name()) ?? [];
    const group = path.replace(/ list$/, '');
    return new InputError(`"${stray}" is no command of ${group}`, {
      rule: commands.join(', '),
      nearest: [stray, commands],
      hint: `see: ${group} --help`,
    });
  }
  if (error.code === 'commander.excessArguments')
    return new InputError(`${path} takes no further words, only flags`, {hint});
  return new InputError(message, {hint});
}

/** A word that was taken for the list of a group, because it is none of the group's commands. */
function strayWord(command: Command, argv: readonly string[]): string | undefined {
  const word = argv[1];
  return command.name() === 'list' && word !== 'list' && !word?.startsWith('-') ? word : undefined;
}
