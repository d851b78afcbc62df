import {Box, render, Text, useInput} from 'ink';
import {useSyncExternalStore} from 'react';
import {InterruptedError} from '../core/errors.ts';
import {Explorer} from './explorer.ts';
import {keysFrom} from './key.ts';
import type {Question, Source} from './question.ts';
import {drawScene} from './screen.ts';

/** The terminal to draw on and to read keys from. */
export interface Stage {
  readonly output: NodeJS.WriteStream;
  readonly keyboard: NodeJS.ReadStream;
  readonly color: boolean;
  readonly signal: AbortSignal;
}

// A second screen that leaves the first one, and what scrolled off it, as it was.
const ENTER = '\x1b[?1049h';
const LEAVE = '\x1b[?1049l';

/** Shows a report to move through until its reader quits. Throws InterruptedError at Ctrl-C; the screen is as before then. */
export async function showExplorer(source: Source, first: Question, stage: Stage): Promise<void> {
  const {output, signal} = stage;
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
        if (end) return leave(end === 'interrupt');
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

  output.write(ENTER);
  let app: ReturnType<typeof render> | undefined;
  const leave = (interrupted: boolean) => {
    isInterrupted ||= interrupted;
    app?.unmount();
  };
  const onAbort = () => leave(true);
  signal.addEventListener('abort', onAbort);
  output.on('resize', changed);
  try {
    app = render(<Screen />, {
      stdout: output,
      stdin: stage.keyboard,
      patchConsole: false,
      exitOnCtrlC: false,
    });
    await app.waitUntilExit();
  } finally {
    explorer.stop();
    output.off('resize', changed);
    signal.removeEventListener('abort', onAbort);
    output.write(LEAVE);
  }
  if (isInterrupted) throw new InterruptedError();
  if (explorer.bug) throw explorer.bug;
}
