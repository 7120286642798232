// Lists the tools of gateways, and checks each schema by the meta-schemas that clients go by. Standard input: a JSON array of
// { url, token }. Prints, for each URL, how many tools there are and what is wrong.
import { text } from 'node:stream/consumers';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

const drafts = { 'draft 7': new Ajv(), '2020-12': new Ajv2020() };
const report = [];
for (const { url, token } of JSON.parse(await text(process.stdin))) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  const { tools } = (await response.json()).result;
  report.push({ url, tools: tools.length, problems: tools.flatMap(problemsOf) });
}

process.stdout.write(JSON.stringify(report));

function problemsOf(tool) {
  return ['inputSchema', 'outputSchema']
    .filter((which) => tool[which] !== undefined)
    .flatMap((which) =>
      Object.entries(drafts)
        .filter(([, ajv]) => !ajv.validateSchema(tool[which]))
        .map(([draft, ajv]) => `${tool.name}.${which}, ${draft}: ${ajv.errorsText()}`),
    );
}
