import type {UsageError} from '../core/errors.ts';
import type {SourceStatus} from '../core/report.ts';
import type {Connected} from '../pipeline/connected.ts';
import type {Format, Renderer, View} from '../render/renderer.ts';
import type {Account} from './accounts.ts';
import type {Chunks} from './batch.ts';
import type {Context} from './context.ts';
import {openDestination} from './destination.ts';
import type {ReportFlags} from './options.ts';
import {missingSource, refuse} from './refuse.ts';
import {Speaker} from './speaker.ts';
import {chooseFormat} from './view-options.ts';
import {parseLimits, withAccounts} from './with-accounts.ts';

/** What came of asking: how each source did, and whose figures are missing. */
export interface Asked {
  readonly sources: readonly SourceStatus[];
  readonly failures: readonly UsageError[];
}

/** What a command does between its flags and its exit code. */
export interface Work<A extends Asked> {
  /** Everything that needs the network. */
  ask(connected: readonly Connected[], speaker: Speaker): Promise<A>;
  /** The document, made when nothing more is asked. */
  answer(asked: A, made: Made): Chunks;
}

/** What an answer is made with. */
interface Made {
  readonly render: Renderer;
  readonly view: View;
  readonly format: Format;
  readonly speaker: Speaker;
  readonly accounts: readonly Account[];
  /** Those of `Asked`, and the providers that have no account. */
  readonly sources: readonly SourceStatus[];
}

/**
 * Selects and connects accounts, asks them, and writes the answer whole or not at all. Gives the exit code: 6 where
 * some accounts failed; where none answered, or with `--strict`, the failures are the answer.
 */
export async function askAccounts<A extends Asked>(
  flags: ReportFlags,
  context: Context,
  work: Work<A>,
): Promise<number> {
  const format = chooseFormat(flags);
  const limits = parseLimits(flags);
  const destination = await openDestination(format, flags, context);
  const inTable = format === 'table' || format === 'markdown';
  const speaker = new Speaker(context, flags, {inEnvelope: format === 'json', inTable});
  const showProgress = format === 'table' && destination.toTerminal && !flags.quiet;
  return withAccounts(flags, context, {limits, speaker, showProgress}, async opened => {
    const {accounts, connected, missing} = opened;
    const [render, asked] = await Promise.all([destination.load(), work.ask(connected, speaker)]);
    await opened.settled();
    speaker.inOrderOf(accounts);
    const failures = [...missing, ...asked.failures];
    const answered = asked.sources.some(({status}) => status === 'ok');
    if (failures[0] && (flags.strict || !answered)) return refuse(failures, context, format === 'json');
    const sources = [...asked.sources, ...missing.map(missingSource)];
    const view = destination.view(speaker);
    await destination.write(work.answer(asked, {render, view, format, speaker, accounts, sources}));
    await speaker.flush();
    if (failures.length === 0) return 0;
    await speaker.failures(failures);
    return 6;
  });
}
