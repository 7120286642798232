// The official TypeScript SDK, first line, logging in by OAuth. Arguments: URL secret.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { App, connectAndRefresh } from './oauth.mjs';

const [url, secret] = process.argv.slice(2);
const app = new App(secret);
const transport = () => new StreamableHTTPClientTransport(new URL(url), { authProvider: app });
await connectAndRefresh({
  app,
  connect: async () => {
    const client = new Client({ name: 'oauth-sdk-v1', version: '1.0.0' });
    await client.connect(transport());
    return client;
  },
  finish: (callback) => transport().finishAuth(callback.searchParams.get('code')),
});
