// The official TypeScript SDK, second line, logging in by OAuth; it checks issuer and iss. Arguments: URL secret.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { App, connectAndRefresh } from './oauth.mjs';

const [url, secret] = process.argv.slice(2);
const app = new App(secret);
const transport = () => new StreamableHTTPClientTransport(new URL(url), { authProvider: app });
await connectAndRefresh({
  app,
  connect: async () => {
    const client = new Client({ name: 'oauth-sdk-v2', version: '1.0.0' });
    await client.connect(transport());
    return client;
  },
  finish: (callback) => transport().finishAuth(callback.searchParams),
});
