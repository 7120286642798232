// The official TypeScript SDK, second line, with the older handshake. Arguments: URL [token].
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { converse, withBearer } from './session.mjs';

const [url, token] = process.argv.slice(2);
const client = new Client({ name: 'sdk-v2', version: '1.0.0' });
await converse(client, new StreamableHTTPClientTransport(new URL(url), withBearer(token)));
