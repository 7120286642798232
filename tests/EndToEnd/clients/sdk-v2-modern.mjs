// The official TypeScript SDK, second line, at the 2026-07-28 revision and no other. Arguments: URL [token].
import { createClient } from './sdks.mjs';
import { converse } from './session.mjs';

const { client, transport } = createClient('sdk-v2-modern', ...process.argv.slice(2));
await converse(client, transport);
