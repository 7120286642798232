// Bundles the islands: node build.mjs [folder of the bundles]. The .NET build runs it when one of their files is newer than the bundles.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = process.argv[2] ?? join(here, "../artifacts/islands");

/** Scripts of pages: served on their own, under names that carry the hash of their content. */
const scripts = ["graph", "layout"];

/** Pages a host shows inside a chat: they come from no server, so that each is one file. */
const views = ["activity", "memory-graph"];

/** The packages of the lock file, once for each lock file. */
async function install() {
  const mark = join(here, "node_modules/.installed");
  const lock = await readFile(join(here, "package-lock.json"), "utf8");
  if ((await readFile(mark, "utf8").catch(() => "")) !== lock) {
    const arguments_ = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    execFileSync("npm", arguments_, { cwd: here, stdio: "inherit", shell: process.platform === "win32" });
    await writeFile(mark, lock);
  }
}

async function bundle(file) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", file)],
    ...{ bundle: true, minify: true, write: false, format: "iife", target: "es2022", charset: "utf8", legalComments: "none" },
  });
  return outputFiles[0].text;
}

await install();
await mkdir(folder, { recursive: true });
for (const name of scripts) {
  await writeFile(join(folder, `${name}.js`), await bundle(`${name}.js`));
}

for (const name of views) {
  const script = (await bundle(`${name}.js`)).replaceAll("</script", "<\\/script");
  await writeFile(
    join(folder, `${name}.html`),
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
      `<title>${name}</title><style>${await bundle(`${name}.css`)}</style><body><script>${script}</script></body></html>\n`,
  );
}

// What the .NET build compares with the sources.
await writeFile(join(folder, ".built"), "");
