// The official TypeScript SDK in its lines: each gives a client, its transport, and the way it calls a tool.
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as Transport1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client as Client2, StreamableHTTPClientTransport as Transport2 } from '@modelcontextprotocol/client';

const sdks = {
  // The first line.
  'sdk-v1': (url, http) => {
    const client = new Client1({ name: 'sdk-v1', version: '1.0.0' });
    return { client, transport: new Transport1(url, http), callTool: (call, options) => client.callTool(call, undefined, options) };
  },
  // The second line, with the older handshake.
  'sdk-v2': (url, http) => second(url, http, {}),
  // The second line, at the 2026-07-28 revision and no other.
  'sdk-v2-modern': (url, http) => second(url, http, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
};

function second(url, http, options) {
  const client = new Client2({ name: 'sdk-v2', version: '1.0.0' }, options);
  return { client, transport: new Transport2(url, http), callTool: (call, more) => client.callTool(call, more) };
}

/** A client of the SDK's line that sends a bearer token, if there is one; not yet connected. */
export function createClient(sdk, url, token) {
  return sdks[sdk](new URL(url), token ? { requestInit: { headers: { Authorization: `Bearer ${token}` } } } : {});
}
