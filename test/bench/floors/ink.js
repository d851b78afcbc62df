// The floor of whatever Ink draws: one line of text. Bundled by ../ink-floor.js.
import {renderToString, Text} from 'ink';
import {createElement} from 'react';

process.stdout.write(`${renderToString(createElement(Text, {color: 'green'}, 'one line'))}\n`);
