/** Keys and indexes from the top of a JSON body to a value. */
export type Path = readonly (string | number)[];

/** A path with `*` for every index: `results.*.credit_cents`. */
export const patternOf = (path: Path): string =>
  path.map(step => (typeof step === 'number' ? '*' : step)).join('.');

/**
 * The paths of all fields of all objects in a body. Of a long list the first and the last two elements stand for all,
 * so that a year of buckets does not become a year of requests.
 */
export function fields(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) {
    const indexes = [...value.keys()].filter(index => index < 2 || index >= value.length - 2);
    return indexes.flatMap(index => fields(value[index], [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...fields(inner, [...path, key])]);
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (isTree(inner) ? inner[step] : undefined), value);
}

/** A copy with another value at the path; undefined deletes the field. */
export function change(body: unknown, path: Path, value: unknown): unknown {
  const copy = structuredClone(body);
  const parent = valueAt(copy, path.slice(0, -1));
  const last = path.at(-1);
  if (!isTree(parent) || last === undefined) return value;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

/** A copy in which every object has fields that no driver knows, `__proto__` among them. */
export function addToObjects(value: unknown, maps: readonly string[] = [], path: Path = []): unknown {
  if (Array.isArray(value)) return value.map((inner, index) => addToObjects(inner, maps, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(
    ([key, field]) => [key, addToObjects(field, maps, [...path, key])] as const,
  );
  if (maps.includes(patternOf(path))) return Object.fromEntries(inner);
  // fromEntries defines, so that __proto__ becomes a field like any other, as JSON.parse makes it.
  return Object.fromEntries([...inner, ['brand_new', {from: ['tomorrow']}], ['__proto__', {polluted: true}]]);
}

const isTree = (value: unknown): value is {[step: string | number]: unknown} =>
  typeof value === 'object' && value !== null;
