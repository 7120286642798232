// One conversation with a server, the same for every client: connect, list the tools, make the calls that stand on
// standard input as a JSON array, print what came of it as one JSON object. Listing first makes the SDKs check each
// result against the tool's output schema.
import { text } from 'node:stream/consumers';

export async function converse(client, transport) {
  const calls = JSON.parse(await text(process.stdin));
  await client.connect(transport);
  const { tools } = await client.listTools();
  const results = [];
  for (const call of calls) {
    results.push(await client.callTool(call));
  }

  const report = { server: client.getServerVersion()?.name, protocol: protocolOf(client, transport), tools: tools.map((tool) => tool.name), results };
  await client.close();
  process.stdout.write(JSON.stringify(report));
}

function protocolOf(client, transport) {
  return client.getNegotiatedProtocolVersion?.() ?? transport.protocolVersion ?? null;
}
