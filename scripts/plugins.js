// What esbuild is told about packages that do not fit as they are.
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {resolve} from 'node:path';

/** Only HTTP/1.1 is spoken, and merely loading undici's other half takes Node's http2 along (13 ms on Node 20). */
export const withoutHttp2 = {
  name: 'without-http2',
  setup({onResolve}) {
    onResolve({filter: /\/client-h2(\.js)?$/}, () => ({path: resolve('scripts/stand-ins/empty.js')}));
  },
};

/** Yoga, Ink's layout engine, keeps its WebAssembly as text and waits for it; see stand-ins/yoga.js. The bytes go to a file. */
export const yogaAtOnce = {
  name: 'yoga-at-once',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^yoga-layout$/}, () => ({path: resolve('scripts/stand-ins/yoga.js')}));
    onLoad({filter: /yoga-wasm-base64-esm\.js$/}, async ({path}) => {
      const parts = (await readFile(path, 'utf8')).split(
        /"data:application\/octet-stream;base64,([\w+/=]+)"/,
      );
      const [before, bytes, after] = parts;
      if (parts.length !== 3) throw new Error(`${path} holds its WebAssembly in another way than expected`);
      await mkdir('dist/chunks', {recursive: true});
      await writeFile('dist/chunks/yoga.wasm', Buffer.from(bytes, 'base64'));
      return {contents: `${before}""${after.replace('import.meta.url', '""')}`, loader: 'js'};
    });
  },
};

/** With DEV set Ink connects to React's developer tools, awaiting them at the top of a module. It is never set here. */
export const inkWithoutDevtools = {
  name: 'ink-without-devtools',
  setup({onLoad}) {
    onLoad({filter: /\/ink\/build\/reconciler\.js$/}, async ({path}) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replace("await import('./devtools.js')", 'undefined')
        .replace('await loadPackageJson()', '{}');
      if (/^\s*await |[?=] await /m.test(contents.replace(/async function[^}]*\}/g, '')))
        throw new Error(`${path} awaits something that is not known here`);
      return {contents, loader: 'js'};
    });
  },
};

/** Ink measures with string-width, which is slow to start; see stand-ins/string-width.js. cli-table3 has an older one of its own. */
export const plainWidthsFirst = {
  name: 'plain-widths-first',
  setup({onResolve}) {
    onResolve({filter: /^string-width$/}, ({importer}) =>
      importer.includes('cli-table3') ? undefined : {path: resolve('scripts/stand-ins/string-width.js')},
    );
  },
};

/** commander starts other programs as subcommands, which nobody here does; Node takes 3 ms to load what that needs. */
export const noSubprograms = {
  name: 'no-subprograms',
  setup({onResolve}) {
    onResolve({filter: /^(node:)?child_process$/}, ({importer}) =>
      importer.includes('/commander/') ? {path: resolve('scripts/stand-ins/empty.js')} : undefined,
    );
  },
};

/** The program that undici parses HTTP with is there twice, for processors of two kinds: one that runs on both is enough. */
export const oneHttpParser = {
  name: 'one-http-parser',
  setup({onResolve}) {
    onResolve({filter: /\/llhttp_simd-wasm(\.js)?$/}, ({resolveDir}) => ({
      path: resolve(resolveDir, '../llhttp/llhttp-wasm.js'),
    }));
  },
};

/** conf brings what checks schemas and migrates versions, 200 kB; it is asked to write a file, and to do neither. */
export const confWithoutSchemas = {
  name: 'conf-without-schemas',
  setup({onResolve}) {
    onResolve({filter: /^(ajv\/dist\/2020\.js|ajv-formats|semver)$/}, ({importer}) =>
      /[\\/]conf[\\/]/.test(importer) ? {path: resolve('scripts/stand-ins/left-out.js')} : undefined,
    );
  },
};

/** Node unpacks gzip and brotli itself; what is not imported of this package may go, its dictionary of 80 kB above all. */
export const onlyRareCompressors = {
  name: 'only-rare-compressors',
  setup({onResolve}) {
    onResolve({filter: /^\.\/\w+\.js$/}, ({path, importer, resolveDir}) =>
      importer.includes('hyparquet-compressors')
        ? {path: resolve(resolveDir, path), sideEffects: false}
        : undefined,
    );
  },
};
