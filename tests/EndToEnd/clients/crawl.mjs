// A crawl as a client lives through it, told in JSON, a line each: its progress, then every answer until the last page.
// Arguments: SDK URL token. Standard input: the arguments of firecrawl_crawl in one line; a further line, "give up", has
// the SDK cancel the call. The client stays connected until its input ends.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createClient } from './sdks.mjs';

const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const input = createInterface(process.stdin);
const ended = once(input, 'close');
const [first] = await once(input, 'line');
const { client, transport, callTool } = createClient(...process.argv.slice(2));
await client.connect(transport);
const caller = new AbortController();
input.on('line', (line) => line === 'give up' && caller.abort('the user has changed his mind'));

async function read(name, args, options) {
  const result = await callTool({ name, arguments: args }, { timeout: 120_000, ...options });
  const text = result.content[0].text;
  if (result.isError) throw new Error(text);
  const { id, status, data, cursor, note, cut } = JSON.parse(text);
  const pages = data.map((page) => ({ n: page.metadata.n, length: page.markdown.length, whole: !cut }));
  tell({ answer: { id, status, pages, bytes: Buffer.byteLength(text), cursor, note } });
  return { id, cursor };
}

try {
  let answer = await read('firecrawl_crawl', JSON.parse(first), { signal: caller.signal, onprogress: (progress) => tell({ progress }) });
  while (answer.cursor) answer = await read('firecrawl_check_crawl_status', answer);
  tell({ end: 'complete' });
} catch (error) {
  if (!caller.signal.aborted) throw error;
  tell({ end: 'given up' });
}
await ended;
await client.close();
