/** A number by its literal text, for figures that a double would round. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What JSON can hold, with numbers as exact as their text. */
export type Json = null | boolean | number | string | JsonNumber | readonly Json[] | JsonObject;
/** Members that are undefined are left out. */
export type JsonObject = {readonly [name: string]: Json | undefined};

/** JSON text of a value; unlike JSON.stringify it can write numbers of any length. */
export function writeJson(value: Json): string {
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  if (value instanceof JsonNumber) return value.text;
  if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
  let members = '';
  for (const name in value) {
    const member = value[name];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${quote(name)}:${writeJson(member)}`;
  }
  return `{${members}}`;
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);

/** There are few member names, in very many objects. */
const quotedNames = new Map<string, string>();

function quote(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  const quoted = JSON.stringify(name);
  quotedNames.set(name, quoted);
  return quoted;
}
