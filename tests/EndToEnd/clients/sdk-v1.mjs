// The official TypeScript SDK, first line. Arguments: URL [token].
import { createClient } from './sdks.mjs';
import { converse } from './session.mjs';

const { client, transport } = createClient('sdk-v1', ...process.argv.slice(2));
await converse(client, transport);
