// The part of JSON Schema that the published specifications use. Formats and lengths of text are not checked.

/** What is wrong with a value, one line each: where, and what was wanted. Empty if nothing is. */
export function problems(schema, value, root, at = '') {
  const wanted = resolve(schema, root);
  const wrong = what => [`${at || 'the body'} ${what}`];
  if (value === null && wanted.nullable) return [];
  if (wanted.anyOf ?? wanted.oneOf) return alternatives(wanted, value, root, at);
  const parts = (wanted.allOf ?? []).flatMap(part => problems(part, value, root, at));
  if (parts.length > 0) return parts;
  const types = wanted.type === undefined ? [] : [wanted.type].flat();
  if (types.length > 0 && !types.some(type => isOfType(type, value)))
    return wrong(`is no ${types.join(' or ')}`);
  if (wanted.enum && !wanted.enum.includes(value)) return wrong(`is none of ${wanted.enum.join(', ')}`);
  if (wanted.maximum < value) return wrong(`is above ${wanted.maximum}`);
  if (wanted.minimum > value) return wrong(`is below ${wanted.minimum}`);
  if (Array.isArray(value)) return items(wanted, value, root, at);
  return typeof value === 'object' && value !== null ? members(wanted, value, root, at) : [];
}

export const resolve = (schema, root) =>
  schema.$ref === undefined
    ? schema
    : resolve(
        schema.$ref
          .slice(2)
          .split('/')
          .reduce((node, key) => node[key], root),
        root,
      );

const TYPES = {
  object: value => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: Array.isArray,
  string: value => typeof value === 'string',
  boolean: value => typeof value === 'boolean',
  number: value => typeof value === 'number',
  integer: Number.isInteger,
  null: value => value === null,
};
const isOfType = (type, value) => TYPES[type](value);

/** The alternative that the discriminator names, else the one that fits best. */
function alternatives({anyOf, oneOf = anyOf, discriminator}, value, root, at) {
  const property = discriminator?.propertyName;
  const named = oneOf.filter(part =>
    resolve(part, root).properties?.[property]?.enum?.includes(value?.[property]),
  );
  const tried = (named.length > 0 ? named : oneOf).map(part => problems(part, value, root, at));
  return tried.toSorted((a, b) => a.length - b.length)[0];
}

const items = ({items: each}, value, root, at) =>
  each ? value.flatMap((item, index) => problems(each, item, root, `${at}[${index}]`)) : [];

function members({properties = {}, required = []}, value, root, at) {
  const inside = key => (at ? `${at}.${key}` : key);
  return [
    ...required.filter(key => value[key] === undefined).map(key => `${inside(key)} is missing`),
    ...Object.entries(value).flatMap(([key, member]) =>
      Object.hasOwn(properties, key) && member !== undefined
        ? problems(properties[key], member, root, inside(key))
        : [],
    ),
  ];
}
