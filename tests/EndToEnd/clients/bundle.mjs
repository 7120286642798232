// Bundles a script with what it imports: node bundle.mjs <file> <output>.
import { build } from "esbuild";

const [, , file, output] = process.argv;
await build({ entryPoints: [file], bundle: true, format: "iife", outfile: output, logLevel: "warning" });
