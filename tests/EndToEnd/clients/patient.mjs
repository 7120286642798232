// Writes as an agent makes them whose client gives up early: every call at once, each made again when its time is over, and gone on with where it ends.
// Arguments: SDK URL token. Standard input: { "timeout": milliseconds, "calls": [{ name, arguments }] }. Tells in JSON how often time was over and
// what the last answer to each call was.
import { text } from 'node:stream/consumers';
import { createClient } from './sdks.mjs';

const { timeout, calls } = JSON.parse(await text(process.stdin));
const { client, transport, callTool } = createClient(...process.argv.slice(2));
await client.connect(transport);
let timeouts = 0;
const isOver = (error) => error.code === -32001 || error.code === 'REQUEST_TIMEOUT';

async function make(call) {
  for (let tries = 0; tries < 60; tries++) {
    let result;
    try {
      result = await callTool(call, { timeout });
    } catch (error) {
      if (!isOver(error)) throw error;
      timeouts++;
      continue;
    }
    if (result.isError) {
      // The gateway's queue is full for now, and nothing was done.
      if (!result.content[0].text.includes('nothing was done')) throw new Error(result.content[0].text);
      continue;
    }
    const next = result.structuredContent.continueFrom;
    if (next === undefined) return result.structuredContent.outcome;
    call = { ...call, arguments: { ...call.arguments, continueFrom: next } };
  }
  throw new Error('never done');
}

const outcomes = await Promise.all(calls.map(make));
await client.close();
process.stdout.write(JSON.stringify({ timeouts, outcomes }));
