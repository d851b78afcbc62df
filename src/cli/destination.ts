import {type Format, loadRenderer, type Renderer, type View} from '../render/renderer.ts';
import type {Chunks} from './batch.ts';
import type {Context} from './context.ts';
import type {Speaker} from './speaker.ts';
import {chooseColor, chooseWidth} from './view-options.ts';
import {writeToStdout} from './write-stdout.ts';

interface OutputFlags {
  readonly output?: string | undefined;
  readonly color?: boolean | undefined;
}

/** Where an answer goes, and how it is drawn there. */
export interface Destination {
  /** A terminal sees the answer itself, and no file. */
  readonly toTerminal: boolean;
  /** Loads the renderer; it may load while requests are under way. */
  load(): Promise<Renderer>;
  /** What the renderer draws for. Columns that do not fit are said by the speaker. */
  view(speaker: Speaker): View;
  /** Writes to stdout, or to the file whole or not at all. Throws StoreError. */
  write(chunks: Chunks): Promise<void>;
}

/** Looks at the flags before anything is asked. Throws StoreError for a file that cannot be written. */
export async function openDestination(
  format: Format,
  {output, color: wish}: OutputFlags,
  context: Context,
): Promise<Destination> {
  if (output !== undefined) await (await import('./write-answer.ts')).checkOutput(output);
  const toTerminal = output === undefined && context.stdout.isTerminal;
  const color = output === undefined && chooseColor(context.env, context.stdout, wish);
  return {
    toTerminal,
    // Who forces colour into a pipe gets a terminal's table.
    load: () => loadRenderer(format, {terminal: toTerminal || color}),
    view: speaker => ({
      width: chooseWidth(context),
      color,
      terminal: toTerminal,
      dropped: titles => speaker.dropped(titles),
    }),
    write: async chunks => {
      if (output === undefined) return writeToStdout(chunks, context);
      const {writeToFile} = await import('./write-answer.ts'); // Node's fs/promises comes along with it
      await writeToFile(chunks, output, context);
    },
  };
}
