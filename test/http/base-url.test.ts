import {describe, expect, it} from 'vitest';
import {parseBaseUrl} from '../../src/http/base-url.ts';

describe('parseBaseUrl', () => {
  it.each([
    ['https://api.example.com/v1', 'https://api.example.com/v1'],
    ['https://api.example.com/v1/', 'https://api.example.com/v1'],
    ['https://api.example.com', 'https://api.example.com/'],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
    ['http://localhost:1/x', 'http://localhost:1/x'],
    ['http://[::1]:1/x', 'http://[::1]:1/x'],
  ])('takes %s', (text, url) => expect(parseBaseUrl(text, 'X_BASE_URL').href).toBe(url));

  it.each([
    'api.example.com/v1',
    '',
    'ftp://api.example.com',
    'file:///etc/passwd',
    'http://api.example.com/v1',
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'http://10.0.0.1/',
    'https://user:password@api.example.com/',
    'https://api.example.com/?key=1',
    'https://api.example.com/#x',
  ])('refuses %j, and does not repeat it', text => {
    const attempt = () => parseBaseUrl(text, 'X_BASE_URL');
    expect(attempt).toThrow(
      expect.objectContaining({exitCode: 2, message: expect.stringContaining('X_BASE_URL')}),
    );
    if (text.includes('password')) expect(attempt).not.toThrow(/password@/);
  });
});
