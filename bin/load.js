// Loads the bundle together with what V8 made of it when it was built: half of a cold start is compiling.
const {readFileSync} = require('node:fs');
const {dirname, join} = require('node:path');
const {Script} = require('node:vm');

/** Where the build keeps what this version of V8 compiled; only that version takes it. */
const compiledFor = bundle => join(bundle, `v8-${process.versions.v8}`);

/** `dist/chunks/a.js` is kept as `chunks-a.js.bin`. */
const compiledName = (bundle, path) => `${path.slice(bundle.length + 1).replace(/[\\/]/g, '-')}.bin`;

/**
 * A `require` for the files of the bundle, and for what Node has.
 * @param compiled the folder of compiled code; V8 compiles anew what is not there or not its own
 * @param onLoad is told of every script that was loaded
 */
function loader(bundle, compiled, onLoad = () => {}) {
  const modules = new Map();
  // Joined by hand: chunks name each other so often that normalizing their paths shows.
  const requireFrom = folder => id => (id.startsWith('./') ? load(`${folder}/${id.slice(2)}`) : require(id));
  function load(path) {
    const known = modules.get(path);
    if (known) return known.exports;
    const module = {exports: {}};
    modules.set(path, module);
    const code = readFileSync(path, 'latin1'); // the build writes ASCII
    const script = new Script(`(function(exports,require,module,__filename,__dirname){${code}\n})`, {
      filename: path,
      cachedData: read(join(compiled, compiledName(bundle, path))),
    });
    onLoad(path, script);
    const folder = dirname(path);
    script.runInThisContext().call(module.exports, module.exports, requireFrom(folder), module, path, folder);
    return module.exports;
  }
  return load;
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

module.exports = {compiledFor, compiledName, loader};
