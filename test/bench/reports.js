// Runs reports and looks at what they say.
import {time} from './child.js';
import {expect} from './measure.js';

/** Runs a command whose answer is JSON. */
export const asJson = (words, env) => JSON.parse(time(words, {env}).stdout);

/** Throws unless an answer is a whole report with figures; `sources` is how many accounts must have answered. */
export function isReport({stdout}, accounts = 3) {
  const {sources, rows} = JSON.parse(stdout);
  expect(
    sources.length === accounts && sources.every(({status}) => status === 'ok'),
    'the sources of a report',
  );
  expect(rows.length > 0, 'a report without rows');
}
