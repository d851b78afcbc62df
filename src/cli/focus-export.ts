import {tmpdir} from 'node:os';
import {basename, dirname} from 'node:path';
import {InputError} from '../core/errors.ts';
import {earlier} from '../core/instant.ts';
import {formatPeriod} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import {drivers} from '../drivers/index.ts';
import {type MetadataOptions, metadataJson} from '../focus/metadata.ts';
import {openSheet} from '../focus/sheet.ts';
import {noteProvisional, provisionalSince} from '../pipeline/capabilities.ts';
import type {Connected} from '../pipeline/connected.ts';
import type {Context} from './context.ts';
import {type Exported, type ExportJob, exportAccount} from './focus-account.ts';
import {chooseColumns, chooseFocusFormat, chooseRates, type ExportFlags} from './focus-flags.ts';
import {parseSpan} from './parse-query.ts';
import {loadPreferences} from './preferences.ts';
import {refuse} from './refuse.ts';
import {Speaker} from './speaker.ts';
import {parseLimits, withAccounts} from './with-accounts.ts';
import {checkOutput, isPlainFile, writeToFiles} from './write-answer.ts';
import {writeToStdout} from './write-stdout.ts';

/** Writes what all accounts billed as FOCUS 1.4, an account whole or not at all. Gives the exit code. */
export async function runFocusExport(flags: ExportFlags, context: Context): Promise<number> {
  const format = chooseFocusFormat(flags);
  const columns = chooseColumns(flags.columns);
  const period = parseSpan(flags, context.now());
  const limits = parseLimits(flags);
  const {output} = flags;
  const toTerminal = output === undefined && context.stdout.isTerminal;
  if (format === 'parquet' && toTerminal)
    throw new InputError('Parquet is no text', {
      rule: 'a file or a pipe takes it',
      hint: 'add --output <file>',
    });
  if (output !== undefined) await checkOutput(output);

  const speaker = new Speaker(context, flags, {inEnvelope: false, inTable: false});
  const warn = (message: string) => speaker.say({level: 'warning', code: 'store', message});
  const rates = chooseRates(flags.rate, (await loadPreferences(context, warn)).rates);
  const query = queryOf(period, context);
  if (period.start > query.now) {
    const message = `the period ${formatPeriod(period)} has not begun: there is nothing to export`;
    speaker.say({level: 'warning', code: 'not_begun', message});
  }
  const clean = toTerminal ? (await import('../render/sanitize.ts')).sanitize : (text: string) => text;
  const sheet = await openSheet(format, columns, clean);
  const folder = output === undefined ? tmpdir() : dirname(output);
  const job = {query, columns, rates, encoder: sheet.encoder, folder};
  const exported: Exported[] = [];
  const manner = {limits, speaker, showProgress: !toTerminal && !flags.quiet, withoutFiles: true}; // files are FOCUS already
  try {
    return await withAccounts(flags, context, manner, async ({connected, missing, settled}) => {
      await exportAll(connected, job, exported);
      await settled();
      const failures = [...missing, ...exported.flatMap(({error}) => error ?? [])];
      const answered = exported.filter(({error}) => !error);
      if (failures[0] && (flags.strict || answered.length === 0)) return refuse(failures, context, false);
      sayLeftOut(answered, speaker, flags.strict ?? false);
      if (sheet.asText.length > 0) {
        const message = `${sheet.asText.join(', ')} need more digits than a DECIMAL of Parquet has, and are text: nothing is rounded`;
        speaker.say({level: 'warning', code: 'decimal_as_text', message});
      }
      for (const {connected} of answered) noteProvisional(query, connected);
      const chunks = sheet.chunks(linesOf(answered));
      if (output === undefined) await writeToStdout(chunks, context);
      else {
        const files = [{path: output, chunks}];
        const beside = metadataPath(output);
        const asText = sheet.asText;
        const metadata = () => metadataOf(query, {columns, asText}, answered, output, context);
        if (await isPlainFile(output)) files.push({path: beside, chunks: lazily(metadata)});
        await writeToFiles(files, context);
      }
      await speaker.flush();
      if (failures.length === 0) return 0;
      await speaker.failures(failures);
      return 6;
    });
  } finally {
    await Promise.all(exported.map(({spool}) => spool.dispose()));
  }
}

function queryOf(period: Query['period'], context: Context): Query {
  return {
    report: 'costs',
    now: context.now(),
    period,
    compare: undefined,
    bucket: 'day',
    groupBy: [],
    filters: {},
    kinds: [],
    sort: undefined,
    top: undefined,
    fields: undefined,
    wide: false,
    trend: false,
  };
}

/** Side by side. What is no account's fault ends all of them, and is thrown when the last has stopped: each holds a file. */
async function exportAll(connected: readonly Connected[], job: ExportJob, into: Exported[]): Promise<void> {
  let failed: {readonly error: unknown} | undefined;
  const exported = await Promise.all(
    connected.map(account =>
      exportAccount(account, job).catch((error: unknown) => {
        failed ??= {error};
        for (const other of connected) other.cancel();
      }),
    ),
  );
  into.push(...exported.flatMap(one => one ?? []));
  if (failed) throw failed.error;
}

async function* linesOf(exported: readonly Exported[]): AsyncGenerator<Uint8Array> {
  for (const {spool} of exported) yield* spool.bytes();
}

async function* lazily(text: () => string): AsyncGenerator<string> {
  yield text();
}

/** Says what no row could hold; with `strict` that is the answer. Throws InputError. */
function sayLeftOut(exported: readonly Exported[], speaker: Speaker, strict: boolean): void {
  for (const {connected, leftOut} of exported) {
    const {driver, account} = connected;
    for (const {currency, text} of leftOut.sentences()) {
      const hint = `give the price of one in US dollars: --rate ${currency}=<price>, or: usage config set rates.${currency} <price>`;
      if (strict) {
        throw new InputError(`${account}: ${text} cannot be exported`, {
          rule: 'FOCUS knows national currencies only',
          hint,
          provider: driver.id,
        });
      }
      const message = `${text} are left out: FOCUS knows national currencies only; ${hint}`;
      speaker.hold({level: 'warning', code: 'no_rate', provider: driver.id, account, message});
    }
  }
}

/** `october.csv` has its metadata in `october.csv.focus-metadata.json`, apart from those of `october.parquet`. */
const metadataPath = (output: string): string => `${output}.focus-metadata.json`;

function metadataOf(
  query: Query,
  schema: Pick<MetadataOptions, 'columns' | 'asText'>,
  answered: readonly Exported[],
  output: string,
  context: Context,
): string {
  const since = answered.flatMap(({connected}) => provisionalSince(query, connected) ?? []);
  const [first, ...others] = since;
  return metadataJson({
    ...schema,
    version: context.version,
    now: query.now,
    tagPrefixes: drivers.flatMap(({focus}) => focus?.tagPrefixes ?? []),
    data: {
      file: basename(output),
      period: query.period,
      provisionalFrom: first === undefined ? undefined : others.reduce(earlier, first),
    },
  });
}
