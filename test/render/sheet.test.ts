import {describe, expect, test} from 'vitest';
import type {Sheet} from '../../src/core/report.ts';
import {type Format, loadRenderer, type View} from '../../src/render/renderer.ts';
import {renderSheet} from '../../src/render/sheet.ts';
import {at, column, money, none, series, text, viewOf} from './build.ts';
import {EMPTY} from './sample.ts';

const HOSTILE = '\u001b]0;owned\u0007=cmd()\u202e\nname';

const sheet: Sheet = {
  frame: {...EMPTY, schema: 'usage/thing@1', title: HOSTILE, generatedAt: at('2026-11-22T09:00:00Z')},
  sections: [
    {
      key: 'thing',
      title: '',
      shape: 'facts',
      columns: [
        column('name'),
        column('cost'),
        column('unknown'),
        column('days', {shown: 'table'}),
        column('secret', {shown: 'data'}),
      ],
      rows: [[text(HOSTILE), money('12.345'), none, series('1', '2', '3'), text('for machines')]],
      footer: [],
    },
    {
      key: 'parts',
      title: 'Parts',
      subtitle: 'of it',
      shape: 'table',
      columns: [column('name'), column('share')],
      rows: [[text('=SUM(A1)'), none]],
      footer: [],
    },
    {key: 'nothing', title: 'Nothing', shape: 'table', columns: [column('name')], rows: [], footer: []},
    {key: 'raw', title: 'Raw', shape: 'data', columns: [column('value')], rows: [[text('x')]], footer: []},
  ],
};

async function print(format: Format, view: View = viewOf(60)): Promise<string> {
  let out = '';
  for await (const chunk of renderSheet(sheet, format, await loadRenderer(format, view), view)) out += chunk;
  return out;
}

describe('a sheet', () => {
  test.each(['table', 'markdown'] as const)(
    'for people as %s: facts downwards, no empty section, nothing live',
    async format => {
      const out = await print(format);
      expect(out).toContain('$12.35');
      expect(out).toContain('▃▅█'.slice(-1));
      expect(out).toContain('Parts');
      expect(out).not.toMatch(/Nothing|Raw|unknown|for machines/);
      expect(out).not.toMatch(/[\u001b\u0007\u202e]/);
    },
  );

  test('on a terminal is the same text, in colour', async () => {
    const out = await print('table', viewOf(60, {color: true, terminal: true}));
    expect(out).toContain('\u001b[1m');
    expect(out.replace(/\u001b\[\d+m/g, '')).not.toMatch(/[\u001b\u0007\u202e]/);
  });

  test('as JSON is one document: facts an object, the rest lists', async () => {
    const out = JSON.parse(await print('json'));
    expect(Object.keys(out)).toEqual([
      'schema',
      'generated_at',
      'period',
      'thing',
      'parts',
      'nothing',
      'raw',
      'totals',
      'sources',
      'notices',
    ]);
    expect(out.thing).toEqual({name: HOSTILE, cost: 12.345, unknown: null, secret: 'for machines'});
    expect(out.parts).toEqual([{name: '=SUM(A1)', share: null}]);
    expect(out.nothing).toEqual([]);
  });

  test('as rows has every section under one head', async () => {
    const csv = await print('csv');
    expect(csv.split('\n')[0]).toBe('section,name,cost,unknown,secret,share,value');
    expect(csv).toContain("parts,'=SUM(A1),,,,,\n");
    expect(csv.endsWith('raw,,,,,,x\n')).toBe(true);
    const lines = (await print('ndjson'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines.map(({section}) => section)).toEqual(['thing', 'parts', 'raw']);
  });

  test('clips a fact that is wider than the screen, and keeps every line within it', async () => {
    const long = {
      ...sheet,
      sections: sheet.sections.map(one => ({
        ...one,
        rows: one.rows.map(row => row.map(cell => (cell.type === 'text' ? text('w'.repeat(500)) : cell))),
      })),
    };
    let out = '';
    const view = viewOf(60);
    for await (const chunk of renderSheet(long, 'table', await loadRenderer('table', view), view))
      out += chunk;
    expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(60);
  });
});
