import type {Report} from '../core/report.ts';
import {cellAt} from '../render/columns.ts';
import {type Grid, layGrid} from '../render/grid.ts';
import {clip, pad, widthOf} from '../render/layout.ts';
import {messageLines} from '../render/message.ts';
import {sanitize} from '../render/sanitize.ts';
import {type Paint, painter, type Tone, toneOf} from '../render/style.ts';
import type {Progress} from './answers.ts';
import type {Scene} from './explorer.ts';
import {HELP} from './keys-help.ts';
import type {Picker} from './picker.ts';

/** What may be drawn on. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
  readonly color: boolean;
}

const MARK = '› ';
const NO_MARK = '  ';
/** So many rows are worth more than what stands around them. */
const MIN_ROWS = 3;
const KEYS = '↑↓ move · Enter open · Esc back · g group · p period · s sort · / filter · ? help · q quit';
/** Where KEYS does not fit. */
const FEW_KEYS = 'Enter open · Esc back · ? keys · q quit';

/** The whole screen as lines, none wider and never more than there is room for. */
export function drawScene(scene: Scene, size: Size): readonly string[] {
  const paint = painter(size.color);
  const foot = footLines(scene, size, paint);
  const room = Math.max(1, size.rows - foot.length);
  const body = scene.isHelp
    ? HELP.map(line => clip(line, size.columns))
    : scene.picker
      ? pickerLines(scene.picker, room, size, paint)
      : scene.report
        ? tableLines(scene, scene.report, room, size, paint)
        : waitingLines(scene, size, paint);
  const filled = [...body.slice(0, room), ...Array<string>(Math.max(0, room - body.length)).fill('')];
  return [...filled, ...foot];
}

function footLines(scene: Scene, {columns}: Size, paint: Paint): string[] {
  const {report, rows, cursor, filter, isTyping, message} = scene;
  // The counter is of what stands above it: the table, or the list that is laid over it.
  const [at, count] = scene.picker
    ? [scene.picker.cursor, scene.picker.labels.length]
    : [cursor, report && !scene.isHelp ? rows.length : 0];
  const place = count > 0 ? `${at + 1} of ${count}` : '';
  const filtered = filter && !scene.picker && `rows with "${sanitize(filter)}"; totals are of all`;
  const state = isTyping ? `/${sanitize(filter)}▏` : message || [place, filtered].filter(Boolean).join(' · ');
  const keys = isTyping
    ? 'Enter keeps the filter · Esc drops it'
    : scene.picker
      ? '↑↓ move · Enter pick · Esc leave it'
      : ([KEYS, FEW_KEYS].find(text => widthOf(text) <= columns) ?? '? keys · q quit');
  return [paint(clip(state, columns), message ? 'bold' : 'plain'), paint(clip(keys, columns), 'dim')];
}

function waitingLines({path, progress}: Scene, {columns}: Size, paint: Paint): string[] {
  const title = paint(clip(pathOf(path), columns), 'bold');
  if (progress.state !== 'failed') return [title, '', paint(`asking …${countOf(progress)}`, 'dim')];
  const message = messageLines([`! ${progress.message}`], columns)
    .trimEnd()
    .split('\n');
  return [title, '', ...message.map(line => clip(line, columns)), '', 'r asks again; Esc goes back'];
}

const countOf = (progress: Progress): string =>
  progress.state === 'asking' && progress.started > 0
    ? ` ${progress.done} of ${progress.started} requests`
    : '';

const pathOf = (path: readonly string[]): string => ['all', ...path.map(sanitize)].join(' › ');

function pickerLines({title, labels, cursor}: Picker, room: number, {columns}: Size, paint: Paint): string[] {
  const lines = labels.map((label, index) => {
    const line = clip((index === cursor ? MARK : NO_MARK) + label, columns);
    return index === cursor ? paint(line, 'bold') : line;
  });
  return [paint(title, 'bold'), '', ...around(lines, cursor, room - 2)];
}

function tableLines(scene: Scene, report: Report, room: number, size: Size, paint: Paint): string[] {
  const {columns} = size;
  const dropped: string[] = [];
  const shown: Report = {...report, rows: scene.rows};
  const grid = layGrid(shown, {
    width: columns - MARK.length,
    color: size.color,
    terminal: true,
    dropped: titles => dropped.push(...titles),
  });
  const rule =
    NO_MARK + paint(grid.columns.map(({width}) => '─'.repeat(width)).join(' '.repeat(grid.gap)), 'dim');
  const above = [
    paint(clip(pathOf(scene.path), columns), 'bold'),
    ...grid.head.map(line => paint(clip(line, columns), 'dim')),
    '',
  ];
  const titles = [NO_MARK + lineOf(grid, grid.titles, () => 'bold', paint), rule];
  const head = room < above.length + titles.length + MIN_ROWS ? titles : [...above, ...titles];
  const failures =
    scene.progress.state === 'known' ? scene.progress.answer.failures.map(text => `! ${sanitize(text)}`) : [];
  const rest = dropped.length > 0 ? [`not enough room for ${dropped.join(', ')}`] : [];
  const tail = [
    ...(grid.footer.length > 0 ? [rule] : []),
    ...grid.footer.map(texts => NO_MARK + lineOf(grid, texts, () => 'bold', paint)),
    ...[...grid.notes, ...failures, ...rest].map(note => paint(clip(note, columns), 'dim')),
  ];
  // Rows go before what stands below them, which only repeats or explains.
  const kept = tail.slice(0, Math.max(0, room - head.length - Math.min(MIN_ROWS, grid.rows.length)));
  const rows = grid.rows.map((texts, index) => {
    const tones = (place: number): Tone => {
      const column = grid.columns[place];
      const cells = shown.rows[index];
      return index === scene.cursor
        ? 'bold'
        : column && cells
          ? toneOf(cellAt(cells, column), column)
          : 'plain';
    };
    return (index === scene.cursor ? paint(MARK, 'accent') : NO_MARK) + lineOf(grid, texts, tones, paint);
  });
  return [...head, ...around(rows, scene.cursor, room - head.length - kept.length), ...kept];
}

function lineOf(
  {columns, gap}: Grid,
  texts: readonly string[],
  tone: (place: number) => Tone,
  paint: Paint,
): string {
  const cells = columns.map(({column, width}, place) =>
    paint(pad(texts[place] ?? '', width, column.align), tone(place)),
  );
  return cells.join(' '.repeat(gap));
}

/** As many lines as there is room for, the chosen one among them. */
function around(lines: readonly string[], chosen: number, room: number): readonly string[] {
  const height = Math.max(1, room);
  const first = Math.max(0, Math.min(chosen - Math.floor(height / 2), lines.length - height));
  return lines.slice(first, first + height);
}
