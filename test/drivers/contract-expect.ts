import {expect} from 'vitest';
import {CredentialError, ProviderError, type ProviderErrorCode, UsageError} from '../../src/core/errors.ts';
import type {Record} from '../../src/core/record.ts';
import {type Outcome, SECRET} from './contract-rig.ts';

/** Everything of an error that may reach a person or a log. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const advice = error instanceof UsageError ? JSON.stringify({...error.advice, cause: undefined}) : '';
  return [error.message, advice, error.cause ? wordsOf(error.cause) : ''].join('\n');
};

export function expectNoSecret(outcome: Outcome): void {
  expect(wordsOf(outcome.error)).not.toContain(SECRET);
  expect(JSON.stringify(outcome.notices)).not.toContain(SECRET);
  for (const request of outcome.received) expect(`${request.path}?${request.query}`).not.toContain(SECRET);
}

/** The failure was ridden out: the same records as without it. */
export function expectSame(outcome: Outcome, expected: readonly Record[]): void {
  expect(outcome.error).toBeUndefined();
  expect(outcome.unknown).toEqual([]);
  expect(outcome.records).toEqual(expected);
  expectNoSecret(outcome);
}

/** The run failed as a whole, with one of these codes. Gives the error's message. */
export function expectProviderError(outcome: Outcome, ...codes: readonly ProviderErrorCode[]): string {
  expect(outcome.records).toBeUndefined();
  expectNoSecret(outcome);
  if (!(outcome.error instanceof ProviderError)) throw outcome.error;
  expect(codes).toContain(outcome.error.code);
  expect(outcome.error.message).not.toMatch(/[<>]/);
  return outcome.error.message;
}

export function expectRefused(outcome: Outcome): void {
  expect(outcome.records).toBeUndefined();
  expectNoSecret(outcome);
  if (!(outcome.error instanceof CredentialError)) throw outcome.error;
  expect(outcome.error.code).toBe('credential_refused');
  expect(outcome.error.exitCode).toBe(4);
}
