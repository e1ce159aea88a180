// What the tests of the help with writing share: its modules, bundled for Node.
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequire } from "node:module";

const www = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "www");

/** Imports modules of `www/src/assist` that need no browser. */
export async function assistModules(...names) {
  const { build } = await import(pathToFileURL(createRequire(join(www, "package.json")).resolve("esbuild")).href);
  const contents = names.map((name) => `export * from "./${name}.js";`).join("\n");
  const { outputFiles } = await build({ stdin: { contents, resolveDir: join(www, "src", "assist"), loader: "ts" }, bundle: true, write: false, format: "esm", platform: "neutral", target: "es2022" });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** The parts of an insertion as text: stops with what they select, or without. */
export const marked = (insert) => insert.map((part) => (typeof part === "string" ? part : `‹${part.stop}›`)).join("");
export const inserted = (insert) => insert.map((part) => (typeof part === "string" ? part : part.stop)).join("");
