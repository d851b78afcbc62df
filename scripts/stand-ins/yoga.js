// Stands in for the package yoga-layout: the same, ready at once instead of after an await, which CommonJS cannot do.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import start from '../../node_modules/yoga-layout/dist/binaries/yoga-wasm-base64-esm.js';
import wrapAssembly from '../../node_modules/yoga-layout/dist/src/wrapAssembly.js';

const assembly = {
  instantiateWasm(imports, receive) {
    const bytes = readFileSync(join(__dirname, 'yoga.wasm')); // plugins.js puts it beside the chunks
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
    receive(instance);
    return instance.exports;
  },
};
start(assembly);

export default wrapAssembly(assembly);
export * from '../../node_modules/yoga-layout/dist/src/generated/YGEnums.js';
