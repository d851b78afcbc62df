import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {makePerson, type Person} from '../e2e/person.ts';
import {ROOT, usage} from '../e2e/usage.ts';

/** Lines of fenced `sh` blocks that call the tool; a line that ends in a backslash goes on in the next. */
function commandsOf(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  const lines = blocks.flatMap(block => block.replace(/\\\n\s*/g, '').split('\n'));
  return [...new Set(lines.map(line => line.replace(/^\$ /, '').trim()))].filter(line =>
    /^usage( |$)/.test(line),
  );
}

const commands = commandsOf(await readFile(join(ROOT, 'README.md'), 'utf8').catch(() => ''));
let person: Person;

beforeAll(async () => {
  person = await makePerson('readme');
});

afterAll(() => person.leave());

test('README.md shows commands in fenced sh blocks', () => {
  expect(commands.length).toBeGreaterThan(0);
});

test('README.md shows what the tool really prints', async () => {
  const markdown = await readFile(join(ROOT, 'README.md'), 'utf8');
  const pictures = [...markdown.matchAll(/^```\n\$ usage ([^\n]*)\n(.*?)^```/gms)];
  expect(pictures.length).toBeGreaterThan(1);
  for (const [, line = '', picture] of pictures) {
    const {stdout} = await usage(line.split(' '), {COLUMNS: '110'});
    expect(picture).toBe(stdout);
  }
});

// One after the other, with one store: a login may be followed by its logout.
test.each(commands)('%s', async line => {
  const {exitCode, stderr} = await person.types(line);
  expect({line, exitCode, stderr: exitCode === 0 ? '' : stderr}).toEqual({line, exitCode: 0, stderr: ''});
});
