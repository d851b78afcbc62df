import {type Instant, MINUTE_MS, SECOND_MS} from '../../core/instant.ts';
import type {Finding} from './finding.ts';

/** An answer's Date header, and when it came after how long. */
export interface Stamp {
  readonly date: string;
  readonly at: Instant;
  /** Milliseconds. */
  readonly took: number;
}

/** Servers give whole seconds, and answers travel; beyond this a clock is wrong. */
const TOLERANCE_MS = MINUTE_MS;

const REMEDY: {readonly [platform: string]: string} = {
  linux: 'sudo timedatectl set-ntp true',
  darwin: 'sudo sntp -sS time.apple.com',
  win32: 'w32tm /resync',
};

/** Milliseconds that this machine is ahead of the servers; undefined if none of them says the time. */
export function skewOf(stamps: readonly Stamp[]): number | undefined {
  const readable = stamps.filter(({date}) => Number.isFinite(Date.parse(date)));
  const [quickest] = [...readable].sort((a, b) => a.took - b.took);
  if (!quickest) return undefined;
  // The header is cut to the second, and was written somewhere between question and answer.
  const server = Date.parse(quickest.date) + SECOND_MS / 2;
  const skew = quickest.at - quickest.took / 2 - server;
  return Math.abs(skew) <= quickest.took / 2 + SECOND_MS ? 0 : Math.round(skew);
}

/** What a skew comes to for a person. */
export function judgeSkew(skew: number | undefined, host: string, platform: string): Finding {
  if (skew === undefined)
    return {
      check: 'clock',
      state: 'note',
      message: `${host} does not say the time, so the clock was not checked`,
    };
  const by = span(Math.abs(skew));
  if (Math.abs(skew) <= TOLERANCE_MS) {
    const near = skew === 0 ? 'agrees' : `agrees within ${by}`;
    return {check: 'clock', state: 'ok', message: `the clock of this machine ${near} with ${host}`};
  }
  return {
    check: 'clock',
    state: 'warning',
    message: `the clock of this machine is ${by} ${skew > 0 ? 'ahead of' : 'behind'} ${host}: "today" may be another day`,
    fix: REMEDY[platform] ?? 'set it by a time server',
  };
}

function span(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / SECOND_MS);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
