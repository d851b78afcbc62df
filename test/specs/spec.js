// One published specification: finds the operation of a request, and holds request and answer against it.
import {problems, resolve} from './schema.js';

/** The GET operation of a path below the base URL; undefined if the specification does not have it. */
export function findOperation(root, path) {
  const found = Object.keys(root.paths).find(template =>
    new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
  );
  return found && root.paths[found].get;
}

/** What is wrong with the query of a request: names that the API does not know, values that it does not take. */
export function queryProblems(root, operation, query) {
  const parameters = (operation.parameters ?? [])
    .map(parameter => resolve(parameter, root))
    .filter(p => p.in === 'query');
  const missing = parameters.filter(({name, required}) => required && !query.has(name));
  const given = [...new Set(query.keys())].flatMap(name => {
    const parameter = parameters.find(candidate => candidate.name === name);
    if (!parameter) return [`?${name} is not known`];
    const schema = resolve(parameter.schema, root);
    return problems(schema, typed(schema, query.getAll(name)), root, `?${name}`);
  });
  return [...missing.map(({name}) => `?${name} is missing`), ...given];
}

/** What is wrong with the body of an answer. Statuses that the specification does not describe pass. */
export function answerProblems(root, operation, status, body) {
  const response = operation.responses[status];
  const schema = response && resolve(response, root).content?.['application/json']?.schema;
  return schema ? problems(schema, body, root) : [];
}

/** Texts of a query as the values that the schema speaks of. */
function typed(schema, texts) {
  if (schema.type === 'array') return texts;
  const [text] = texts;
  if (schema.type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (schema.type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
