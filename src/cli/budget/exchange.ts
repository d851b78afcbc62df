import {readFile} from 'node:fs/promises';
import {type Budget, budgetKey} from '../../core/budget.ts';
import {InputError} from '../../core/errors.ts';
import {sanitize} from '../../render/sanitize.ts';
import {BUDGETS, describeBudgets, printBudgets} from '../../store/budgets.ts';
import {parseDocument} from '../../store/document.ts';
import {MAX_BYTES} from '../../store/read-private.ts';
import type {Context} from '../context.ts';
import {listen} from '../listen.ts';
import {checkOutput, writeToFile} from '../write-answer.ts';
import {writeToStdout} from '../write-stdout.ts';
import type {ExportFlags, ImportFlags} from './flags.ts';
import {keptBudgets, openKept} from './kept.ts';

/** Prints the budgets that are kept here as `import` reads them: the same text for the same budgets. */
export async function exportBudgets(flags: ExportFlags, context: Context): Promise<number> {
  if (flags.output !== undefined) await checkOutput(flags.output);
  const budgets = await keptBudgets(
    context,
    message => void context.stderr.write(`warning: ${sanitize(message)}\n`),
  );
  const text = [printBudgets(budgets)];
  if (flags.output === undefined) await writeToStdout(text, context);
  else await writeToFile(text, flags.output, context);
  return 0;
}

/** Takes budgets from a file (or stdin, "-"): all of it or nothing. Those of other scopes and periods stay, unless replaced. */
export async function importBudgets(path: string, flags: ImportFlags, context: Context): Promise<number> {
  const say = (line: string) => context.stderr.write(`${sanitize(line)}\n`);
  const name = path === '-' ? 'stdin' : path;
  const text = path === '-' ? await readStdin(context) : await readText(path);
  const parsed = parseDocument(text, BUDGETS);
  if ('problem' in parsed) {
    throw new InputError(`${name} ${parsed.problem}; nothing was changed`, {
      rule: BUDGETS.rule,
      hint: 'the form is that of: usage budget export',
    });
  }
  const store = await openKept(context, message => void say(`warning: ${message}`));
  let counts = {added: 0, changed: 0, removed: 0};
  const after = await store.change(before => {
    const merged = merge(before, parsed.content, flags.replace ?? false);
    counts = countChanges(before, merged);
    return merged;
  });
  if (flags.json) await context.stdout.write(describeBudgets(after));
  const {added, changed, removed} = counts;
  await say(
    `${after.length} budgets are kept: ${added} added, ${changed} changed, ${removed} removed (${store.path})`,
  );
  return 0;
}

function merge(before: readonly Budget[], given: readonly Budget[], replace: boolean): readonly Budget[] {
  if (replace) return given;
  const keys = new Set(given.map(budgetKey));
  return [...before.filter(budget => !keys.has(budgetKey(budget))), ...given];
}

function countChanges(before: readonly Budget[], after: readonly Budget[]) {
  const textOf = (budget: Budget) => printBudgets([budget]);
  const [old, fresh] = [before, after].map(
    budgets => new Map(budgets.map(budget => [budgetKey(budget), textOf(budget)])),
  );
  const keys = (of: ReadonlyMap<string, string> | undefined) => [...(of?.keys() ?? [])];
  return {
    added: keys(fresh).filter(key => !old?.has(key)).length,
    changed: keys(fresh).filter(key => old?.has(key) && old.get(key) !== fresh?.get(key)).length,
    removed: keys(old).filter(key => !fresh?.has(key)).length,
  };
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_BYTES)
      throw new InputError(`${path} is too long to be budgets`, {rule: `at most ${MAX_BYTES} bytes`});
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no UTF-8 text';
    const why = code === 'ENOENT' ? 'there is no such file' : code;
    throw new InputError(`${path} cannot be read: ${why}`, {hint: 'give a file, or - for stdin'});
  }
}

async function readStdin({stdin, signal}: Context): Promise<string> {
  if (stdin.isTTY) throw new InputError('nothing is piped into stdin', {hint: 'give a file, or pipe one in'});
  let all = '';
  return listen({stdin, signal}, (text, ended) => {
    all += text;
    if (all.length > MAX_BYTES)
      throw new InputError('stdin is too long to be budgets', {rule: `at most ${MAX_BYTES} characters`});
    return ended ? all : undefined;
  });
}
