/** A key as the screen understands it; `text` for a character. */
export type Key =
  | {readonly name: 'text'; readonly text: string}
  | {
      readonly name:
        | 'up'
        | 'down'
        | 'page-up'
        | 'page-down'
        | 'first'
        | 'last'
        | 'open'
        | 'back'
        | 'erase'
        | 'erase-word'
        | 'clear'
        | 'suspend'
        | 'interrupt';
    };

/** What Ink tells of a key press. */
export interface Pressed {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly ctrl: boolean;
  readonly meta: boolean;
}

/** Keys that came together, because somebody types fast or pastes; none for what means nothing here. */
export function keysFrom(input: string, pressed: Pressed): Key[] {
  const key = keyFrom(input, pressed);
  if (key?.name !== 'text') return key ? [key] : [];
  return Array.from(key.text, (text): Key => {
    if (text === '\r' || text === '\n') return {name: 'open'};
    if (text === '\x7f' || text === '\b') return {name: 'erase'};
    const control = CONTROLS[letterOf(text)];
    return control ? {name: control} : {name: 'text', text};
  });
}

/** What letters do together with Ctrl, as in a shell. */
const CONTROLS: {readonly [letter: string]: Exclude<Key['name'], 'text'> | undefined} = {
  c: 'interrupt',
  u: 'clear',
  w: 'erase-word',
  z: 'suspend',
};

/** Among keys that came together Ctrl is still part of the character: Ctrl-A is the first one, and so on. */
const letterOf = (text: string): string =>
  text < '\x20' ? String.fromCharCode(text.charCodeAt(0) + 0x60) : '';

function keyFrom(input: string, pressed: Pressed): Key | undefined {
  if (pressed.ctrl) {
    const name = CONTROLS[input];
    return name && {name};
  }
  if (pressed.upArrow) return {name: 'up'};
  if (pressed.downArrow) return {name: 'down'};
  if (pressed.pageUp) return {name: 'page-up'};
  if (pressed.pageDown) return {name: 'page-down'};
  if (pressed.home) return {name: 'first'};
  if (pressed.end) return {name: 'last'};
  if (pressed.return || pressed.rightArrow) return {name: 'open'};
  if (pressed.escape || pressed.leftArrow) return {name: 'back'};
  if (pressed.backspace || pressed.delete) return {name: 'erase'};
  return input === '' || pressed.meta ? undefined : {name: 'text', text: input};
}
