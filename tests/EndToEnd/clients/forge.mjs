// Reads the YAML files below .github, workflows with GitHub's own parser, and prints [{ file, errors, document }].
// The argument is the repository's root.
import { readFileSync, readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

// The parser's package imports JSON as bundlers let it, without the attribute that Node.js asks for.
registerHooks({
  load: (url, context, next) =>
    url.endsWith('.json')
      ? { format: 'module', source: `export default ${readFileSync(new URL(url), 'utf8')}`, shortCircuit: true }
      : next(url, context),
});
const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import('@actions/workflow-parser');

async function workflowErrors(name, content) {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map((error) => error.message);
}

const folder = join(process.argv[2], '.github');
const files = readdirSync(folder, { recursive: true }).filter((file) => /\.ya?ml$/.test(file)).sort();
const read = async (file) => {
  const content = readFileSync(join(folder, file), 'utf8');
  const parsed = parseDocument(content);
  const errors = [...parsed.errors, ...parsed.warnings].map((error) => error.message);
  if (file.startsWith('workflows')) errors.push(...(await workflowErrors(file, content)));
  return { file, errors, document: parsed.toJS() };
};
console.log(JSON.stringify(await Promise.all(files.map(read))));
