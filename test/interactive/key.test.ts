import {expect, test} from 'vitest';
import {keysFrom, type Pressed} from '../../src/interactive/key.ts';

const NOTHING: Pressed = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  backspace: false,
  delete: false,
  ctrl: false,
  meta: false,
};

test.each([
  ['c', 'interrupt'],
  ['u', 'clear'],
  ['w', 'erase-word'],
  ['z', 'suspend'],
])('Ctrl-%s is %s, alone and among keys that came together', (letter, name) => {
  const control = String.fromCharCode(letter.charCodeAt(0) - 0x60);
  expect(keysFrom(letter, {...NOTHING, ctrl: true})).toEqual([{name}]);
  expect(keysFrom(`a${control}b`, NOTHING)).toEqual([
    {name: 'text', text: 'a'},
    {name},
    {name: 'text', text: 'b'},
  ]);
});

test('other letters with Ctrl mean nothing, and without it are themselves', () => {
  expect(keysFrom('k', {...NOTHING, ctrl: true})).toEqual([]);
  expect(keysFrom('ué', NOTHING)).toEqual([
    {name: 'text', text: 'u'},
    {name: 'text', text: 'é'},
  ]);
});
