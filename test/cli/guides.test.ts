import {Command} from 'commander';
import {describe, expect, it} from 'vitest';
import {EXIT_CODES, guide, guideOf, meantBy} from '../../src/cli/guide.ts';
import {makeProgram} from '../../src/cli/program.ts';
import {everyCommand, nameOf} from '../../src/cli/program-tree.ts';
import {TOPICS} from '../../src/cli/topics.ts';

/*
 * Every command, those that come later too, says what it is, how it is used and what it ends with. Whoever adds one
 * gives it a guide() beside it; see src/cli/guide.ts.
 */

const program = makeProgram('0.0.0');
const commands = everyCommand(program).map(command => [nameOf(command, program), command] as const);
/** Commands that only hold others. */
const groups = commands.filter(([, {commands: below}]) => below.length > 0);

const helpOf = (command: Command, width = 80): string => {
  let help = '';
  command.configureOutput({writeOut: text => (help += text), getOutHelpWidth: () => width});
  command.outputHelp();
  return help;
};

describe.each(commands)('usage %s', (_name, command) => {
  it('has a summary of one line, as part of a sentence', () => {
    expect(command.summary()).toMatch(/^\S[^\n]{8,90}[^.\n]$/);
  });

  it('describes each of its flags and arguments', () => {
    const described = [...command.options, ...command.registeredArguments].map(
      ({description}) => description,
    );
    // An argument that is a provider, an account or a shell speaks for itself.
    expect(command.options.filter(({description}) => description === '')).toEqual([]);
    expect(described.join('')).not.toContain('\n');
  });
});

describe.each(commands)('usage %s', (name, command) => {
  const guide = guideOf(command);

  it('has two or three examples of itself', () => {
    expect(guide?.examples.length).toBeGreaterThanOrEqual(2);
    expect(guide?.examples.length).toBeLessThanOrEqual(3);
    for (const example of guide?.examples ?? []) {
      expect(example).toMatch(new RegExp(`\\busage ${name}(\\s|\\)|$)`));
      expect(example.length).toBeLessThanOrEqual(78);
    }
    expect(new Set(guide?.examples).size).toBe(guide?.examples.length);
  });

  it('says what it may end with', () => {
    const codes = guide?.exitCodes ?? [];
    expect(codes).toEqual(expect.arrayContaining([0, 2]));
    expect([...codes].sort((a, b) => a - b)).toEqual(codes);
    expect(codes.filter(code => !(code in EXIT_CODES))).toEqual([]);
  });

  it('has a schema if it has JSON, and only then', () => {
    const hasJson = command.options.some(({long}) => long === '--json');
    expect(guide?.json !== undefined).toBe(hasJson);
  });

  it('refers to topics that there are', () => {
    expect((guide?.topics ?? []).filter(topic => !(topic in TOPICS))).toEqual([]);
  });

  it('shows all that in its help, in 80 columns', () => {
    const help = helpOf(command);
    for (const text of [
      ...(guide?.examples ?? []),
      ...(guide?.exitCodes ?? []).map(code => EXIT_CODES[code]),
    ])
      expect(help).toContain(text);
    expect(help.split('\n').filter(line => line.length > 80)).toEqual([]);
  });

  it('says below its usage what it does, in a sentence', () => {
    const [usage = '', about = ''] = helpOf(command).split('\n\n');
    expect(usage).toMatch(new RegExp(`^Usage: usage ${name}( |$)`));
    expect(about.replaceAll('\n', ' ')).toMatch(/^[A-Z].{8,}\.$/);
  });

  it.each([40, 60])('fits a terminal of %i columns, and says no less there', width => {
    const help = helpOf(command, width);
    expect(help.split('\n').filter(line => line.length > width)).toEqual([]);
    const words = (text: string): string[] => text.split(/[\s\\]+/);
    expect(words(help)).toEqual(words(helpOf(command)));
  });
});

describe.each(groups)('usage %s, which holds others', (name, group) => {
  it('means one of them where none is named, and says so', () => {
    const meant = meantBy(group);
    expect(group.commands).toContain(meant);
    const help = helpOf(group).replace(/\s+/g, ' ');
    expect(help).toContain(`${meant?.summary()} (default)`);
    expect(help.match(/\(default\)/g)).toHaveLength(1);
    expect(guideOf(group)?.examples).toContainEqual(
      expect.stringMatching(new RegExp(`^usage ${name}( -|$)`)),
    );
  });

  it('ends with what any of them ends with', () => {
    const codes = group.commands.flatMap(command => guideOf(command)?.exitCodes ?? []);
    expect(guideOf(group)?.exitCodes).toEqual([...new Set(codes)].sort((a, b) => a - b));
  });
});

it('what is generated for filters is English', () => {
  const help = helpOf(program.commands.find(command => command.name() === 'report') ?? program);
  expect(help).toContain('only these API keys\n');
  expect(help).toContain('only these service categories\n');
  expect(help).not.toMatch(/[aeiou]ies\b|[^aeiou]ys\b|(?:s|x|ch|sh)s\b(?<!ss)/);
});

it('its text is made when somebody asks for help, and not before', () => {
  let made = 0;
  const examples = new Proxy(['usage x'], {
    get: (target, key) => {
      made++;
      return Reflect.get(target, key);
    },
  });
  const command = guide(new Command('x'), {examples, exitCodes: [0, 2]});
  expect(made).toBe(0);
  expect(helpOf(command)).toContain('usage x');
  expect(made).toBeGreaterThan(0);
});
