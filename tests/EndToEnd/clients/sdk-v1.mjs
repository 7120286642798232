// The official TypeScript SDK, first line. Arguments: URL [token].
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { converse, withBearer } from './session.mjs';

const [url, token] = process.argv.slice(2);
const client = new Client({ name: 'sdk-v1', version: '1.0.0' });
await converse(client, new StreamableHTTPClientTransport(new URL(url), withBearer(token)));
