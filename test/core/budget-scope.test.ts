import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {formatScope, type Owner, parseScope, type Scope} from '../../src/core/budget-scope.ts';

const names = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/);
const values = fc
  .string({unit: 'grapheme', minLength: 1, maxLength: 30})
  .filter(text => text.trim() === text && !/[\p{Cc}\p{Cs}\u2028\u2029\ufffd]/u.test(text));
const owners: fc.Arbitrary<Owner> = fc.record({
  kind: fc.constantFrom('provider' as const, 'account' as const, 'either' as const),
  name: names,
});
const scopes: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant<Scope>({kind: 'all'}),
  fc.record({kind: fc.constant('owner' as const), owner: owners}),
  fc.record({kind: fc.constant('project' as const), owner: owners, project: values}),
  fc.record({kind: fc.constant('user' as const), user: values}),
  fc.record({kind: fc.constant('model' as const), model: values}),
);

describe('a scope', () => {
  it('is read back as it was written, but for an account called "all", which is spelt out', () => {
    fc.assert(
      fc.property(scopes, scope => {
        const text = formatScope(scope);
        const back = parseScope(text);
        expect(formatScope(back!)).toBe(text);
        const named = scope.kind === 'owner' || scope.kind === 'project' ? scope.owner.name : '';
        if (named !== 'all') expect(back).toEqual(scope);
      }),
    );
  });

  it.each<[string, Scope]>([
    ['all', {kind: 'all'}],
    ['openai', {kind: 'owner', owner: {kind: 'either', name: 'openai'}}],
    ['account:all', {kind: 'owner', owner: {kind: 'account', name: 'all'}}],
    ['work/Alpha', {kind: 'project', owner: {kind: 'either', name: 'work'}, project: 'Alpha'}],
    ['work/a/b: c', {kind: 'project', owner: {kind: 'either', name: 'work'}, project: 'a/b: c'}],
    ['user:a/b', {kind: 'user', user: 'a/b'}],
    ['user:ann@example.org', {kind: 'user', user: 'ann@example.org'}],
    ['model:gpt-4o', {kind: 'model', model: 'gpt-4o'}],
    ['provider:x/y', {kind: 'project', owner: {kind: 'provider', name: 'x'}, project: 'y'}],
  ])('%s', (text, scope) => {
    expect(parseScope(text)).toEqual(scope);
  });

  it.each([
    '',
    ' all',
    'OpenAI',
    'openai/',
    '/x',
    'user:',
    'model: x',
    'projct:x',
    'a b',
    'openai/x\ny',
    'user:\u001b[2J',
    'x'.repeat(65),
    `user:${'x'.repeat(257)}`,
  ])('%j is none', text => {
    expect(parseScope(text)).toBeUndefined();
  });
});
