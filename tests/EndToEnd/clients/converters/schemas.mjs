// Reads the tools of a request to a model, in the forms of OpenAI and Google, and names what those refuse, or a model cannot see.

/** The tools of a request, whatever form they have. */
export function toolsOf({ tools = [] }) {
  return tools.flatMap((tool) =>
    (tool.functionDeclarations ?? [tool.function ?? tool]).map((declared) => ({
      name: declared.name,
      description: declared.description,
      isStrict: declared.strict === true,
      // Google's form leaves the parameters out where there are none.
      schema: declared.parametersJsonSchema ?? declared.parameters ?? { type: 'object', properties: {} },
    })),
  );
}

/** What the APIs of OpenAI and Google answer 400 to, for the whole request. */
export function problemsOf(tool) {
  return [
    ...(/^[a-zA-Z0-9_-]{1,64}$/.test(tool.name) ? [] : ['name']),
    ...(tool.description?.length <= 1024 ? [] : ['description']),
    ...(typeOf(tool.schema) === 'object' ? [] : ['not an object']),
    ...openPlaces(tool.schema),
  ].map((problem) => `${tool.name}: ${problem}`);
}

/** Where a schema takes an object whose members it does not list: what OpenAI's strict mode cannot express. */
export function openObjects(schema) {
  const isOpen = typeOf(schema) === 'object' && Object.keys(schema.properties ?? {}).length === 0;
  return [...(isOpen ? [schema] : []), ...partsOf(schema).flatMap(([part]) => openObjects(part))];
}

function openPlaces(schema, place = '') {
  if (schema === null || typeof schema !== 'object') {
    return [`${place} anything`];
  }

  return [
    ...(schema.type === undefined && shapesOf(schema).length === 0 ? [`${place} no type`] : []),
    ...(typeOf(schema) === 'array' && schema.items === undefined ? [`${place} no items`] : []),
    ...(schema.enum === undefined || schema.enum.every((choice) => typeof choice === 'string') ? [] : [`${place} choices that are no texts`]),
    ...partsOf(schema).flatMap(([part, name]) => openPlaces(part, `${place}${name}`)),
  ];
}

const typeOf = (schema) => String(schema?.type).toLowerCase();

const shapesOf = (schema) => schema.anyOf ?? schema.oneOf ?? [];

const partsOf = (schema) => [
  ...Object.entries(schema.properties ?? {}).map(([name, property]) => [property, `.${name}`]),
  ...(schema.items === undefined ? [] : [[schema.items, '[]']]),
  ...shapesOf(schema).map((shape) => [shape, '']),
];
