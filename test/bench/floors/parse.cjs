// The floor of whatever reads JSON: JSON.parse over the files of a folder. Prints how many bytes there were.
const {readdirSync, readFileSync} = require('node:fs');
const {join} = require('node:path');

const [folder, count = 'Infinity'] = process.argv.slice(2);
let bytes = 0;
for (const name of readdirSync(folder).slice(0, Number(count))) {
  const body = readFileSync(join(folder, name));
  bytes += body.length;
  JSON.parse(body);
}
console.log(bytes);
