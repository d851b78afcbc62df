import type {Argument, Command, HelpConfiguration} from 'commander';
import {meantBy} from './guide.ts';
import {command as copied, entry, hang, PAGE_WIDTH, wrap} from './page.ts';

/** How commander is to lay out help: as the pages of `usage help` are, so that it fits a narrow terminal, too. */
export const HELP_LAYOUT: HelpConfiguration = {
  subcommandTerm,
  subcommandDescription: command => {
    const summary = command.summary() || command.description();
    return command.parent && meantBy(command.parent) === command ? `${summary} (default)` : summary;
  },
  commandDescription: aboutOf,
  styleTitle(title) {
    return hang(title, this.helpWidth ?? PAGE_WIDTH, 2);
  },
  styleUsage(usage) {
    const indent = 'Usage: '.length;
    return wrap(usage, (this.helpWidth ?? PAGE_WIDTH) - indent).join(`\n${' '.repeat(indent)}`);
  },
  boxWrap: (text, width) =>
    text
      .split('\n')
      .flatMap(line => description(line, width))
      .join('\n'),
  formatItem: (term, termWidth, text, {helpWidth = PAGE_WIDTH}) => entry(term, text, termWidth, helpWidth),
};

/** What a command does, as a sentence. Its summary is the same as part of one. */
export function aboutOf(command: Command): string {
  return command.description() || `${command.summary().replace(/^./, first => first.toUpperCase())}.`;
}

/** What a command is called with, as help and messages write it. */
export const humanReadable = (argument: Argument): string => {
  const name = argument.name() + (argument.variadic ? '...' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
};

/** A command in a list: its name and arguments; that it takes flags goes without saying. */
function subcommandTerm(command: Command): string {
  return [command.name(), ...command.registeredArguments.map(humanReadable)].join(' ');
}

/** A line of a description. Behind `label:   ` a command follows, which may be copied. */
function description(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const [, label, command] = /^(\S.*:) {2,}(\S.*)$/.exec(line) ?? [];
  return label && command ? [label, ...copied(command, width).split('\n')] : wrap(line, width);
}
