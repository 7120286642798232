// n8n's converter, on the zod that n8n has: release 3, which later releases carry as zod/v3.
import { createRequire, registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'zod' && context.parentURL?.includes('/@n8n/json-schema-to-zod/') ? 'zod/v3' : specifier, context),
});

export const { jsonSchemaToZod } = createRequire(import.meta.url)('@n8n/json-schema-to-zod');
