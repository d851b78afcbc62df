import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {alignedText} from '../../src/render/aligned.ts';
import {blockText} from '../../src/render/blocks.ts';
import {widthOf} from '../../src/render/layout.ts';
import {painter} from '../../src/render/style.ts';

const GOLDEN = fileURLToPath(new URL('../../fixtures/golden/', import.meta.url));
const plain = painter(false);

const rows = [
  ['work', 'acme', 'stored 12 days ago', 'organization org-3fQ9, base URL https://eu.example.com'],
  ['ナレッジ検索', 'acme', 'ACME_KEY', ''],
  ['b\u001b[31mad\u202e', 'x', 'key-command', 'tenant a\nb'],
];
const head = ['Account', 'Provider', 'Key', 'Settings'];
const blocks = [
  {
    title: 'work (acme)',
    items: [
      {label: 'ok       key', text: 'sk-admin-…3fQ9, stored 12 days ago: organization org-3fQ9'},
      {
        label: 'WARNING  clock',
        text: 'the clock of this machine is 7 min ahead of api.example.com: "today" may be another day',
        tone: 'bold' as const,
      },
      {label: '', text: 'to mend it: sudo timedatectl set-ntp true'},
    ],
  },
  {title: 'b\u001b[2Jad', items: [{label: 'FAI\u001b[0mLED', text: 'a\u001b]0;title\u0007b'}]},
];

describe.each([60, 80, 120])('at %d columns', width => {
  it('a list and blocks fit', async () => {
    const text = `${alignedText(rows, {head, width, paint: plain})}\n${blockText(blocks, width, plain)}`;
    await expect(text).toMatchFileSnapshot(join(GOLDEN, `lists-${width}.txt`));
    expect(text.split('\n').filter(line => widthOf(line) > width)).toEqual([]);
    expect(text).not.toMatch(/[\u001b\u202e\u0007]/);
  });
});

describe.each([30, 40, 80])('one long name at %d columns', width => {
  const name = 'a'.repeat(64);
  const long = [
    ...rows.slice(0, 2),
    [name, 'openai', 'stored 12 days ago', 'organization org-3fQ9, base URL https://eu.example.com'],
    [`accounts.${name}.key-command`, 'config.json, OPENAI_ADMIN_KEY goes first', 'x', ''],
  ];

  it('makes no line wider than the terminal, and splits no word', () => {
    const text = alignedText(long, {head, width, paint: plain});
    expect(text.split('\n').filter(line => widthOf(line) > width)).toEqual([]);
    const words = new Set([...head, ...long.flat()].flatMap(cell => cell.split(/\s/)));
    const whole = text.split(/\s+/).filter(word => /^[\w.:,/-]+$/.test(word));
    expect(whole.filter(word => !words.has(word))).toEqual([]);
    expect(text.includes(`${name}\n`)).toBe(width === 80); // people copy it
    if (width >= 40) expect(text).toMatch(/^accounts\.a+…a*\.key-command$/m);
  });
});

it('without a width nothing is wrapped, and a row is a line', () => {
  const lines = alignedText(rows, {head, width: undefined, paint: plain}).trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^Account +Provider +Key +Settings$/);
  expect(blockText(blocks, undefined, plain).trimEnd().split('\n')).toHaveLength(7);
});

it('colour adds nothing but colour', () => {
  const bare = (text: string) => text.replaceAll(/\u001b\[\d+m/g, '');
  const painted =
    blockText(blocks, 80, painter(true)) + alignedText(rows, {head, width: 80, paint: painter(true)});
  expect(painted).toContain('\u001b[1m');
  expect(bare(painted)).toBe(
    blockText(blocks, 80, plain) + alignedText(rows, {head, width: 80, paint: plain}),
  );
});
