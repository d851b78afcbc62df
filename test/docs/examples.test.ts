import {afterAll, beforeAll, expect, test} from 'vitest';
import {guideOf} from '../../src/cli/guide.ts';
import {makeProgram} from '../../src/cli/program.ts';
import {everyCommand} from '../../src/cli/program-tree.ts';
import {drivers} from '../../src/drivers/index.ts';
import {makePerson, type Person} from '../e2e/person.ts';

// What help shows is typed as it stands, in the order of help: a login may be followed by its logout.

const MINE: {readonly [word: string]: string} = {
  provider: drivers[0]?.id ?? '',
  entry: 'usage/key',
  project: "'Atlas Search'",
};

const examples = everyCommand(makeProgram('0.0.0')).flatMap(command => guideOf(command)?.examples ?? []);

let person: Person;

beforeAll(async () => {
  person = await makePerson('examples');
});

afterAll(() => person.leave());

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(15);
});

test.each(examples)('%s', async example => {
  const line = example.replace(/<([a-z-]+)>/g, (whole, word: string) => MINE[word] ?? whole);
  const {exitCode, stdout, stderr} = await person.types(line);
  expect({line, exitCode, stderr: exitCode === 0 ? '' : stderr}).toEqual({line, exitCode: 0, stderr: ''});
  expect(stderr).not.toMatch(/^error/m);
  // Whoever types an example wants to see something, unless it goes to a file or is about the store.
  if (
    !/>|--output|auth log|config (set|unset|edit)|accounts (add|rename|remove)|source |budget (set|remove|import)/.test(
      line,
    )
  )
    expect(stdout.trim()).not.toBe('');
});
