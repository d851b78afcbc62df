import {readCsv} from '../render/read-csv.ts';
import {parseRaw} from '../support/fixtures.ts';
import type {Question} from './questions.ts';
import {
  type Label,
  OTHER,
  type Provider,
  rowKey,
  type Scope,
  type Truth,
  totalsOf,
  truthOf,
  UNATTRIBUTED,
} from './truth.ts';
import type {World} from './world.ts';

/** What a run left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Row = {readonly [column: string]: unknown};

interface Read {
  readonly rows: readonly Row[];
  readonly totals: readonly Row[] | undefined;
  /** Accounts that the answer says are whole; undefined where a format does not say. */
  readonly whole: readonly string[] | undefined;
}

/** Everything that is wrong with what was printed; none if it is the exact truth, or nothing and honest. */
export function faultsOf(
  world: World,
  question: Question,
  format: 'json' | 'ndjson' | 'csv',
  strict: boolean,
  outcome: Outcome,
): {readonly wrong: readonly string[]; readonly answered: readonly Provider[]} {
  const {code, stdout, stderr} = outcome;
  const late: Provider | undefined = /no figures of 2026-11-22 yet/.test(stdout + stderr)
    ? 'openai'
    : undefined;
  const scope = {...question.scope, late};
  const {before} = question;
  const wrong: string[] = [];
  if (![0, 4, 5, 6].includes(code)) wrong.push(`exit ${code}`);
  if (code === 4 || code === 5) {
    if (stdout !== '') wrong.push('a failed run printed something');
    if (stderr === '') wrong.push('a failed run said nothing');
    return {wrong, answered: []};
  }
  if (strict && code === 6) wrong.push('--strict printed a part');
  const read = readOutput(stdout, format);
  if (!read) return {wrong: [...wrong, 'what was printed cannot be read'], answered: []};
  const missing = failedOf(stderr);
  const answered = scope.providers.filter(
    provider => read.whole?.includes(provider) ?? !missing.includes(provider),
  );
  if (code === 0 && answered.length < scope.providers.length) wrong.push('exit 0 without all providers');
  if (code === 6 && answered.length === scope.providers.length) wrong.push('exit 6 with all providers');
  if (code === 6 && stderr === '') wrong.push('nothing said of what is missing');
  const previous = scopeOf(before);
  wrong.push(
    ...differences('row', truthOf(world, scope, answered), rowsOf(read.rows, scope)),
    ...(previous
      ? differences(
          'earlier row',
          truthOf(world, previous, answered),
          rowsOf(read.rows, previous, 'previous_cost'),
        )
      : []),
  );
  if (read.totals) {
    const text = (name: string) =>
      new Map(
        (read.totals ?? []).flatMap(row =>
          isText(row[name]) ? [[String(row.currency), row[name]] as const] : [],
        ),
      );
    if (scope.measures === 'cost')
      wrong.push(...differences('total', totalsOf(world, scope, answered), text('cost')));
    if (previous)
      wrong.push(...differences('earlier total', totalsOf(world, previous, answered), text('previous_cost')));
  }
  return {wrong, answered};
}

const scopeOf = (before: Scope | undefined): Scope | undefined => before;
const isText = (value: unknown): value is string => typeof value === 'string';

/** Every row that differs; zero and no row are the same. */
function differences(what: string, truth: Truth, told: ReadonlyMap<string, string>): string[] {
  return [...new Set([...truth.keys(), ...told.keys()])].flatMap(key => {
    const [expected, found] = [truth.get(key) ?? '0', told.get(key) ?? '0'];
    return expected === found ? [] : [`${what} ${key}: ${found} instead of ${expected}`];
  });
}

function rowsOf(rows: readonly Row[], scope: Scope, column?: string): Map<string, string> {
  const figure = column ?? (scope.measures === 'cost' ? 'cost' : 'quantity');
  const told = new Map<string, string>();
  for (const row of rows) {
    const amount = row[figure];
    if (!isText(amount) || amount === '') continue;
    const start = scope.bucket && String(row.bucket_start);
    const measure = scope.measures === 'cost' ? String(row.currency) : `${row.kind}.${row.metric}`;
    const key = rowKey(
      String(row.provider),
      start,
      scope.groupBy.map(dimension => labelOf(row, dimension)),
      measure,
    );
    if (told.has(key)) told.set(`${key} again`, amount);
    else told.set(key, amount);
  }
  // "0.00" and "-0" would be written otherwise than a sum of nothing.
  return new Map([...told].filter(([, amount]) => amount !== '0'));
}

function labelOf(row: Row, dimension: Scope['groupBy'][number]): Label {
  const named = (value: unknown): Label => (value === OTHER.is ? OTHER : UNATTRIBUTED);
  if (dimension === 'project')
    return isText(row.project_id) && row.project_id !== '' ? row.project_id : named(row.project_name);
  const value = row[dimension === 'model' ? 'model' : 'line_item'];
  return isText(value) && value !== OTHER.is && value !== UNATTRIBUTED.is ? value : named(value);
}

function readOutput(stdout: string, format: 'json' | 'ndjson' | 'csv'): Read | undefined {
  try {
    if (format === 'csv') return readTable(stdout);
    if (format === 'ndjson') {
      const rows = stdout
        .split('\n')
        .filter(Boolean)
        .map(line => asText(parseRaw(line)) as Row);
      return {rows, totals: undefined, whole: undefined};
    }
    const document = asText(parseRaw(stdout)) as {rows: Row[]; totals: Row[]; sources: Row[]};
    const whole = document.sources
      .filter(({status}) => status === 'ok' || status === 'skipped')
      .map(({provider}) => String(provider));
    return {rows: document.rows, totals: document.totals, whole};
  } catch {
    return undefined;
  }
}

function readTable(stdout: string): Read {
  const [head = [], ...lines] = readCsv(stdout, ',');
  // What a spreadsheet would run has an apostrophe in front.
  const cell = (text: string) => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);
  const rows = lines.map(line =>
    Object.fromEntries(head.map((name, index) => [name, cell(line[index] ?? '')])),
  );
  return {rows, totals: undefined, whole: undefined};
}

/** Of whom stderr says that they are missing, where the answer itself does not tell. */
function failedOf(stderr: string): string[] {
  const titles = {openai: 'OpenAI', ionq: 'IonQ', miosa: 'MIOSA'};
  const lines = stderr.split('\n').filter(line => /^missing: /.test(line));
  return Object.entries(titles)
    .filter(([, title]) => lines.some(line => line.startsWith(`missing: ${title}`)))
    .map(([id]) => id);
}

/** Numbers as their text, digit by digit. */
function asText(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.replace(/^@@raw:/, '');
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]));
}
