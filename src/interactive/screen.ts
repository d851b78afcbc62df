import type {Report} from '../core/report.ts';
import {cellAt} from '../render/columns.ts';
import {type Grid, layGrid} from '../render/grid.ts';
import {clip, pad, widthOf} from '../render/layout.ts';
import {messageLines, wrap} from '../render/message.ts';
import {sanitize} from '../render/sanitize.ts';
import {type Paint, painter, type Tone, toneOf} from '../render/style.ts';
import type {Progress} from './answers.ts';
import type {Scene} from './explorer.ts';
import {firstAround, helpLines, MARK, NO_MARK, pickerLines} from './lists.ts';
import {notesFrom} from './notes.ts';

/** What may be drawn on. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
  readonly color: boolean;
}

/** So many rows are worth more than what stands around them. */
const MIN_ROWS = 3;
const KEYS = '↑↓ move · Enter open · Esc back · g group · p period · s sort · / filter · ? help · q quit';
/** Where KEYS does not fit. */
const FEW_KEYS = 'Enter open · Esc back · ? keys · q quit';

/** What stands above the last two lines. */
interface Body {
  readonly lines: readonly string[];
  /** What else there is to be known of the figures, and how to read it. */
  readonly more?: string;
}

/** Lines below everything: where one is, and what keys do. */
const FOOT = 2;

/** The whole screen as lines, none wider and never more than there is room for. */
export function drawScene(scene: Scene, size: Size): readonly string[] {
  const paint = painter(size.color);
  const room = Math.max(1, size.rows - FOOT);
  const {lines, more} = bodyOf(scene, room, size, paint);
  const filled = [...lines.slice(0, room), ...Array<string>(Math.max(0, room - lines.length)).fill('')];
  return [...filled, ...footLines(scene, more, size, paint)];
}

function bodyOf(scene: Scene, room: number, size: Size, paint: Paint): Body {
  const {isHelp, helpTop, picker, report} = scene;
  if (isHelp) return {lines: helpLines(report ? notesFrom(report) : [], helpTop, room, size.columns)};
  if (picker) return {lines: pickerLines(picker, room, size.columns, paint)};
  return report ? tableBody(scene, report, room, size, paint) : {lines: waitingLines(scene, size, paint)};
}

function footLines(scene: Scene, more: string | undefined, {columns}: Size, paint: Paint): string[] {
  const {isTyping, filter, message, picker, isHelp} = scene;
  const state = isTyping ? `/${sanitize(filter)}▏` : message || placeOf(scene, more);
  const keys = isTyping
    ? 'Enter keeps the filter · Esc drops it'
    : picker
      ? '↑↓ move · Enter pick · Esc leave it'
      : isHelp
        ? '↑↓ move · any other key closes this'
        : ([KEYS, FEW_KEYS].find(text => widthOf(text) <= columns) ?? '? keys · q quit');
  return [paint(clip(state, columns), message ? 'bold' : 'plain'), paint(clip(keys, columns), 'dim')];
}

/** Where one is, and in what: of what stands above, which is the table or the list that is laid over it. */
function placeOf({picker, report, isHelp, rows, cursor, filter, sorting}: Scene, more?: string): string {
  if (picker) return `${picker.cursor + 1} of ${picker.labels.length}`;
  if (!report || isHelp) return '';
  const parts = [
    rows.length > 0 && `${cursor + 1} of ${rows.length}`,
    filter && `rows with "${sanitize(filter)}"; totals are of all`,
    more,
    // The column itself may have no room.
    sorting !== undefined && `by ${sanitize(sorting)}`,
  ];
  return parts.filter(Boolean).join(' · ');
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

function tableBody(scene: Scene, report: Report, room: number, size: Size, paint: Paint): Body {
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
  const height = Math.max(1, room - head.length - kept.length);
  const first = firstAround(scene.cursor, rows.length, height);
  const {lines, more} = notesIn(notesFrom(report), Math.max(0, height - rows.length), columns);
  return {
    lines: [...head, ...rows.slice(first, first + height), ...kept, ...lines.map(note => paint(note, 'dim'))],
    ...(more === undefined ? {} : {more}),
  };
}

/** Notes in the lines that rows leave free: whole if they fit, else the beginning of each. */
function notesIn(notes: readonly string[], free: number, columns: number): Body {
  const whole = notes.flatMap(note => wrap(note, columns)).map(line => clip(line, columns));
  if (whole.length <= free) return {lines: whole};
  const begun = notes.slice(0, free).map(note => clip(note, columns));
  const left = notes.length - begun.length;
  if (left === 0) return {lines: begun, more: '? shows the notes whole'};
  return {
    lines: begun,
    more: `${left}${begun.length > 0 ? ' more' : ''} ${left === 1 ? 'note' : 'notes'}: ?`,
  };
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
