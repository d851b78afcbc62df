// node test/specs/check.js <folder>: holds what the drivers ask, what the demo answers and the recorded fixtures
// against published OpenAPI files, named <provider>-openapi*.json. Not part of the test suite: the files are not ours.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {recordDemo} from './record.js';
import {answerProblems, findOperation, queryProblems} from './spec.js';

const folder = process.argv[2];
if (!folder) throw new Error('which folder has the specifications?');
const specs = readdirSync(folder)
  .filter(name => /^\w+-openapi.*\.json$/.test(name))
  .map(name => ({
    name,
    provider: name.split('-')[0],
    root: JSON.parse(readFileSync(join(folder, name), 'utf8')),
  }));
if (specs.length === 0) throw new Error(`${folder} has no specification`);

/** Where the live APIs have been seen to differ from what they publish; the drivers read both. */
const KNOWN = [
  /^data\[\d+\]\.results\[\d+\]\.amount\.value is no number$/, // OpenAI sends most amounts as text
  /^data\[\d+\]\.results\[\d+\]\.num_sessions is missing$/, // and calls it `sessions` now and then
  /^data\[\d+\]\.results\[\d+\]\.input_tokens is no integer$/, // counts with many zeros come as 1e6 or as text
  /^(start|end)_date is missing$/, // IonQ requires these, and sends usage_from and usage_to as in its own example
  /\.group_name is no string$/, // a group that was deleted has no name
];

/** Numbers that fixtures keep as text, so that no digit is lost, stand for numbers. */
const unraw = (_key, value) =>
  typeof value === 'string' && value.startsWith('@@raw:') ? Number(value.slice(6)) : value;

const fixtures = [...new Set(specs.map(({provider}) => provider))].flatMap(provider =>
  readdirSync(join('fixtures', provider)).flatMap(file =>
    JSON.parse(readFileSync(join('fixtures', provider, file), 'utf8'), unraw).map(({request, response}) => ({
      from: `fixtures/${provider}/${file}`,
      provider,
      path: request.path,
      status: response.status ?? 200,
      body: response.body,
    })),
  ),
);

/** Checks against each edition of the provider's specification; it is enough to conform to one. */
function check({from, provider, path, query, status, body}) {
  const editions = specs.filter(spec => spec.provider === provider);
  const found = editions.flatMap(({name, root}) => {
    const operation = findOperation(root, path);
    if (!operation) return [];
    const wrong = [
      ...(query ? queryProblems(root, operation, query) : []),
      ...answerProblems(root, operation, status, body),
    ].filter(line => !KNOWN.some(pattern => pattern.test(line)));
    return [{name, wrong}];
  });
  const [best] = found.toSorted((a, b) => a.wrong.length - b.wrong.length);
  return {
    known: best !== undefined,
    lines: (best?.wrong ?? []).map(line => `${from} ${path} (${best.name}): ${line}`),
  };
}

const exchanges = [...fixtures, ...(await recordDemo())].filter(({provider}) =>
  specs.some(spec => spec.provider === provider),
);
const results = exchanges.map(check);
const lines = [...new Set(results.flatMap(result => result.lines))];
const known = results.filter(result => result.known).length;
for (const line of lines.slice(0, 50)) console.log(line);
console.log(`${known} of ${results.length} exchanges are of paths that the specifications have`);
if (lines.length > 0 || known === 0) {
  console.log(`${lines.length} of their statements do not conform`);
  process.exitCode = 1;
}
