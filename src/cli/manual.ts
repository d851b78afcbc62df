import type {Command} from 'commander';
import {EXIT_CODES, guideOf} from './guide.ts';
import {aboutOf} from './help-layout.ts';
import {PAGE_WIDTH} from './page.ts';
import {makeProgram} from './program.ts';
import {everyCommand, nameOf} from './program-tree.ts';
import {TOPICS} from './topics.ts';

/** The manual page, in roff, from the same texts as help. The build prints it; nothing of it is in the bundle. */
export async function manualPage(version: string): Promise<string> {
  const program = makeProgram(version);
  const topics = await Promise.all(
    Object.entries(TOPICS).map(async ([name, {load}]) => ({
      name,
      text: (await load())(undefined)(PAGE_WIDTH),
    })),
  );
  const [about = ''] = program.description().split('\n');
  return [
    `.TH USAGE 1 "" "usage-cli ${plain(version)}" "User Commands"`,
    '.SH NAME',
    `usage \\- ${plain(about.replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    ...everyCommand(program)
      .filter(({commands}) => commands.length === 0)
      .flatMap(command => ['.br', synopsis(command, program)]),
    '.SH DESCRIPTION',
    ...program.description().split('\n').slice(1).flatMap(lineOf),
    '.SH COMMANDS',
    ...everyCommand(program).flatMap(command => commandPart(command, program)),
    '.SH EXIT STATUS',
    ...Object.entries(EXIT_CODES).flatMap(([code, meaning]) => ['.TP', `\\fB${code}\\fR`, plain(meaning)]),
    ...topics
      .filter(({name}) => name !== 'exit-codes')
      .flatMap(({name, text}) => [`.SH ${name.toUpperCase()}`, ...verbatim(text)]),
    '',
  ].join('\n');
}

const synopsis = (command: Command, program: Command): string =>
  `\\fBusage ${plain(nameOf(command, program))}\\fR ${plain(command.usage())}`;

function commandPart(command: Command, program: Command): string[] {
  const guide = guideOf(command);
  const groups = command
    .createHelp()
    .groupItems(
      [...command.options],
      command.createHelp().visibleOptions(command),
      option => option.helpGroupHeading ?? 'Options:',
    );
  const options = [...groups].flatMap(([heading, items]) => [
    '.PP',
    plain(heading),
    ...items.flatMap(({flags, description}) => ['.TP', `\\fB${plain(flags)}\\fR`, plain(description)]),
  ]);
  return [
    `.SS usage ${plain(nameOf(command, program))}`,
    plain(aboutOf(command)),
    ...(command.commands.length > 0 ? [] : options),
    ...(guide ? ['.PP', 'Examples:', ...verbatim(guide.examples.join('\n'))] : []),
    ...(guide ? ['.PP', `Exit status: ${guide.exitCodes.join(', ')}.`] : []),
  ];
}

const lineOf = (line: string): string[] => (line === '' ? ['.PP'] : ['.br', plain(line)]);

/** Lines that keep their breaks and columns, from the left edge: they are as wide as the page. */
const verbatim = (text: string): string[] => [
  '.PP',
  '.nf',
  '.in 1n',
  ...text.trimEnd().split('\n').map(plain),
  '.in',
  '.fi',
];

/** Text that roff takes for nothing but itself. */
const plain = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
