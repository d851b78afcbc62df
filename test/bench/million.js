// A process that serves one million rows of OpenAI costs: 1,000 days with 1,000 rows each. Prints its URL as JSON.
import {createServer} from 'node:http';
import {costText, FIRST_DAY, LINE_ITEMS, PROJECTS} from './million-rows.js';

const DAY = 86_400;
/** Fewer than the client asks for, as the API does when pages get long. */
const DAYS_A_PAGE = 5;

const row = (day, project, item) =>
  `{"object":"organization.costs.result","amount":{"value":${costText(day, project, item)},"currency":"usd"},` +
  `"line_item":"${LINE_ITEMS[item]}","project_id":"${PROJECTS[project].id}","organization_id":"org-bench","quantity":null}`;

function bucket(start) {
  const day = (start - FIRST_DAY) / DAY;
  const rows = PROJECTS.flatMap((_, project) => LINE_ITEMS.map((_, item) => row(day, project, item)));
  return `{"object":"bucket","start_time":${start},"end_time":${start + DAY},"results":[${rows.join(',')}]}`;
}

function costs(query) {
  const end = Number(query.get('end_time'));
  const first = Number(query.get('page') ?? query.get('start_time'));
  const next = Math.min(first + DAYS_A_PAGE * DAY, end);
  const buckets = [];
  for (let start = first; start < next; start += DAY) buckets.push(bucket(start));
  const more = next < end;
  return `{"object":"page","data":[${buckets.join(',')}],"has_more":${more},"next_page":${more ? `"${next}"` : null}}`;
}

const projects = () =>
  JSON.stringify({
    object: 'list',
    data: PROJECTS.map(({id, name}) => ({
      id,
      name,
      object: 'organization.project',
      status: 'active',
      created_at: 1,
    })),
    has_more: false,
  });

const server = createServer((request, response) => {
  const {pathname, searchParams} = new URL(request.url, 'http://127.0.0.1');
  const answer = {'/organization/costs': costs, '/organization/projects': projects}[pathname];
  response.writeHead(answer ? 200 : 404, {'content-type': 'application/json'});
  response.end(answer ? answer(searchParams) : '{"error":{"message":"no such path"}}');
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({url: `http://127.0.0.1:${server.address().port}`}));
});
process.once('disconnect', () => process.exit()); // whoever started us is gone
