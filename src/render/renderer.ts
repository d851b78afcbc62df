import type {Report} from '../core/report.ts';

/** How the answer may look. */
export interface View {
  /** Width of the terminal or of the text table, in columns. */
  readonly width: number;
  /** Whether colour and other escape sequences may be used. */
  readonly color: boolean;
  /** Whether the answer goes straight to a terminal: Ink then draws the table. */
  readonly terminal: boolean;
  /** Says which columns did not fit. */
  dropped(titles: readonly string[]): void;
}

/** Chunks of text that together are one complete document, with a final newline. */
export type Renderer = (report: Report, view: View) => Iterable<string> | AsyncIterable<string>;

export const FORMATS = ['table', 'csv', 'tsv', 'json', 'ndjson', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** Finds the renderer of a format. Each is loaded alone, so that a script that asks for JSON never pays for Ink. */
export async function loadRenderer(format: Format, view: Pick<View, 'terminal'>): Promise<Renderer> {
  switch (format) {
    case 'table':
      return view.terminal
        ? (await import('./table.tsx')).renderTable
        : (await import('./text.ts')).renderText;
    case 'csv':
      return (await import('./csv.ts')).renderCsv;
    case 'tsv':
      return (await import('./csv.ts')).renderTsv;
    case 'json':
      return (await import('./json.ts')).renderJson;
    case 'ndjson':
      return (await import('./ndjson.ts')).renderNdjson;
    case 'markdown':
      return (await import('./markdown.ts')).renderMarkdown;
  }
}
