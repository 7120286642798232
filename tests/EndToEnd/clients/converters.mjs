// Hands the tools of gateways to a model, through the libraries that people build agents with. Standard input: a JSON array of
// { url, token }. Prints, for each URL and library, what went wrong on the way and what the model's API would refuse.
import { text } from 'node:stream/consumers';
import { converters } from './converters/converters.mjs';
import { startModel } from './converters/model.mjs';
import { openObjects, problemsOf, toolsOf } from './converters/schemas.mjs';
import { createClient } from './sdks.mjs';

const model = await startModel();
const report = [];
for (const { url, token } of JSON.parse(await text(process.stdin))) {
  const { client, transport } = createClient('sdk-v1', url, token);
  await client.connect(transport);
  const { tools } = await client.listTools();
  for (const [converter, convert] of Object.entries(converters)) {
    const error = await errorOf(() => convert({ url, headers: { Authorization: `Bearer ${token}` }, client, tools, model: model.url }));
    const sent = toolsOf(model.sent()[0] ?? {});
    report.push({ url, converter, error, listed: tools.length, problems: [...missing(tools, sent), ...sent.flatMap(problemsOf)], lax: lax(tools, sent) });
  }

  await client.close();
}

model.close();
process.stdout.write(JSON.stringify(report));

async function errorOf(convert) {
  try {
    await convert();
    return null;
  } catch (error) {
    return `${error}`;
  }
}

function missing(listed, sent) {
  const names = new Set(sent.map((tool) => tool.name));
  return listed.filter((tool) => !names.has(tool.name)).map((tool) => `${tool.name}: not sent`);
}

/** The tools that a model is not held to the schema of, although nothing in it is open. */
function lax(listed, sent) {
  const strict = new Set(sent.filter((tool) => tool.isStrict).map((tool) => tool.name));
  return listed.filter((tool) => !strict.has(tool.name) && openObjects(tool.inputSchema).length === 0).map((tool) => tool.name);
}
