import {getOrAdd} from '../../core/get-or-add.ts';
import {formatDate, formatInstant, type Instant} from '../../core/instant.ts';
import {type Block, blockText, titleLines} from '../../render/blocks.ts';
import {sanitize} from '../../render/sanitize.ts';
import {painter, type Tone} from '../../render/style.ts';
import {urlText} from '../accounts.ts';
import type {DoctorFlags} from '../commands/doctor.ts';
import type {Context} from '../context.ts';
import {chooseColor} from '../view-options.ts';
import type {Examined} from './examine-account.ts';
import type {Asked, Finding, State} from './finding.ts';

/** Everything that was found. */
export interface Diagnosis {
  readonly version: string;
  readonly at: Instant;
  /** About this machine and not about one account. */
  readonly general: readonly Finding[];
  readonly examined: readonly Examined[];
  readonly exitCode: number;
}

/** `usage/doctor@1`. */
export function toJson({version, at, general, examined, exitCode}: Diagnosis): string {
  const answer = {
    schema: 'usage/doctor@1',
    generated_at: formatInstant(at),
    version,
    exit_code: exitCode,
    findings: general.map(findingJson),
    accounts: examined.map(({account, key, identity, proxy, findings, requests, newestDay, skew}) => ({
      account: account.name,
      provider: account.driver.id,
      source: account.origin,
      key,
      identity: identity === null ? null : sanitize(identity),
      base_url: account.file ? null : urlText(account.baseUrl),
      proxy,
      newest_day: newestDay === undefined ? null : formatDate(newestDay),
      clock_skew_seconds: skew === undefined ? null : Math.round(skew / 1000),
      findings: findings.map(findingJson),
      requests: requests.map(({target, status, took}) => ({path: target, status, milliseconds: took})),
    })),
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

const findingJson = ({check, state, message, fix}: Finding) => ({
  check,
  state,
  message: sanitize(message),
  fix: fix === undefined ? null : sanitize(fix),
});

/** For people: a block for this machine, one for each account, and a last line that adds up. */
export function toText(
  {version, general, examined}: Diagnosis,
  {color}: DoctorFlags,
  {env, stdout}: Context,
): string {
  const blocks: readonly Block[] = [
    ...(general.length > 0
      ? [{title: `usage ${version} on this machine`, items: general.flatMap(factsOf)}]
      : []),
    ...examined.map(({account, findings, requests}) => ({
      title: account.name === account.driver.id ? account.name : `${account.name} (${account.driver.id})`,
      items: [
        ...findings.flatMap(factsOf),
        ...(requests.length > 0 ? [{label: `${' '.repeat(7)}  asked`, text: summarize(requests)}] : []),
      ],
    })),
  ];
  const paint = painter(chooseColor(env, stdout, color));
  const all = [...general, ...examined.flatMap(({findings}) => findings)];
  const width = stdout.isTerminal ? stdout.columns || 80 : undefined;
  return `${blockText(blocks, width, paint)}\n${titleLines(verdict(all), width, paint).join('\n')}\n`;
}

const LABELS: {readonly [S in State]: string} = {ok: 'ok', note: 'note', warning: 'WARNING', error: 'ERROR'};
const TONES: {readonly [S in State]: Tone} = {ok: 'dim', note: 'dim', warning: 'bold', error: 'bold'};

const factsOf = ({check, state, message, fix}: Finding) => [
  {label: `${LABELS[state].padEnd(7)}  ${check}`, text: message, tone: TONES[state]},
  ...(fix ? [{label: '', text: `to mend it: ${fix}`}] : []),
];

function verdict(findings: readonly Finding[]): string {
  const count = (state: State) => findings.filter(finding => finding.state === state).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (errors + warnings === 0) return 'Nothing to mend.';
  const things = (number: number) => (number === 1 ? '1 thing' : `${number} things`);
  if (errors === 0) return `${things(warnings)} should be mended.`;
  return `${things(errors)} must be mended${warnings > 0 ? `, ${warnings} should be` : ''}.`;
}

/** One part for each path and status: "/usage 200, 7 times, 12 to 40 ms". */
function summarize(requests: readonly Asked[]): string {
  const groups = new Map<string, Asked[]>();
  for (const asked of requests) {
    const what = `${asked.target.replace(/\?.*/, '')} ${asked.status ?? 'no answer'}`;
    getOrAdd(groups, what, () => []).push(asked);
  }
  return [...groups]
    .map(([what, tries]) => {
      const times = tries.map(({took}) => took);
      const [least, most] = [Math.min(...times), Math.max(...times)];
      const span = least === most ? `${most} ms` : `${least} to ${most} ms`;
      return tries.length === 1 ? `${what} in ${span}` : `${what}, ${tries.length} times, ${span}`;
    })
    .join('; ');
}
