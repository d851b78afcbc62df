import {PassThrough} from 'node:stream';
import {describe, expect, it} from 'vitest';
import type {Context} from '../../src/cli/context.ts';
import {run} from '../../src/cli/run.ts';
import type {Stoppable} from '../../src/cli/run-interactive.ts';
import type {JobControl} from '../../src/interactive/job-control.ts';
import {Terminal} from '../e2e/terminal.ts';
import {contextOf, usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';

const ENTER = '\r';
const ESCAPE = '\u001b';

/** stdin as Ink wants it: a terminal whose keys are what is written to it. */
function keyboard() {
  const modes: boolean[] = [];
  const stream = new PassThrough();
  const terminal = {
    isTTY: true,
    setRawMode: (raw: boolean) => modes.push(raw),
    ref: () => undefined,
    unref: () => undefined,
  };
  return {
    stream: Object.assign(stream, terminal),
    modes,
    press: (keys: string) => void stream.write(keys),
  };
}

/** A shell that lets the program go on at once, and notes in what state it got the terminal. */
function shellOf<T>(state: () => T) {
  const stopped: T[] = [];
  let listening: readonly (() => void)[] = [];
  const jobControl: JobControl = {
    listen: (...listeners) => {
      listening = listeners;
      return () => {
        listening = [];
      };
    },
    ask: () => listening[0]?.(),
    stop: () => {
      expect(listening).toEqual([]); // it would not stop
      stopped.push(state());
    },
  };
  return {jobControl, stopped, letGoOn: () => listening[1]?.()};
}

/** Opens the screen in this process, on streams that pass for a terminal. */
async function open(line: string, env: {readonly [name: string]: string} = {}, columns = 100) {
  const screen = new Terminal(columns, 30);
  const keys = keyboard();
  const interrupt = new AbortController();
  const {context, err} = await contextOf(line, {env: {TERM: 'xterm', ...env}, signal: interrupt.signal});
  const shell = shellOf(() => ({
    isAlternate: screen.isAlternate,
    isCursorShown: screen.isCursorShown,
    isRaw: keys.modes.at(-1),
  }));
  const real: Context & Stoppable = {...context, stdout: screen, jobControl: shell.jobControl};
  Object.assign(real, {keyboard: keys.stream}); // all of a terminal that Ink asks for
  return {shell, screen, press: keys.press, modes: keys.modes, interrupt, err, exitCode: run(real)};
}

describe('usage report --interactive', () => {
  it('shows the report, opens a project, comes back and quits, and leaves the screen as it was', async () => {
    const providers = await startProviders(ALL);
    const {screen, press, exitCode, modes} = await open('report -i --period last-month', providers.env);
    await screen.until(text => /^› /m.test(text) && text.includes('Alpha'));
    expect(screen.isAlternate).toBe(true);
    const asked = providers.received('openai').length;
    press('/Alpha\r');
    await screen.until(text => text.includes('rows with "Alpha"'));
    expect(providers.received('openai')).toHaveLength(asked);
    press(ENTER);
    await screen.until(text => text.startsWith('all › Alpha') && /^› /m.test(text));
    expect(screen.screen).toMatch(/Line item/);
    expect(providers.received('openai').length).toBeGreaterThan(asked);
    press(ENTER);
    await screen.until(text => /^› 2026-10-01/m.test(text));
    const after = providers.received('openai').length;
    press('hh');
    await screen.until(text => text.startsWith('all\n'));
    expect(providers.received('openai')).toHaveLength(after);
    press('q');
    expect(await exitCode).toBe(0);
    expect(screen).toMatchObject({isAlternate: false, isCursorShown: true});
    expect(modes.at(-1)).toBe(false);
    expect(screen.raw.endsWith('\u001b[?1049l')).toBe(true);
  });

  it('groups otherwise, takes another period and another order', async () => {
    const {env} = await startProviders(ALL);
    const {screen, press, exitCode} = await open('report -i --period last-month --provider openai', env);
    await screen.until(text => /^› /m.test(text));
    press('g');
    await screen.until(text => text.includes('Group by') && text.includes('Line item'));
    press('j\r');
    await screen.until(text => /^ {2}Provider +User/m.test(text));
    press('p');
    await screen.until(text => text.includes('last-month   2026-10-01..2026-10-31'));
    press('\r');
    await screen.until(text => text.includes('2026-10-01..2026-10-31'));
    press('s');
    await screen.until(text => text.includes('Cost, largest first'));
    press(ESCAPE);
    await screen.until(text => !text.includes('Cost, largest first'));
    press('?');
    await screen.until(text => text.includes('any other key closes this'));
    press('x');
    await screen.until(text => /^› /m.test(text));
    press('q');
    expect(await exitCode).toBe(0);
  });

  it('takes keys while it waits, and gives up what it waits for', async () => {
    const {env, received} = await startProviders({openai: () => undefined});
    const {screen, press, exitCode} = await open('report -i', env);
    await screen.until(text => /asking … 0 of \d+ requests/.test(text));
    press('?');
    await screen.until(text => text.includes('Keys'));
    await expect.poll(() => received('openai').length).toBeGreaterThan(0);
    press('xq');
    expect(await exitCode).toBe(0);
    expect(screen.isAlternate).toBe(false);
  });

  it.each([
    ['Ctrl-C', (opened: Awaited<ReturnType<typeof open>>) => opened.press('\u0003')],
    ['a signal', (opened: Awaited<ReturnType<typeof open>>) => opened.interrupt.abort()],
  ])('%s ends it with 130 and gives the screen back', async (_what, stop) => {
    const {env} = await startProviders(ALL);
    const opened = await open('report -i', env);
    await opened.screen.until(text => /^› /m.test(text));
    stop(opened);
    expect(await opened.exitCode).toBe(130);
    expect(opened.screen).toMatchObject({isAlternate: false, isCursorShown: true});
    expect(opened.err).toEqual([]);
  });

  it.each([
    ['Ctrl-Z', (opened: Awaited<ReturnType<typeof open>>) => opened.press('\u001a')],
    ['a signal', (opened: Awaited<ReturnType<typeof open>>) => opened.shell.jobControl.ask()],
  ])('%s gives the terminal to the shell, and takes it again afterwards', async (_what, stop) => {
    const {env} = await startProviders(ALL);
    const opened = await open('report -i --period last-month', env);
    const {screen, press, shell, modes} = opened;
    await screen.until(text => /^1 of \d+/m.test(text));
    press('j');
    await screen.until(text => /^2 of \d+/m.test(text));
    stop(opened);
    await expect.poll(() => screen.isAlternate && screen.isCursorShown === false && modes.at(-1)).toBe(true);
    await expect.poll(() => shell.stopped).toEqual([{isAlternate: false, isCursorShown: true, isRaw: false}]);
    press('j');
    await screen.until(text => /^3 of \d+/m.test(text));
    press('q');
    expect(await opened.exitCode).toBe(0);
    expect(screen).toMatchObject({isAlternate: false, isCursorShown: true});
    expect(modes.at(-1)).toBe(false);
  });

  it('draws anew when it goes on after it was stopped unasked', async () => {
    const {env} = await startProviders(ALL);
    const {screen, press, shell, exitCode} = await open('report -i --period last-month', env);
    await screen.until(text => /^1 of \d+/m.test(text));
    shell.letGoOn();
    await expect.poll(() => screen.raw.split('\u001b[?1049h').length - 1).toBe(2);
    expect(shell.stopped).toEqual([]);
    press('j');
    await screen.until(text => /^2 of \d+/m.test(text));
    press('q');
    expect(await exitCode).toBe(0);
  });

  it('opens what has no project into its line items, exactly', async () => {
    const {screen, press, exitCode} = await open('report -i --demo');
    await screen.until(text => /^1 of 27/m.test(text));
    press('/unattr\r');
    await screen.until(text => /^› openai +\(unattributed\) +\$447\.33/m.test(text));
    press(ENTER);
    await screen.until(text => /^all › \(unattributed\)[\s\S]*^1 of 1\b/m.test(text));
    expect(screen.screen).toMatch(/^› openai +scale tier \| monthly bundle +\$447\.33 +100\.0%/m);
    expect(screen.screen).toMatch(/^ +Total +\$447\.33/m);
    press(ENTER);
    await screen.until(text => /^all › \(unattributed\) › scale tier/.test(text) && /^1 of 22/m.test(text));
    expect(screen.screen).toMatch(/^ +Total +\$447\.33/m);
    press('q');
    expect(await exitCode).toBe(0);
  });

  it('says why a row has no label', async () => {
    const {screen, press, exitCode} = await open('report -i --demo --group-by model');
    await screen.until(text => /^1 of \d+.* notes: \?/m.test(text));
    press('?');
    await screen.until(text => text.startsWith('Notes'));
    expect(screen.screen).toContain('note: openai: (unattributed) holds what cannot be split by model');
    press('qq');
    expect(await exitCode).toBe(0);
  });

  it('says what a provider refused, on the screen', async () => {
    const {env} = await startProviders({openai: ALL.openai, ionq: () => ({status: 500, body: {}})});
    const {screen, press, exitCode} = await open('report -i --period last-month', env);
    await screen.until(text => /^! .*IonQ/m.test(text));
    expect(screen.screen).toMatch(/^› /m);
    press('q');
    expect(await exitCode).toBe(0);
  });

  it('without colour has no colour, and its mark all the same', async () => {
    const {env} = await startProviders(ALL);
    const {screen, press, exitCode} = await open('report -i', {...env, NO_COLOR: '1'});
    await screen.until(text => /^› /m.test(text));
    press('q');
    expect(await exitCode).toBe(0);
    expect(screen.raw).not.toMatch(/\u001b\[(1|2|36)m/);
  });
});

describe('where it cannot be', () => {
  it('off a terminal it is wrong input that says so', async () => {
    const {code, stdout, stderr} = await usage('report --interactive --demo');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/--interactive needs a terminal[\s\S]*stdin and stdout/);
  });

  it.each(['--json', '--csv', '--format table', '--output x', '--bucket day'])(
    'with %s it is wrong input',
    async flag => {
      const {code, stdout, stderr} = await usage(`report -i --demo ${flag}`);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`--interactive and ${flag.split(' ')[0]} exclude each other`);
    },
  );

  it('only report has it', async () => {
    const {code, stderr} = await usage('costs --interactive');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--interactive with usage report/);
  });

  it('wrong flags are told before the screen is taken', async () => {
    const opened = await open('report -i --demo --period nope');
    expect(await opened.exitCode).toBe(2);
    expect(opened.screen.raw).toBe('');
    expect(opened.err.join('')).toMatch(/"nope" is no period/);
  });
});
