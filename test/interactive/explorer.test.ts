import {beforeEach, describe, expect, it} from 'vitest';
import {InputError} from '../../src/core/errors.ts';
import {Explorer} from '../../src/interactive/explorer.ts';
import type {Key} from '../../src/interactive/key.ts';
import {FIRST, MadeUp} from './made-up.ts';

const text = (letter: string): Key => ({name: 'text', text: letter});

let source: MadeUp;
let explorer: Explorer;
let changes = 0;

beforeEach(() => {
  source = new MadeUp();
  changes = 0;
  explorer = new Explorer(source, FIRST, () => {
    changes++;
  });
});

const press = (...keys: readonly (string | Key)[]) =>
  keys.map(key => explorer.press(typeof key === 'string' ? text(key) : key)).at(-1);
const named = (name: Exclude<Key['name'], 'text'>): Key => ({name});
/** Names in the first column of what is shown. */
const shown = () => explorer.scene.rows.map(row => (row[2]?.type === 'text' ? row[2].value : null));
const settled = () => new Promise(resolve => setImmediate(resolve));

async function begun(): Promise<void> {
  expect(explorer.scene.progress.state).toBe('asking');
  source.answer();
  await settled();
}

describe('moving', () => {
  beforeEach(begun);

  it.each<[string, readonly (string | Key)[], number]>([
    ['down', [named('down')], 1],
    ['j and k', ['j', 'j', 'k'], 1],
    ['not above the first', [named('up'), 'k'], 0],
    ['not below the last', [named('last'), 'j'], 3],
    ['to the ends', [named('last'), named('first')], 0],
    ['by pages', [named('page-down'), named('page-up'), named('page-down')], 3],
  ])('%s', (_what, keys, place) => {
    press(...keys);
    expect(explorer.scene.cursor).toBe(place);
  });

  it('asks for nothing', () => {
    press('j', 'k', '?', 'x', named('down'));
    expect(source.asked).toHaveLength(1);
  });
});

describe('opening a row', () => {
  beforeEach(begun);

  it('asks for what is below it, and goes back to where it was without asking again', async () => {
    press('j', named('open'));
    expect(explorer.scene).toMatchObject({path: ['Beta'], report: undefined, progress: {state: 'asking'}});
    expect(source.asked.at(-1)?.question.filters).toEqual({project: ['proj_b']});
    source.answer();
    await settled();
    expect(explorer.scene.report).toBeDefined();
    press(named('back'));
    expect(explorer.scene).toMatchObject({path: [], cursor: 1, progress: {state: 'known'}});
    press(named('open'));
    expect(explorer.scene.progress.state).toBe('known');
    expect(source.asked).toHaveLength(2);
  });

  it('says why where there is nothing below', () => {
    press(named('last'), 'l');
    expect(explorer.scene).toMatchObject({message: 'nothing below (other)', path: []});
    press('k');
    expect(explorer.scene.message).toBe('');
  });

  it('a screen that is left before it was answered is given up, and asked for anew', async () => {
    press(named('open'));
    expect(explorer.scene.progress.state).toBe('asking');
    const [, left] = source.asked;
    expect(left?.signal.aborted).toBe(false);
    press('h');
    expect(explorer.scene.progress.state).toBe('known');
    expect(left?.signal.aborted).toBe(true);
    left?.answer(); // too late: it must not show up anywhere
    await settled();
    const before = changes;
    press(named('open'));
    expect(explorer.scene.progress.state).toBe('asking');
    expect(source.asked).toHaveLength(3);
    source.answer();
    await settled();
    expect(changes).toBe(before + 1);
  });

  it('keys are taken while it is being asked', () => {
    press(named('open'));
    expect(explorer.scene.progress.state).toBe('asking');
    press('?');
    expect(explorer.scene.isHelp).toBe(true);
    press('x');
    expect(press('q')).toBe('quit');
  });
});

describe('another question', () => {
  beforeEach(begun);

  it.each([
    ['g', 'Group by', {groupBy: ['model'], bucket: null, period: 'mtd'}],
    ['p', 'Period (UTC)', {groupBy: ['project'], bucket: null, period: '7d'}],
  ])('%s picks from a list and asks', (key, title, question) => {
    press(key);
    expect(explorer.scene.picker).toMatchObject({title, cursor: 0});
    press('j', named('open'));
    expect(explorer.scene.picker).toBeUndefined();
    expect(explorer.scene.progress.state).toBe('asking');
    expect(source.asked.at(-1)?.question).toMatchObject(question);
  });

  it('s puts the same figures in another order, without asking', () => {
    press('s', 'j', named('open'));
    expect(explorer.scene.progress.state).toBe('known');
    expect(shown()).toEqual(['(other)', 'Gamma', 'Beta', 'Alpha']);
    expect(source.asked).toHaveLength(1);
  });

  it('a list opens at what is shown already, and marks it', () => {
    press('p', 'j', named('open'), 'p');
    expect(explorer.scene.picker).toMatchObject({current: 1, cursor: 1});
  });

  it('says what somebody chose to sort by, and only that', () => {
    expect(explorer.scene.sorting).toBeUndefined();
    press('s', 'j', named('open'));
    expect(explorer.scene.sorting).toBe('cost:asc');
  });

  it('Esc leaves the list as it was', () => {
    press('g', 'j', named('back'));
    expect(explorer.scene.picker).toBeUndefined();
    expect(source.asked).toHaveLength(1);
  });

  it('a list does not go beyond its ends', () => {
    press('g', 'k', 'k');
    expect(explorer.scene.picker?.cursor).toBe(0);
    press(named('last'), 'j');
    expect(explorer.scene.picker?.cursor).toBe(1);
  });

  it('r asks again', () => {
    press('r');
    expect(explorer.scene.progress.state).toBe('asking');
    expect(source.asked).toHaveLength(2);
  });
});

describe('the filter', () => {
  beforeEach(begun);

  it('shows rows with a text, whatever its case, as it is typed', () => {
    press('/', 'B', 'e');
    expect(explorer.scene).toMatchObject({isTyping: true, filter: 'Be'});
    expect(shown()).toEqual(['Beta']);
    press(named('erase'));
    expect(explorer.scene.filter).toBe('B');
    press(named('open'));
    expect(explorer.scene).toMatchObject({isTyping: false, filter: 'B'});
  });

  it('Ctrl-W takes a word away, Ctrl-U everything, and it is typed on', () => {
    press('/', ...'two words ', named('erase-word'));
    expect(explorer.scene.filter).toBe('two ');
    press(named('erase-word'), named('erase-word'), ...'x y', named('clear'), 'B');
    expect(explorer.scene).toMatchObject({isTyping: true, filter: 'B'});
  });

  it('takes letters that are keys elsewhere, and Esc drops it', () => {
    press('/', 'q', 'g');
    expect(explorer.scene).toMatchObject({filter: 'qg', picker: undefined});
    expect(shown()).toEqual([]);
    press(named('back'));
    expect(explorer.scene).toMatchObject({isTyping: false, filter: ''});
    expect(shown()).toHaveLength(4);
  });

  it('opens the row that is shown, and Esc takes a kept filter away first', async () => {
    press('/', 'g', 'a', 'm', named('open'), named('open'));
    expect(explorer.scene.path).toEqual(['Gamma']);
    press(named('back'));
    expect(explorer.scene).toMatchObject({path: [], filter: 'gam'});
    press(named('back'));
    expect(explorer.scene.filter).toBe('');
    press(named('back'));
    expect(explorer.scene.message).toMatch(/first screen/);
  });
});

describe('what goes wrong', () => {
  it('is shown with its rule, and asked for again with r only', async () => {
    expect(explorer.scene.progress.state).toBe('asking');
    source.fail(new InputError('no provider here can', {rule: 'one of these'}));
    await settled();
    expect(explorer.scene.progress).toEqual({state: 'failed', message: 'no provider here can: one of these'});
    press('j', named('open'));
    expect(source.asked).toHaveLength(1);
    press('r');
    expect(explorer.scene.progress.state).toBe('asking');
    expect(explorer.bug).toBeUndefined();
  });

  it('a bug is kept for whoever opened the screen', async () => {
    expect(explorer.scene.progress.state).toBe('asking');
    const bug = new TypeError('x is undefined');
    source.fail(bug);
    await settled();
    expect(explorer.bug).toBe(bug);
  });

  it('progress is told as requests come and go', async () => {
    expect(explorer.scene.progress.state).toBe('asking');
    source.progress(1, 3);
    expect(explorer.scene.progress).toEqual({state: 'asking', done: 1, started: 3});
    expect(changes).toBe(1);
  });

  it('leaving gives up what is being asked', () => {
    expect(explorer.scene.progress.state).toBe('asking');
    explorer.stop();
    expect(source.asked[0]?.signal.aborted).toBe(true);
  });
});

it.each([
  ['q', 'quit'],
  [named('interrupt'), 'interrupt'],
  [named('suspend'), 'suspend'],
])('%j ends it, or leaves it for a while', (key, end) => expect(press(key)).toBe(end));

it('the help is read by moving, and any other key closes it', () => {
  press('?', named('down'), named('page-down'), named('up'));
  expect(explorer.scene).toMatchObject({isHelp: true, helpTop: 10});
  press(named('page-up'), named('page-up'));
  expect(explorer.scene.helpTop).toBe(0);
  press('j');
  expect(explorer.scene.isHelp).toBe(false);
});

it('Ctrl-C ends it while a filter is typed, too', () => {
  press('/');
  expect(press(named('interrupt'))).toBe('interrupt');
});
