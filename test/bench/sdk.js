// A year of usage by day as the official package would be used: node sdk.js <its index.mjs>; one page after the other.
import {pathToFileURL} from 'node:url';

const {default: OpenAI} = await import(pathToFileURL(process.argv[2]).href);
const client = new OpenAI({
  adminAPIKey: process.env.SDK_KEY,
  apiKey: process.env.SDK_KEY,
  baseURL: process.env.SDK_BASE,
});
const {usage} = client.admin.organization;
const KINDS = [
  'completions',
  'embeddings',
  'moderations',
  'images',
  'audioSpeeches',
  'audioTranscriptions',
  'vectorStores',
  'codeInterpreterSessions',
  'fileSearchCalls',
  'webSearchCalls',
];
const end = Date.parse(process.env.USAGE_NOW) / 1_000;
let buckets = 0;
for (const kind of KINDS.filter(name => name in usage)) {
  let page;
  do {
    const query = {
      start_time: end - 365 * 86_400,
      end_time: end,
      bucket_width: '1d',
      limit: 31,
      ...(page && {page}),
    };
    const answer = await usage[kind](query);
    buckets += answer.data.length;
    page = answer.has_more ? answer.next_page : undefined;
  } while (page);
}
console.log(buckets);
