import {Box, render, Text} from 'ink';
import {sanitize} from './sanitize.ts';

/** How far one account has come. */
export interface Step {
  readonly name: string;
  readonly done: number;
  readonly started: number;
  /** What it waits for, if it does: "waiting 8 s: …". */
  readonly waiting: string | undefined;
}

/** A live display that can be redrawn and leaves nothing behind. */
export interface LiveProgress {
  update(steps: readonly Step[]): void;
  /** Erases it and gives the terminal back. */
  clear(): void;
}

/** Draws progress with Ink on a terminal, normally stderr. */
export function drawProgress(
  terminal: NodeJS.WriteStream,
  steps: readonly Step[],
  color: boolean,
): LiveProgress {
  const live = render(<Steps steps={steps} color={color} />, {
    stdout: terminal,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  return {
    update: next => live.rerender(<Steps steps={next} color={color} />),
    clear() {
      live.rerender(<Steps steps={[]} color={color} />); // unmounting draws the last frame once more
      live.unmount();
      terminal.write(CURSOR_UP); // Ink ends an empty frame with a line, too
    },
  };
}

function Steps({steps, color}: {readonly steps: readonly Step[]; readonly color: boolean}) {
  return (
    <Box flexDirection="column">
      {steps.map(step => (
        <Text key={step.name} dimColor={color} wrap="truncate-end">
          {line(step)}
        </Text>
      ))}
    </Box>
  );
}

const CURSOR_UP = '\u001b[1A';
const BAR = 12;

function line({name, done, started, waiting}: Step): string {
  const filled = started === 0 ? 0 : Math.floor((BAR * done) / started);
  const bar = '━'.repeat(filled) + '╌'.repeat(BAR - filled);
  const state = waiting ? ` · ${sanitize(waiting)}` : '';
  return `${bar} ${sanitize(name)} ${done} of ${started} requests${state}`;
}
