// Builds the playground into www/dist/: static files that any file server can serve.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dist, pageEngine, pkg, www } from "./places.mjs";
import { esbuild, pack } from "./pack.mjs";
import { isMain, say, sizeLine, task } from "./run.mjs";
import { setUp } from "./setup.mjs";

const copied = ["index.html", "style.css"];

const options = {
  entryPoints: { main: join(www, "src", "main.ts") },
  outdir: dist,
  bundle: true,
  format: "esm",
  splitting: true,
  chunkNames: "chunk-[name]-[hash]",
  platform: "browser",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  alias: { "eventbridge-rules": pageEngine },
  nodePaths: [join(www, "node_modules")],
};

/** Builds the page once and prints its sizes. The package must be in pkg/. */
export async function buildPage() {
  rmSync(dist, { recursive: true, force: true });
  copyFiles();
  await (await esbuild()).build(options);
  say("page: built www/dist/");
  for (const name of readdirSync(dist).sort()) say(sizeLine(name, readFileSync(join(dist, name))));
}

/** Builds the page again whenever one of its sources changes, until `close` of the result is called. */
export async function watchPage(onBuilt = () => {}) {
  const notify = {
    name: "copy-and-notify",
    setup({ onEnd }) {
      onEnd(({ errors }) => {
        copyFiles();
        if (errors.length === 0) onBuilt();
      });
    },
  };
  const context = await (await esbuild()).context({ ...options, plugins: [notify] });
  await context.watch();
  return { close: () => context.dispose() };
}

export function copyFiles() {
  mkdirSync(dist, { recursive: true });
  for (const name of copied) if (existsSync(join(www, name))) copyFileSync(join(www, name), join(dist, name));
  copyFileSync(join(pkg, "authoring.wasm"), join(dist, "core.wasm"));
}

if (isMain(import.meta.url)) {
  await task(async () => {
    await setUp();
    await pack();
    await buildPage();
  });
}
