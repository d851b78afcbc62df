import {PassThrough} from 'node:stream';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type PromptIo, readSecret} from '../../src/cli/prompt.ts';
import {InputError, InterruptedError} from '../../src/core/errors.ts';

/** A stream like a terminal's, which keeps book of its mode and of what was shown. */
class Terminal extends PassThrough {
  readonly isTTY = true;
  readonly modes: boolean[] = [];
  readonly listening = () => ['data', 'end', 'error'].map(event => this.listenerCount(event));
  readonly atFirst = this.listening();
  shown = '';

  setRawMode(raw: boolean) {
    this.modes.push(raw);
  }

  readonly screen = {write: (text: string) => (this.shown += text)};

  ask(...chunks: readonly (string | Uint8Array)[]): Promise<string> {
    const answer = readSecret({stdin: this, stderr: this.screen}, 'Admin API key: ');
    for (const chunk of chunks) this.write(chunk);
    return answer;
  }

  /** What must hold however it ended. */
  expectRestored() {
    expect(this.modes).toEqual([true, false]);
    expect(this.shown).toBe('Admin API key: \n');
    expect(this.listening()).toEqual(this.atFirst);
    expect(this.isPaused()).toBe(true);
  }
}

const typed = (text: string) => [...text];

describe('at a terminal', () => {
  it.each<[string, string[], string]>([
    ['keys and Enter', typed('sk-abc\r'), 'sk-abc'],
    ['a line feed for Enter', typed('sk-abc\n'), 'sk-abc'],
    ['pasted text in one chunk', ['sk-abc\r'], 'sk-abc'],
    ['what comes after Enter left out', ['sk-abc\rrm -rf\r'], 'sk-abc'],
    ['Backspace', typed('sk-abd\u007fc\r'), 'sk-abc'],
    ['the other Backspace', typed('sk-abd\bc\r'), 'sk-abc'],
    ['Backspace on nothing', typed('\u007f\u007fsk-abc\r'), 'sk-abc'],
    ['Backspace over a whole character', typed('sk-\u{1f600}\u007fabc\r'), 'sk-abc'],
    ['Ctrl-U', typed('wrong\u0015sk-abc\r'), 'sk-abc'],
    ['Ctrl-D in the middle', typed('sk-\u0004abc\r'), 'sk-abc'],
    ['paste marks', ['\u001b[200~sk-abc\u001b[201~', '\r'], 'sk-abc'],
    ['paste marks key by key', typed('\u001b[200~sk-abc\u001b[201~\r'), 'sk-abc'],
    ['arrows and function keys', ['sk\u001b[D\u001b[1;5C\u001bOP-abc\u001b[3~\r'], 'sk-abc'],
    ['a lone Escape', ['sk-', '\u001b', 'abc\r'], 'sk-abc'],
    ['Escape, then Enter', ['sk-abc', '\u001b', '\r'], 'sk-abc'],
    ['Tab and other control keys', typed('\tsk-\u0001\u0000abc\u0085\r'), 'sk-abc'],
  ])('takes %s', async (_, chunks, secret) => {
    const terminal = new Terminal();
    expect(await terminal.ask(...chunks)).toBe(secret);
    terminal.expectRestored();
  });

  it.each<[string, string[], typeof InputError | typeof InterruptedError]>([
    ['Ctrl-C', typed('sk-abc\u0003'), InterruptedError],
    ['Ctrl-C in pasted text', ['sk-abc\u0003def\r'], InterruptedError],
    ['Ctrl-D on an empty line', ['\u0004'], InputError],
    ['Ctrl-D on a line that was emptied', typed('ab\u007f\u007f\u0004'), InputError],
    ['Enter on an empty line', ['\r'], InputError],
    ['a space in the secret', ['sk abc\r'], InputError],
    ['a letter that no header may have', ['sk-é\r'], InputError],
    ['a line without end', ['x'.repeat(40_000), 'x'.repeat(40_000)], InputError],
  ])('refuses %s', async (_, chunks, kind) => {
    const terminal = new Terminal();
    const failure: unknown = await terminal.ask(...chunks).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect(String(failure)).not.toMatch(/sk|xx/);
    terminal.expectRestored();
  });

  it('restores the terminal when the line hangs up, fails, or the run is ended', async () => {
    const hungUp = new Terminal();
    const answer = hungUp.ask('sk-abc');
    hungUp.end();
    await expect(answer).rejects.toThrow(InputError);
    expect(hungUp.modes).toEqual([true, false]);

    const failed = new Terminal();
    const other = failed.ask('sk-abc');
    failed.on('error', () => {}).destroy(new Error('EIO'));
    await expect(other).rejects.toThrow(InputError);
    expect(failed.modes).toEqual([true, false]);

    for (const when of ['before', 'after']) {
      const terminal = new Terminal();
      const controller = new AbortController();
      if (when === 'before') controller.abort();
      const ended = readSecret(
        {stdin: terminal, stderr: terminal.screen, signal: controller.signal},
        'Admin API key: ',
      );
      controller.abort();
      await expect(ended).rejects.toThrow(InterruptedError);
      terminal.expectRestored();
    }
  });

  it('puts the same line together however it was cut', async () => {
    const text = 'no\u0015\u001b[200~sk-\u{1f600}\u007fab\u001b[201~\u001b[Dc\u001bOQ\r';
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40)), async cuts => {
        const bytes = Buffer.from(text);
        const places = [0, ...cuts.filter(place => place < bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        const terminal = new Terminal();
        expect(await terminal.ask(...chunks.filter(chunk => chunk.length > 0))).toBe('sk-abc');
        terminal.expectRestored();
      }),
    );
  });
});

describe('when stdin is a pipe', () => {
  function pipe(...chunks: readonly (string | Uint8Array)[]) {
    const stdin = new PassThrough();
    let shown = '';
    const io = {stdin, stderr: {write: (text: string) => (shown += text)}};
    const answer = readSecret(io, 'Admin API key: ');
    for (const chunk of chunks) stdin.write(chunk);
    stdin.end();
    return answer.finally(() => expect(shown).toBe(''));
  }

  it.each<[string, string[], string]>([
    ['a line', ['sk-abc\n'], 'sk-abc'],
    ['a line from Windows', ['sk-abc\r\n'], 'sk-abc'],
    ['no newline', ['sk-abc'], 'sk-abc'],
    ['several chunks', ['sk-', 'ab', 'c\n'], 'sk-abc'],
  ])('reads %s to the end', async (_, chunks, secret) => {
    expect(await pipe(...chunks)).toBe(secret);
  });

  it.each<[string, (string | Uint8Array)[], string]>([
    ['nothing', [], 'no secret was given'],
    ['an empty line', ['\n'], 'no secret was given'],
    ['two newlines', ['sk-abc\n\n'], 'cannot be a secret'],
    ['two lines', ['sk-abc\nsk-def\n'], 'cannot be a secret'],
    ['control characters', ['sk-\u001b[2Jabc'], 'cannot be a secret'],
    ['bytes that are no text', [new Uint8Array([0x73, 0xff, 0xfe])], 'cannot be a secret'],
    ['more than 64 KiB', ['x'.repeat(40_000), 'x'.repeat(40_000)], 'too long'],
  ])('refuses %s, without repeating it', async (_, chunks, message) => {
    const failure: unknown = await pipe(...chunks).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect(failure).toHaveProperty('message', expect.stringContaining(message));
    expect(String(failure)).not.toMatch(/sk-|xx/);
  });

  it('stops reading what never ends', async () => {
    const stdin = new PassThrough();
    const answer = readSecret({stdin, stderr: {write: () => {}}}, '');
    stdin.write('x'.repeat(100_000));
    await expect(answer).rejects.toThrow(InputError);
    expect(stdin.isPaused()).toBe(true);
  });
});

it("fits the process's own streams", () => {
  const io: PromptIo = process;
  expect(io.stdin).toBe(process.stdin);
});
