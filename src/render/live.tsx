import {render} from 'ink';
import type {ReactNode} from 'react';

/** Something drawn on a terminal that can be redrawn and leaves nothing behind. */
export interface Live<State> {
  update(state: State): void;
  /** Erases it and gives the terminal back. */
  clear(): void;
}

const CURSOR_UP = '\u001b[1A';

/** Draws with Ink on a terminal, normally stderr. Keys are not Ink's business here. */
export function drawLive<State>(
  terminal: NodeJS.WriteStream,
  view: (state: State) => ReactNode,
  first: State,
): Live<State> {
  const live = render(view(first), {stdout: terminal, patchConsole: false, exitOnCtrlC: false});
  return {
    update: state => live.rerender(view(state)),
    clear() {
      live.rerender(null); // unmounting draws the last frame once more
      live.unmount();
      terminal.write(CURSOR_UP); // Ink ends an empty frame with a line, too
    },
  };
}
