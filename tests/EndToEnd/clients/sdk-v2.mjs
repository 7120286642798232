// The official TypeScript SDK, second line, with the older handshake. Arguments: URL [token].
import { createClient } from './sdks.mjs';
import { converse } from './session.mjs';

const { client, transport } = createClient('sdk-v2', ...process.argv.slice(2));
await converse(client, transport);
