import {InterruptedError, type UsageError} from '../core/errors.ts';
import type {SourceStatus} from '../core/report.ts';
import type {Connected} from '../pipeline/connected.ts';
import {type Format, loadRenderer, type Renderer, type View} from '../render/renderer.ts';
import {type Account, listAccounts, selectAccounts} from './accounts.ts';
import type {Chunks} from './batch.ts';
import {wholeNumber} from './choice.ts';
import {connect} from './connect.ts';
import type {Context} from './context.ts';
import {demoAccounts} from './demo-accounts.ts';
import type {ReportFlags} from './options.ts';
import {Progress} from './progress.ts';
import {showErrors} from './show-error.ts';
import {Speaker} from './speaker.ts';
import {chooseColor, chooseFormat, chooseWidth} from './view-options.ts';
import {writeToStdout} from './write-stdout.ts';

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
  const timeout = wholeNumber('--timeout', flags.timeout ?? '30', 1, 3_600);
  const concurrency = wholeNumber('--concurrency', flags.concurrency ?? '8', 1, 64);
  const {output} = flags;
  if (output !== undefined) await (await import('./write-answer.ts')).checkOutput(output);
  const toTerminal = output === undefined && context.stdout.isTerminal;
  const inTable = format === 'table' || format === 'markdown';
  const speaker = new Speaker(context, flags, {inEnvelope: format === 'json', inTable});
  const demo = flags.demo ? await demoAccounts(context) : undefined;
  const progress = new Progress(context, format === 'table' && toTerminal && !flags.quiet);
  try {
    const accounts =
      demo?.accounts ??
      (await listAccounts(context, message => speaker.say({level: 'warning', code: 'store', message})));
    const selection = selectAccounts(accounts, flags.provider, flags.account);
    const connections = await connect(selection.accounts, context, {
      timeout,
      concurrency,
      onNotice: notice => speaker.hold(notice),
      observe: account => ({...progress.observe(account.name), tried: speaker.debugger(account)}),
    });
    const view: View = {
      width: chooseWidth(context),
      color: output === undefined && chooseColor(context.env, context.stdout, flags.color),
      terminal: toTerminal,
      dropped: titles => speaker.dropped(titles),
    };
    try {
      const [render, asked] = await Promise.all([
        loadRenderer(format, {terminal: view.terminal || view.color}),
        work.ask(connections.connected, speaker),
      ]);
      await progress.stop();
      speaker.inOrderOf(selection.accounts);
      const failures = [...selection.missing, ...asked.failures];
      const answered = asked.sources.some(({status}) => status === 'ok');
      if (failures[0] && (flags.strict || !answered))
        return await showFailures(failures, context, format === 'json');
      const sources = [...asked.sources, ...selection.missing.map(missingSource)];
      const made = {render, view, format, speaker, accounts: selection.accounts, sources};
      const chunks = work.answer(asked, made);
      await write(chunks, output, context);
      await speaker.flush();
      if (failures.length === 0) return 0;
      await speaker.failures(failures);
      return 6;
    } finally {
      await connections.close();
    }
  } finally {
    await progress.stop();
    await speaker.settle();
    await demo?.close();
  }
}

async function write(chunks: Chunks, output: string | undefined, context: Context): Promise<void> {
  if (output === undefined) return writeToStdout(chunks, context);
  const {writeToFile} = await import('./write-answer.ts'); // Node's fs/promises comes along with it
  await writeToFile(chunks, output, context);
}

const missingSource = ({code, message, advice}: UsageError): SourceStatus => ({
  provider: advice.provider ?? '',
  account: advice.provider ?? '',
  status: 'failed',
  requests: 0,
  retries: 0,
  error: {code, message},
});

/** Nothing answered, or --strict: the failures are the answer. 4 if all are about credentials, 2 about input, else 5. */
async function showFailures(
  failures: readonly UsageError[],
  context: Context,
  asJson: boolean,
): Promise<number> {
  if (context.signal.aborted) throw new InterruptedError();
  await showErrors(failures, context, asJson);
  const [code = 5, ...others] = new Set(failures.map(({exitCode}) => exitCode));
  return others.length === 0 ? code : 5;
}
