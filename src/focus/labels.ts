import type {LabelDimension} from '../core/dimension.ts';
import {type Label, type Labels, OTHER} from '../core/record.ts';
import type {LabelColumns, Roles} from './roles.ts';

/** What a label is read from: places in a row, -1 where there is none. */
interface Reader {
  readonly dimension: LabelDimension;
  readonly ids: readonly number[];
  readonly name: number;
  /** Whether it is a column of ours: what such a file says is meant, be it a line item that is called null. */
  readonly isOurs: boolean;
}

/** Reads the labels that are asked for. Labels come again and again, so each combination is made once. */
export class LabelReader {
  readonly #readers: readonly Reader[];
  readonly #type: number;
  readonly #tags: number;
  readonly #remainder: number;
  /** A text without the words that people write for nothing. */
  readonly #plain: (value: string, column: string) => string;
  readonly #made = new Map<string, Labels>();

  /** `placeOf` gives where a column stands in a row. */
  constructor(
    roles: Roles,
    split: readonly LabelDimension[],
    placeOf: (column: string) => number,
    plain: (value: string, column: string) => string,
  ) {
    this.#plain = plain;
    this.#readers = split.flatMap(dimension => {
      const columns: LabelColumns | undefined = roles.labels[dimension];
      if (!columns) return [];
      const isOurs = columns.ids[0] === 'x_SourceLineItem';
      const name = columns.name ? placeOf(columns.name) : -1;
      return [{dimension, ids: columns.ids.map(placeOf), name, isOurs}];
    });
    const hasRest = this.#readers.some(({dimension}) => dimension === 'project');
    this.#remainder = hasRest && roles.remainder ? placeOf(roles.remainder) : -1;
    const named = this.#readers.some(({dimension}) => dimension === 'project' || dimension === 'workspace');
    this.#type = named ? placeOf('SubAccountType') : -1;
    this.#tags = named && !roles.labels.project?.ids.length && roles.tags ? placeOf(roles.tags) : -1;
  }

  labels(row: readonly string[]): Labels {
    const key = this.#key(row);
    let labels = this.#made.get(key);
    if (!labels) {
      if (this.#made.size > 50_000) this.#made.clear();
      labels = this.#make(row);
      this.#made.set(key, labels);
    }
    return labels;
  }

  #key(row: readonly string[]): string {
    const [first, second] = this.#readers;
    // The usual case: a text that is there already, and not one to be made for each row.
    if (first && !second && first.name < 0 && this.#type < 0 && this.#tags < 0 && this.#remainder < 0)
      return firstOf(row, first.ids);
    let key = '';
    for (const {ids, name} of this.#readers) {
      const id = firstOf(row, ids);
      key += `${id.length}:${id}${name < 0 ? '' : row[name]}\u0000`;
    }
    if (this.#type >= 0) key += row[this.#type];
    if (this.#tags >= 0) key += row[this.#tags];
    if (this.#remainder >= 0) key += row[this.#remainder];
    return key;
  }

  #make(row: readonly string[]): Labels {
    const labels: {[D in LabelDimension]?: Label} = {};
    const isWorkspace = /^workspace$/i.test(row[this.#type] ?? '');
    for (const {dimension, ids, name, isOurs} of this.#readers) {
      if (dimension === (isWorkspace ? 'project' : 'workspace')) continue;
      if (dimension === 'project' && row[this.#remainder] === 'true') {
        labels.project = OTHER;
        continue;
      }
      const given = firstOf(row, ids);
      const id = isOurs ? given : this.#plain(given, dimension);
      const label =
        id === '' && dimension === 'project'
          ? this.#fromTags(row)
          : labelOf(id, this.#plain(row[name] ?? '', dimension));
      if (label) labels[dimension] = label;
    }
    return labels;
  }

  /** A feed without sub accounts (Vercel's) has its projects in the tags. */
  #fromTags(row: readonly string[]): Label | undefined {
    const tags = parse(row[this.#tags] ?? '');
    const text = (name: string) => (typeof tags?.[name] === 'string' ? tags[name] : '');
    return labelOf(text('ProjectId'), text('ProjectName'));
  }
}

function firstOf(row: readonly string[], places: readonly number[]): string {
  for (const place of places) {
    const value = row[place];
    if (value) return value;
  }
  return '';
}

function labelOf(id: string, name: string): Label | undefined {
  if (id === '') return name === '' ? undefined : {id: name};
  return name === '' || name === id ? {id} : {id, name};
}

function parse(text: string): {readonly [name: string]: unknown} | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // tags decide no figure
  }
}
