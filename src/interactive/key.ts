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
    return text === '\x03' ? {name: 'interrupt'} : {name: 'text', text};
  });
}

function keyFrom(input: string, pressed: Pressed): Key | undefined {
  if (pressed.ctrl) return input === 'c' ? {name: 'interrupt'} : undefined;
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
