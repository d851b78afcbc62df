import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';

/*
 * The rules of src/README.md, held against the import lines. Where a rule stands in the way of the better design,
 * change the picture in src/README.md and this table together.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

interface Rule {
  /** Our own folders whose values may be imported. */
  readonly values: readonly string[];
  /** Folders (or files) of which only types may be imported. */
  readonly types?: readonly string[];
  /** Packages, Node's own among them. A file name limits one to that file. */
  readonly packages: readonly (string | readonly [name: string, ...files: string[]])[];
}

const RULES: {readonly [folder: string]: Rule} = {
  core: {
    values: ['core'],
    packages: [
      ['big.js', 'core/money.ts'],
      ['fastest-levenshtein', 'core/nearest.ts'],
    ],
  },
  drivers: {values: ['core', 'drivers'], packages: ['zod/mini']},
  http: {values: ['core', 'http'], types: ['drivers/driver.ts'], packages: ['node:', 'undici']},
  store: {values: ['core', 'store'], packages: ['node:', ['conf', 'store/replace-file.ts'], 'zod/mini']},
  pipeline: {values: ['core', 'pipeline', 'drivers/driver.ts'], packages: []},
  reports: {values: ['core', 'pipeline', 'reports'], types: ['drivers/driver.ts'], packages: []},
  render: {
    values: ['core', 'render'],
    packages: [
      ['ink', 'render/table.tsx', 'render/live.tsx', 'render/progress.tsx', 'render/pick.tsx'],
      ['react', 'render/table.tsx', 'render/live.tsx', 'render/progress.tsx', 'render/pick.tsx'],
      ['cli-table3', 'render/text.ts'],
      ['csv-stringify/sync', 'render/csv.ts'],
      ['string-width', 'render/layout.ts'],
    ],
  },
  focus: {
    values: ['core', 'focus', 'http/exact-json.ts'],
    types: ['drivers/driver.ts', 'drivers/focus-mapping.ts', 'pipeline/charges.ts'],
    packages: [
      'node:',
      ['papaparse', 'focus/read-csv.ts'],
      ['hyparquet', 'focus/read-parquet.ts'],
      ['hyparquet-compressors', 'focus/read-parquet.ts'],
      ['hyparquet-writer', 'focus/write-parquet.ts'],
    ],
  },
  demo: {values: ['core', 'demo'], packages: ['node:']},
  interactive: {
    values: ['core', 'render', 'interactive'],
    packages: [
      ['ink', 'interactive/show.tsx'],
      ['react', 'interactive/show.tsx'],
    ],
  },
  cli: {
    values: [
      'core',
      'drivers',
      'http',
      'store',
      'pipeline',
      'reports',
      'render',
      'demo',
      'focus',
      'interactive',
      'cli',
    ],
    packages: ['node:', 'commander'],
  },
  library: {values: ['core', 'drivers', 'http', 'cli', 'library', 'clock.ts', 'index.ts'], packages: []},
  'clock.ts': {values: ['core'], types: ['http'], packages: ['node:']},
  'index.ts': {values: ['library'], packages: []},
  'main.ts': {values: ['core', 'cli', 'clock.ts'], packages: ['node:']},
};

const files = readdirSync(SRC, {recursive: true, withFileTypes: true})
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
  .map(entry => relative(SRC, join(entry.parentPath, entry.name)));

const read = (file: string): string => readFileSync(join(SRC, file), 'utf8');
const folderOf = (file: string): string => file.split('/')[0] ?? '';
/** Code without comments, so that words in prose break no rule. */
const codeOf = (file: string): string => read(file).replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const code = codeOf(file);
  const statements = [...code.matchAll(/^(import|export)\s+(type\s+)?([^;'"]*?from\s+)?['"]([^'"]+)['"]/gm)];
  const dynamic = [...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)];
  const resolve = (target: string) =>
    target.startsWith('.') ? relative(SRC, join(SRC, file, '..', target)) : target;
  return [
    ...statements.map(([, , type, , target = '']) => ({
      file,
      target: resolve(target),
      typeOnly: type !== undefined,
    })),
    ...dynamic.map(([, target = '']) => ({file, target: resolve(target), typeOnly: false})),
  ];
}

const imports = files.flatMap(importsOf);
const isOurs = ({target}: Import): boolean => /\.tsx?$/.test(target);
const within = (target: string, places: readonly string[]): boolean =>
  places.some(place => target === place || target.startsWith(`${place}/`));

describe('the source', () => {
  it('has a rule for every folder', () => {
    expect(files.filter(file => !RULES[folderOf(file)])).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });

  it('imports from us what its folder may', () => {
    const broken = imports.filter(isOurs).filter(({file, target, typeOnly}) => {
      const rule = RULES[folderOf(file)];
      return !within(target, [...(rule?.values ?? []), ...(typeOnly ? (rule?.types ?? []) : [])]);
    });
    expect(broken).toEqual([]);
  });

  it('imports the packages that its folder may, each where it belongs', () => {
    const broken = imports
      .filter(item => !isOurs(item) && !item.typeOnly)
      .filter(({file, target}) => {
        const allowed = RULES[folderOf(file)]?.packages ?? [];
        return !allowed.some(entry => {
          const [name, ...places] = typeof entry === 'string' ? [entry] : entry;
          const named =
            target === name ||
            target.startsWith(`${name}/`) ||
            (name === 'node:' && target.startsWith('node:'));
          return named && (places.length === 0 || places.includes(file));
        });
      });
    expect(broken).toEqual([]);
  });

  it('keeps drivers apart from each other', () => {
    const home = (file: string) =>
      file.startsWith('drivers/') && file.split('/').length > 2 ? file.split('/')[1] : undefined;
    const broken = imports.filter(
      ({file, target}) =>
        isOurs({file, target, typeOnly: false}) && home(file) && home(target) && home(file) !== home(target),
    );
    expect(broken).toEqual([]);
  });

  it('names a provider only in its driver, the list of drivers, and its part of the demo', () => {
    const ids = readdirSync(join(SRC, 'drivers'), {withFileTypes: true})
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name);
    expect(ids).toEqual(expect.arrayContaining(['openai', 'ionq', 'miosa']));
    const broken = files
      .filter(file => !file.startsWith('demo/') && file !== 'drivers/index.ts')
      .flatMap(file =>
        ids
          .filter(
            id => !file.startsWith(`drivers/${id}/`) && new RegExp(`\\b${id}\\b`, 'i').test(codeOf(file)),
          )
          .map(id => `${file}: ${id}`),
      );
    expect(broken).toEqual([]);
  });

  it('touches the process in main.ts alone, and time and chance in clock.ts', () => {
    const forbidden = /\bprocess\.|\bconsole\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b/;
    expect(
      files.filter(file => !['main.ts', 'clock.ts'].includes(file) && forbidden.test(codeOf(file))),
    ).toEqual([]);
    expect(files.filter(file => /\bprocess\.exit\(/.test(codeOf(file)))).toEqual([]);
  });

  it('has no default export, no any, and no silenced check', () => {
    expect(files.filter(file => /biome-ignore|@ts-/.test(read(file)))).toEqual([]);
    expect(
      files.filter(file => /^export default|: any\b|as any\b|as unknown as/m.test(codeOf(file))),
    ).toEqual([]);
  });

  it('has rooms that one can know: no file over 300 lines, half of them under 100', () => {
    const lengths = files.map(file => ({file, lines: read(file).split('\n').length}));
    expect(lengths.filter(({lines}) => lines > 300)).toEqual([]);
    const sorted = lengths.map(({lines}) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100);
  });

  it('has no junk drawer', () => {
    expect(files.filter(file => /(^|\/)(utils?|helpers?|common|shared|misc)(\/|\.tsx?$)/.test(file))).toEqual(
      [],
    );
  });

  it('is drawn in src/README.md as it is', () => {
    const map = readFileSync(join(SRC, 'README.md'), 'utf8');
    for (const folder of Object.keys(RULES))
      expect(map).toContain(folder.endsWith('.ts') ? folder : `${folder}/`);
    const named = [...map.matchAll(/`([a-z-]+\/[a-z/-]+\.tsx?)`/g)].map(([, file = '']) => file);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(file => !files.includes(file))).toEqual([]);
  });
});
