// Stands in for the package string-width: the same widths, but what that needs for rare characters is made only for those.
import {stripVTControlCharacters} from 'node:util';
import {plainWidth} from '../../src/render/plain-width.ts';

let whole;

export default function stringWidth(text, options) {
  if (typeof text !== 'string') return 0;
  const plain = options === undefined ? plainWidth(stripVTControlCharacters(text)) : undefined;
  if (plain !== undefined) return plain;
  whole ??= require('../../node_modules/string-width/index.js').default;
  return whole(text, options);
}
