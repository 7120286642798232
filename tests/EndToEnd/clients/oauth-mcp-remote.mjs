// mcp-remote logging in by OAuth, its link opened by hand as on a machine without a browser. Arguments: URL secret.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { approve } from './oauth.mjs';

const [url, secret] = process.argv.slice(2);
const bridge = fileURLToPath(new URL('../node_modules/mcp-remote/dist/proxy.js', import.meta.url));
// Below the ports that the system gives to connections: the one mcp-remote derives from the URL may be such a connection's by now.
async function freePort() {
  const server = createServer();
  try {
    server.listen(20_000 + Math.floor(Math.random() * 10_000), '127.0.0.1');
    await once(server, 'listening');
    return server.address().port;
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    return freePort();
  } finally {
    server.close();
  }
}
const transport = new StdioClientTransport({
  command: process.execPath,
  args: [bridge, url, `${await freePort()}`],
  env: { ...process.env, BROWSER: 'none' },
  stderr: 'pipe',
});
// mcp-remote prints its link a moment before it listens for the way back; a person is never that fast.
async function open(callback, attempts = 1_200) {
  try {
    return await fetch(callback);
  } catch (error) {
    if (error.cause?.code !== 'ECONNREFUSED' || attempts === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 250));
    return open(callback, attempts - 1);
  }
}
let approvals = 0;
createInterface(transport.stderr).on('line', async (line) => {
  const link = line.match(/https?:\/\/\S+\/authorize\?\S+/)?.[0];
  if (link && approvals++ === 0) {
    const callback = await approve(link, secret);
    const answer = await open(callback);
    if (!answer.ok) throw new Error(`the callback answered ${answer.status}`);
  }
});
const client = new Client({ name: 'oauth-mcp-remote', version: '1.0.0' });
await client.connect(transport, { timeout: 300_000 });
const result = await client.callTool({ name: 'read_graph', arguments: {} });
await client.close();
process.stdout.write(JSON.stringify({ approvals, worked: !result.isError }));
