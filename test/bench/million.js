// A process that serves one million rows of OpenAI costs, 1,000 days with 1,000 rows each, from files that it writes
// first: node million.js <folder>. The files are whole answers, so that others can read the same bytes. Prints its URL as JSON.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {costText, DAYS, FIRST_DAY, LINE_ITEMS, PROJECTS, quantityText} from './million-rows.js';
import {record} from './recorder.js';

const DAY = 86_400;
/** Fewer than the client asks for, as the API does when pages get long. */
const DAYS_A_PAGE = 5;

const [folder] = process.argv.slice(2);
mkdirSync(folder);
const fileOf = day => join(folder, `${String(day).padStart(4, '0')}.json`);

const row = (day, project, item) =>
  `{"object":"organization.costs.result","amount":{"value":${costText(day, project, item)},"currency":"usd"},` +
  `"line_item":"${LINE_ITEMS[item]}","project_id":"${PROJECTS[project].id}","organization_id":"org-bench","quantity":${quantityText(day, project, item)},"quantity_unit":"tokens"}`;

function bucket(day) {
  const start = FIRST_DAY + day * DAY;
  const rows = PROJECTS.flatMap((_, project) => LINE_ITEMS.map((_, item) => row(day, project, item)));
  return `{"object":"bucket","start_time":${start},"end_time":${start + DAY},"results":[${rows.join(',')}]}`;
}

for (let day = 0; day < DAYS; day += DAYS_A_PAGE) {
  const buckets = Array.from({length: DAYS_A_PAGE}, (_, index) => bucket(day + index));
  writeFileSync(fileOf(day), `{"object":"page","data":[${buckets.join(',')}],${more(undefined)}`);
}

function more(next) {
  return `"has_more":${next !== undefined},"next_page":${next === undefined ? null : `"${next}"`}}`;
}

/** The page with the first days of what is asked for; windows begin and end where pages do. */
function costs(query) {
  const start = Number(query.get('page') ?? query.get('start_time'));
  const next = start + DAYS_A_PAGE * DAY;
  const file = readFileSync(fileOf((start - FIRST_DAY) / DAY));
  if (next >= Number(query.get('end_time'))) return file;
  return Buffer.concat([file.subarray(0, file.length - more(undefined).length), Buffer.from(more(next))]);
}

const projects = () =>
  JSON.stringify({object: 'list', data: PROJECTS.map(({id, name}) => ({id, name})), has_more: false});

const server = createServer((request, response) => {
  record(request, response);
  const {pathname, searchParams} = new URL(request.url, 'http://127.0.0.1');
  const answer = {'/organization/costs': costs, '/organization/projects': projects}[pathname];
  response.writeHead(answer ? 200 : 404, {'content-type': 'application/json'});
  response.end(answer ? answer(searchParams) : '{"error":{"message":"no such path"}}');
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({url: `http://127.0.0.1:${server.address().port}`}));
});
