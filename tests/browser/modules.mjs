// Pure modules of the page, for tests in plain Node.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { esbuild } from "../../www/tasks/pack.mjs";

const www = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "www");

/** The exports of some modules of www/src, `load("intake/json.ts", …)`, as one namespace. */
export async function load(...names) {
  const contents = names.map((name) => `export * from "./src/${name}";`).join("\n");
  const { build } = await esbuild();
  const options = { bundle: true, format: "esm", platform: "neutral", target: "es2022", write: false, logLevel: "warning", mainFields: ["module", "main"] };
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: www, loader: "ts" } });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
