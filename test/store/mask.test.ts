import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {holdsSecret, maskSecret} from '../../src/store/mask.ts';

describe('maskSecret', () => {
  it.each([
    ['sk-admin-abcdefghijklmnopqrstuvwxyz3fQ9', 'sk-admin-…3fQ9'],
    ['sk-abcdefghijklmnopqrstuvwxyz3fQ9', 'sk-…3fQ9'],
    ['msk_u_abcdefghijklmnopqrstuvwxyz3fQ9', 'msk_u_…3fQ9'],
    ['abcdefghijklmnopqrstuvwxyz3fQ9', '…3fQ9'],
    ['correct-horse-battery-staple', '…aple'],
    ['', '…'],
    ['hunter2', '…'],
    ['sk-admin-short', '…'],
    ['sk-admin-0123456789abcdef012', '…'],
    ['sk-admin-0123456789abcdef0123', 'sk-admin-…0123'],
    ['abcdefghijklmnopqrstuvwxyz\u001b[2J', '…'],
  ])('shows %j as %s', (secret, shown) => {
    expect(maskSecret(secret)).toBe(shown);
  });

  it('hides at least 16 characters, or everything', () => {
    fc.assert(
      fc.property(fc.string({maxLength: 80}), secret => {
        const shown = maskSecret(secret).replace('…', '');
        expect(shown === '' || secret.length - shown.length >= 16).toBe(true);
      }),
    );
  });
});

describe('a text that should hold no secret', () => {
  it.each([
    'sk-admin-0123456789abcdef',
    'echo "sk-proj-0123456789abcdef"',
    'KEY=msk_u_0123456789abcdef x',
    'curl -H "Authorization: Bearer sk-0123456789abcdef"',
  ])('%s holds one', text => expect(holdsSecret(text)).toBe(true));

  it.each(['org-0123456789abcdefghijkl', 'pass show sk-admin', 'sk-short', 'ask-0123456789abcdefgh', ''])(
    '%s holds none',
    text => expect(holdsSecret(text)).toBe(false),
  );
});
