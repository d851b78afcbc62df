import {drivers} from '../drivers/index.ts';
import {metadataJson} from '../focus/metadata.ts';
import type {Context} from './context.ts';
import {chooseColumns} from './focus-flags.ts';
import {checkOutput, writeToFile} from './write-answer.ts';
import {writeToStdout} from './write-stdout.ts';

/** Prints the metadata of the files that `usage focus` writes, without asking anybody. */
export async function runFocusSchema(
  flags: {readonly columns?: readonly string[]; readonly output?: string},
  context: Context,
): Promise<number> {
  const columns = chooseColumns(flags.columns);
  if (flags.output !== undefined) await checkOutput(flags.output);
  const tagPrefixes = drivers.flatMap(({focus}) => focus?.tagPrefixes ?? []);
  const text = metadataJson({columns, version: context.version, now: context.now(), tagPrefixes});
  await (flags.output === undefined
    ? writeToStdout([text], context)
    : writeToFile([text], flags.output, context));
  return 0;
}
