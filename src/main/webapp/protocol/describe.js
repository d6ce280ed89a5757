/** The contract's documents as texts and rows, without the DOM. */

const LAST = /[^/]+$/;

/** The name that a reference ends with: `#/components/schemas/user` is `user`. */
export function nameOf(ref) {
  return LAST.exec(ref)[0].replaceAll('~1', '/');
}

/** What a reference leads to. `documents` are by file name; a reference without one stays in `home`. */
export function resolve(documents, home, node) {
  if (!node?.$ref) return node;
  const [file, path] = node.$ref.split('#');
  const at = file || home;
  const found = path.slice(1).split('/').reduce((part, key) => part?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], documents[at]);
  return resolve(documents, at, found);
}

function bounds({ minLength, maxLength, minimum, maximum, minItems, maxItems }) {
  const text = [];
  const range = (least, most, unit) => {
    if (least !== undefined && most !== undefined) text.push(`${number(least)} to ${number(most)}${unit}`);
    else if (most !== undefined) text.push(`at most ${number(most)}${unit}`);
    else if (least !== undefined) text.push(`at least ${number(least)}${unit}`);
  };
  range(minLength, maxLength, ' characters');
  range(minimum, maximum, '');
  range(minItems, maxItems, ' entries');
  return text.join(', ');
}

function number(value) {
  return value === 2 ** 53 ? '2^53' : value.toLocaleString('en');
}

/**
 * A schema as pieces of text, of which some name another schema: `[{ text, schema? }]`.
 * A schema with fields is named; others are written out.
 */
export function type(documents, home, node) {
  const schema = resolve(documents, home, node) ?? {};
  if (node?.$ref && schema.properties) return [{ text: nameOf(node.$ref), schema: nameOf(node.$ref) }];
  const at = node?.$ref?.split('#')[0] || home;
  if (schema.const !== undefined) return [{ text: JSON.stringify(schema.const) }];
  if (schema.enum) return [{ text: schema.enum.map((value) => JSON.stringify(value)).join(' | ') }];
  if (schema.oneOf && !schema.properties) {
    return schema.oneOf.flatMap((one, i) => [...(i ? [{ text: ' or ' }] : []), ...type(documents, at, one)]);
  }
  if (schema.items) return [{ text: 'list of ' }, ...type(documents, at, schema.items), ...(bounds(schema) ? [{ text: `, ${bounds(schema)}` }] : [])];
  if (typeof schema.additionalProperties === 'object') return [{ text: 'object of ' }, ...type(documents, at, schema.additionalProperties)];
  const name = [schema.type ?? 'any value'].flat().join(' or ');
  return [{ text: [name, bounds(schema), schema.pattern && `pattern ${schema.pattern}`, schema.format].filter(Boolean).join(', ') }];
}

/** The fields of a schema: `[{ name, required, type, description, home }]`. Fields of an object without a name follow with a dotted name. */
export function fields(documents, home, node, prefix = '') {
  const schema = resolve(documents, home, node) ?? {};
  const at = node?.$ref?.split('#')[0] || home;
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const own = resolve(documents, at, field);
    const row = {
      name: prefix + name,
      required: Boolean(schema.required?.includes(name)),
      type: type(documents, at, field),
      description: own.description ?? '',
    };
    const inner = field.properties ? field : field.items?.properties ? field.items : null;
    return inner ? [row, ...fields(documents, at, inner, `${prefix}${name}${field.items ? '[]' : ''}.`)] : [row];
  });
}

/** The requests of an OpenAPI document: `[{ name, operation, parameters }]`, in its order. */
export function requests(documents) {
  const methods = ['get', 'put', 'post', 'patch', 'delete'];
  return Object.entries(documents['openapi.json'].paths).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation: item[method],
      parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((one) => resolve(documents, 'openapi.json', one)),
    })),
  );
}
