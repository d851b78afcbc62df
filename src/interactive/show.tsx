import {Box, render, Text, useInput} from 'ink';
import {useSyncExternalStore} from 'react';
import {InterruptedError} from '../core/errors.ts';
import {Explorer} from './explorer.ts';
import type {JobControl} from './job-control.ts';
import {keysFrom} from './key.ts';
import type {Question, Source} from './question.ts';
import {drawScene} from './screen.ts';

/** The terminal to draw on and to read keys from. */
export interface Stage {
  readonly output: NodeJS.WriteStream;
  readonly keyboard: NodeJS.ReadStream;
  readonly color: boolean;
  readonly signal: AbortSignal;
  readonly jobControl: JobControl | undefined;
}

// A second screen that leaves the first one, and what scrolled off it, as it was.
const ENTER = '\x1b[?1049h';
const LEAVE = '\x1b[?1049l';

type Next = 'end' | 'stop' | 'again';

/** Shows a report to move through until its reader quits. Throws InterruptedError at Ctrl-C; the screen is as before then. */
export async function showExplorer(source: Source, first: Question, stage: Stage): Promise<void> {
  const {output, keyboard, signal, jobControl} = stage;
  let version = 0;
  let isInterrupted = signal.aborted;
  const listeners = new Set<() => void>();
  const changed = () => {
    version++;
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const explorer = new Explorer(source, first, changed);

  function Screen() {
    useSyncExternalStore(subscribe, () => version);
    useInput((input, pressed) => {
      for (const key of keysFrom(input, pressed)) {
        const end = explorer.press(key);
        if (end === 'suspend') jobControl?.ask();
        else if (end) return leave(end === 'interrupt');
      }
      changed();
    });
    // One line less than there is: Ink clears the whole terminal, and what scrolled off it, where a frame fills it.
    const size = {
      columns: output.columns || 80,
      rows: Math.max(4, (output.rows || 24) - 1),
      color: stage.color,
    };
    const lines = drawScene(explorer.scene, size);
    return (
      <Box flexDirection="column">
        {Array.from(lines.entries(), ([place, line]) => (
          <Text key={place} wrap="truncate-end">
            {line || ' '}
          </Text>
        ))}
      </Box>
    );
  }

  let app: ReturnType<typeof render> | undefined;
  // What happens once the terminal has been given back: it is taken anew unless somebody is done with it.
  let next: Next = 'end';
  const giveBack = (then: Next) => {
    next = then;
    app?.unmount();
  };
  const leave = (interrupted: boolean) => {
    isInterrupted ||= interrupted;
    giveBack('end');
  };
  const onAbort = () => leave(true);
  const take = async (): Promise<Next> => {
    next = 'end';
    const unlisten = jobControl?.listen(
      () => giveBack('stop'),
      () => giveBack('again'),
    );
    try {
      // Before anything is drawn: in the background this stops the process, and the screen is the shell's.
      keyboard.setRawMode(true);
      output.write(ENTER);
      app = render(<Screen />, {stdout: output, stdin: keyboard, patchConsole: false, exitOnCtrlC: false});
      const ended = app.waitUntilExit();
      if (signal.aborted) leave(true);
      await ended;
      return next;
    } finally {
      keyboard.setRawMode(false);
      output.write(LEAVE);
      unlisten?.();
    }
  };
  signal.addEventListener('abort', onAbort);
  output.on('resize', changed);
  try {
    for (let turn = await take(); turn !== 'end'; turn = await take()) {
      if (turn === 'stop') jobControl?.stop();
    }
  } finally {
    explorer.stop();
    output.off('resize', changed);
    signal.removeEventListener('abort', onAbort);
  }
  if (isInterrupted) throw new InterruptedError();
  if (explorer.bug) throw explorer.bug;
}
