import {type Fault, send, textOf} from '../fault.ts';

const broken = (name: string, spoil: (text: string) => string): Fault => ({
  name,
  family: 'broken JSON',
  nature: 'passing',
  strike: hit => send(hit, spoil(textOf(hit.answer))),
});

const shaped = (name: string, nature: Fault['nature'], text: string | ((text: string) => string)): Fault => ({
  name,
  family: 'other shapes',
  nature,
  strike: hit => send(hit, typeof text === 'string' ? text : text(textOf(hit.answer))),
});

/** A word that JSON does not know in the place of the first figure, or of everything. */
const bare = (text: string, word: string): string =>
  FIGURE.test(text) ? text.replace(FIGURE, `$1${word}`) : word;
const FIGURE = /("(?:value|amount|credit_cents|num_model_requests)":)[^,}]+/;

/** A member that no schema knows in front of every object's own; a key that sets prototypes among them. */
const crowded = (text: string): string =>
  text.replaceAll(
    /\{(?=")/g,
    '{"__proto__":{"credit_cents":5,"has_more":false},"constructor":null,"zz":[1e999],',
  );

export const BODIES: readonly Fault[] = [
  broken('cut JSON', text => text.slice(0, -1)),
  broken('JSON cut in the middle', text => text.slice(0, text.length / 2)),
  broken('nothing', () => ''),
  broken('a bare NaN', text => bare(text, 'NaN')),
  broken('a bare Infinity', text => bare(text, '-Infinity')),
  broken('JSON twice', text => `${text}\n${text}`),
  broken('JSON and more', text => `${text}</html>`),
  broken('JSON with a comment', text => `/* as of today */${text}`),
  broken('JSON with a NUL in it', text => text.replace(',', ',\u0000')),
  shaped('null', 'fatal', 'null'),
  shaped('a number', 'fatal', '42'),
  shaped('a text', 'fatal', '"all is well"'),
  shaped('a list', 'any', '[]'), // MIOSA's lists of names may be bare
  shaped('an empty object', 'fatal', '{}'),
  shaped('an error with 200', 'fatal', '{"error": {"message": "try again", "code": "internal"}}'),
  shaped('a list in place of the object', 'any', text => `[${text}]`),
  shaped('the object in a list called data', 'any', text => `{"data": [${text}]}`),
  shaped('a hundred thousand brackets', 'any', `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  shaped('another contract', 'fatal', '{"data": [{"total_usd": 5}], "period": {}, "currency": "usd"}'),
  shaped('members that nobody knows', 'harmless', crowded),
  shaped('a megabyte of white space', 'harmless', text => `${' \n\t'.repeat(350_000)}${text}\n\n`),
];
