// How the libraries that people build agents with hand the gateway's tools to a model. Each takes the server's URL and headers, the
// list of tools as the official SDK reads it, and the model's base URL; what arrives at the model is what counts.
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createMCPClient } from '@ai-sdk/mcp';
import { createOpenAI } from '@ai-sdk/openai';
import { GoogleGenAI, mcpToTool } from '@google/genai';
import { DynamicStructuredTool } from '@langchain/core/tools';
import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
import { loadMcpTools } from '@langchain/mcp-adapters';
import { ChatOpenAI } from '@langchain/openai';
import { Agent, MCPServerStreamableHttp, OpenAIProvider, Runner, setTracingDisabled } from '@openai/agents';
import { generateText } from 'ai';
import { jsonSchemaToZod } from './n8n.mjs';

setTracingDisabled(true);

const key = 'no-key';
const prompt = 'What can you do?';

export const converters = {
  'Google GenAI': async ({ client, model }) => {
    const google = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: model } });
    await google.models.generateContent({ model: 'gemini', contents: prompt, config: { tools: [mcpToTool(client)] } });
  },
  'AI SDK with OpenAI': (server) => aiSdk(server, createOpenAI({ apiKey: key, baseURL: `${server.model}/v1` })('gpt')),
  'AI SDK with Google': (server) => aiSdk(server, createGoogleGenerativeAI({ apiKey: key, baseURL: `${server.model}/v1beta` })('gemini')),
  'LangChain with OpenAI': async (server) => openAiOfLangChain(server).bindTools(await langChainTools(server)).invoke(prompt),
  'LangChain with Google': async (server) => googleOfLangChain(server).bindTools(await langChainTools(server)).invoke(prompt),
  'n8n with OpenAI': (server) => openAiOfLangChain(server).bindTools(n8nTools(server)).invoke(prompt),
  'n8n with Google': (server) => googleOfLangChain(server).bindTools(n8nTools(server)).invoke(prompt),
  'OpenAI Agents': (server) => openAiAgents(server, false),
  'OpenAI Agents, strict': (server) => openAiAgents(server, true),
};

async function aiSdk({ url, headers }, model) {
  const client = await createMCPClient({ transport: { type: 'http', url, headers } });
  try {
    await generateText({ model, prompt, tools: await client.tools(), maxRetries: 0 });
  } finally {
    await client.close();
  }
}

const openAiOfLangChain = ({ model }) => new ChatOpenAI({ apiKey: key, model: 'gpt', maxRetries: 0, configuration: { baseURL: `${model}/v1` } });

const googleOfLangChain = ({ model }) => new ChatGoogleGenerativeAI({ apiKey: key, model: 'gemini', maxRetries: 0, baseUrl: model });

const langChainTools = ({ client }) => loadMcpTools('gateway', client, { throwOnLoadError: true });

// As mcpToolToDynamicTool of @n8n/n8n-nodes-langchain does it (nodes/mcp/McpClientTool/utils).
const n8nTools = ({ tools }) =>
  tools.map(
    (tool) =>
      new DynamicStructuredTool({
        name: tool.name,
        description: tool.description ?? '',
        schema: jsonSchemaToZod(tool.inputSchema),
        func: () => '',
      }),
  );

async function openAiAgents({ url, headers, model }, strict) {
  const server = new MCPServerStreamableHttp({ url, requestInit: { headers } });
  await server.connect();
  try {
    const agent = new Agent({ name: 'agent', model: 'gpt', mcpServers: [server], mcpConfig: { convertSchemasToStrict: strict } });
    const provider = new OpenAIProvider({ apiKey: key, baseURL: `${model}/v1` });
    await new Runner({ modelProvider: provider }).run(agent, prompt);
  } finally {
    await server.close();
  }
}
