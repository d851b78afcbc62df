// The floor of whatever asks over HTTP: the same requests by bare node:http, their answers parsed and thrown away.
// node http.cjs <file of {url, authorization}, as JSON> <how many at a time>; prints the bytes that came.
const {readFileSync} = require('node:fs');
const {Agent, get} = require('node:http');

const [file, width] = process.argv.slice(2);
const waiting = JSON.parse(readFileSync(file, 'utf8'));
const agent = new Agent({keepAlive: true});
let bytes = 0;

function next() {
  const request = waiting.shift();
  if (!request) return;
  get(request.url, {agent, headers: {authorization: request.authorization}}, response => {
    const chunks = [];
    response.on('data', chunk => chunks.push(chunk));
    response.on('end', () => {
      const body = Buffer.concat(chunks);
      bytes += body.length;
      JSON.parse(body);
      next();
    });
  });
}

for (let lane = 0; lane < Number(width); lane++) next();
process.on('exit', () => {
  console.log(bytes);
});
