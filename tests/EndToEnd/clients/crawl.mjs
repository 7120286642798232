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

// A text that has a block of its own is the only one and the first, or follows what announces it.
function textAt(blocks, place) {
  const number = /^\(text (\d+) of this result\)$/.exec(place)?.[1];
  return number ? blocks[blocks.findIndex((text) => text.startsWith(`text ${number} of this result, `)) + 1] : place;
}

async function read(name, args, options) {
  const result = await callTool({ name, arguments: args }, { timeout: 300_000, ...options });
  const blocks = result.content.map((block) => block.text);
  if (result.isError) throw new Error(blocks[0]);
  const { id, status, data, cursor, note, cut } = JSON.parse(blocks.findLast((text) => text.startsWith('{')));
  const pages = data.map((page) => {
    const markdown = textAt(blocks, page.markdown);
    return { n: page.metadata.n, length: markdown.length, whole: !cut && !markdown.startsWith('[Cut: ') };
  });
  tell({ answer: { id, status, pages, bytes: Buffer.byteLength(blocks.join('')), cursor, note } });
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
