import {test} from 'vitest';
import {loadRenderer, type Format} from '../../src/render/renderer.ts';
import {sanitize} from '../../src/render/sanitize.ts';
import {SAMPLE, viewOf, text} from './sample.ts';
test('perf', async () => {
  const n = 100000;
  const rows = Array.from({length: n}, (_, i) => SAMPLE.rows[i % SAMPLE.rows.length]!);
  for (const [format, terminal, count] of [
    ['csv', false, n],
    ['csv', false, n],
    ['tsv', false, n],
    ['json', false, n],
    ['ndjson', false, n],
    ['table', false, 10000],
    ['table', true, 10000],
    ['markdown', false, 10000],
  ] as const) {
    const view = viewOf(120, {terminal});
    const render = await loadRenderer(format as Format, view);
    const t = performance.now();
    let bytes = 0,
      chunks = 0;
    for await (const chunk of render({...SAMPLE, rows: rows.slice(0, count)}, view)) {
      bytes += Buffer.byteLength(chunk);
      chunks++;
    }
    const ms = performance.now() - t;
    console.log(
      format,
      terminal,
      count,
      ms.toFixed(0) + 'ms',
      (bytes / 1e6).toFixed(1) + 'MB',
      (bytes / 1e3 / ms).toFixed(1) + 'MB/s',
      chunks,
    );
  }
  const M = 1 << 20;
  for (const [name, s] of Object.entries({
    ascii: 'a'.repeat(M),
    esc: '\x1b'.repeat(M),
    osc: '\x1b]8;;'.repeat(M / 5),
    csi: '\x1b[1;'.repeat(M / 4),
    csi2: '\x1b[' + '1'.repeat(M),
    zwj: '\u200d'.repeat(M),
    fam: '👩‍👩‍👧‍👦'.repeat(M / 11),
    chain: '👩\u200d'.repeat(M / 3),
    marks: 'a' + '\u0301'.repeat(M),
    cjk: '東'.repeat(M),
    sur: '\ud800'.repeat(M),
    flags: '🇩🇪'.repeat(M / 4),
    ri: '🇩'.repeat(M / 2),
    sp: ' '.repeat(M) + '\t',
    nl: '\n'.repeat(M),
    tags: '🏴' + '\u{e0067}'.repeat(M / 2),
    digits: '1\ufe0f'.repeat(M / 2),
    hangul: '\u1100'.repeat(M),
    prepend: '\u0d4e'.repeat(M),
  })) {
    let t = performance.now();
    const out = sanitize(s);
    const a = performance.now() - t;
    t = performance.now();
    const view = viewOf(80);
    const render = await loadRenderer('table', view);
    let w = 0;
    for await (const c of render({...SAMPLE, rows: [SAMPLE.rows[0]!.with(3, text(s))]}, view)) w += c.length;
    console.log(name, s.length, out.length, a.toFixed(0), (performance.now() - t).toFixed(0), w);
  }
}, 600000);
