// Stands in for the APIs of OpenAI and Google: keeps what a client sends, and answers "Done." in the API's own form.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

const replies = [
  [
    /\/chat\/completions$/,
    () => ({
      id: 'chat-1',
      object: 'chat.completion',
      created: 1,
      model: 'stand-in',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Done.' }, finish_reason: 'stop' }],
      usage,
    }),
  ],
  [
    /\/responses$/,
    () => ({
      id: 'resp_1',
      object: 'response',
      created_at: 1,
      status: 'completed',
      model: 'stand-in',
      output: [
        { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Done.', annotations: [] }] },
      ],
      usage: {
        input_tokens: 1,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: 1,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 2,
      },
    }),
  ],
  [
    /:generateContent$/,
    () => ({
      candidates: [{ index: 0, content: { role: 'model', parts: [{ text: 'Done.' }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    }),
  ],
];

/** Starts the stand-in; `sent` takes what was sent since the last time. */
export async function startModel() {
  let bodies = [];
  const server = createServer(async (request, response) => {
    const body = await json(request);
    const reply = replies.find(([path]) => path.test(new URL(request.url, 'http://model').pathname));
    bodies.push(body);
    response.writeHead(reply ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply ? reply[1]() : {}));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    sent: () => bodies.splice(0),
    close: () => server.closeAllConnections() ?? server.close(),
  };
}
