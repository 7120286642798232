// A client that knows stdio alone, over mcp-remote, as Claude Desktop is set up. Arguments: URL [token].
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { converse } from './session.mjs';

const [url, token] = process.argv.slice(2);
const bridge = fileURLToPath(new URL('../node_modules/mcp-remote/dist/proxy.js', import.meta.url));
// The header as the README of mcp-remote advises: no space in the argument, the secret in the environment.
const header = token ? ['--header', 'Authorization:${AUTH_HEADER}'] : [];
const client = new Client({ name: 'stdio-only', version: '1.0.0' });
await converse(client, new StdioClientTransport({
  command: process.execPath,
  args: [bridge, url, ...header],
  env: { ...process.env, AUTH_HEADER: `Bearer ${token}` },
}));
