// Builds the playground into www/dist/: static files that any file server can serve.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { dist, pageEngine, pageModule, root, www } from "./places.mjs";
import { esbuild, pack } from "./pack.mjs";
import { isMain, say, sizeLine, task } from "./run.mjs";
import { setUp } from "./setup.mjs";

const source = (...names) => join(www, ...names);
const copied = ["icon.svg", "manifest.webmanifest"];

const shared = {
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

const script = source("src", "main.ts");

/**
 * What is loaded later stands on everything that is there already. Told so, esbuild leaves the first load in one piece
 * instead of cutting it into what each later part needs of it: many small files, which compress badly.
 */
const laterParts = {
  name: "later-parts",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
      if (kind === "dynamic-import") return { path: resolve(resolveDir, path.replace(/\.js$/, ".ts")), pluginData: { later: true } };
    });
    onLoad({ filter: /\.ts$/ }, ({ path, pluginData }) => {
      if (pluginData?.later) return { contents: `${readFileSync(path, "utf8")}\nimport ${JSON.stringify(script)};`, loader: "ts", resolveDir: dirname(path) };
    });
  },
};

/** Files are named by their content: a page can only ever get the files that it was built with. */
const named = {
  ...shared,
  absWorkingDir: root,
  outdir: dist,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  metafile: true,
  alias: { "eventbridge-rules": pageEngine },
  nodePaths: [source("node_modules")],
};
const options = { ...named, entryPoints: { main: script, style: source("style.css") }, splitting: true, plugins: [laterParts] };
/** A page of its own, which must not decide how the other one is cut. */
const selftestOptions = { ...named, entryPoints: { selftest: source("src", "selftest.ts") } };

/** Builds the page once and prints its sizes. The package must be in pkg/. */
export async function buildPage() {
  rmSync(dist, { recursive: true, force: true });
  const { metafile } = await (await esbuild()).build(options);
  await finish(metafile);
  say("page: built www/dist/");
  for (const name of readdirSync(dist).sort()) say(sizeLine(name, readFileSync(join(dist, name))));
}

/** Builds the page again whenever one of its sources changes, until `close` of the result is called. */
export async function watchPage(onBuilt = () => {}) {
  let latest;
  const complete = async () => {
    await finish(latest);
    onBuilt();
  };
  const notify = {
    name: "finish-and-notify",
    setup({ onEnd }) {
      onEnd(async ({ errors, metafile }) => {
        if (errors.length > 0) return;
        latest = metafile;
        await complete();
      });
    },
  };
  const context = await (await esbuild()).context({ ...options, plugins: [...options.plugins, notify] });
  await context.watch();
  return { close: () => context.dispose(), refresh: () => latest && complete() };
}

/** What esbuild does not write: the pages, the engine, the service worker. Files of builds before are removed. */
async function finish({ outputs }) {
  const built = new Map(Object.entries(outputs).map(([path, output]) => [resolve(root, path), output]));
  const entry = (name) => [...built].find(([, { entryPoint }]) => entryPoint && resolve(root, entryPoint) === source(...name))?.[0];
  const style = entry(["style.css"]);
  // The entry itself only imports the piece in which everything is.
  const [main] = importsOf(built, entry(["src", "main.ts"]), ["import-statement"]);
  const { metafile } = await (await esbuild()).build(selftestOptions);
  const [selftest] = Object.keys(metafile.outputs);
  const engine = `engine-${shortHash(readFileSync(pageModule))}.wasm`;
  mkdirSync(dist, { recursive: true });
  copyFileSync(pageModule, join(dist, engine));
  for (const name of copied) copyFileSync(source(name), join(dist, name));

  const page = (name, script, built) =>
    replaced(readFileSync(source(name), "utf8"), {
      'href="engine.wasm"': `href="${engine}"`,
      'href="style.css"': `href="${basename(style)}"`,
      [`<script type="module" src="${script}"></script>`]: `<script type="module" src="${basename(built)}"></script>`,
    });
  const index = page("index.html", "main.js", main);
  writeFileSync(join(dist, "index.html"), index);
  writeFileSync(join(dist, "selftest.html"), page("selftest.html", "selftest.js", selftest));
  writeFileSync(join(dist, "facts.json"), JSON.stringify(ownFacts()));

  const visited = [main, ...importsOf(built, main, ["import-statement", "dynamic-import"]), style].map((path) => basename(path));
  const files = [...visited, engine, ...copied].sort();
  await buildWorker(files, basename(main), shortHash(JSON.stringify(files) + index + copied.map((name) => readFileSync(source(name), "utf8")).join("")));
  const wanted = new Set([...visited, basename(selftest), engine, ...copied, "index.html", "selftest.html", "facts.json", "sw.js"]);
  for (const name of readdirSync(dist)) if (!wanted.has(name)) rmSync(join(dist, name));
}

/** The project's own cases, for the self-test. Those of aws.json that say `error` are of an API that looks at more than the pattern. */
function ownFacts() {
  const folder = join(root, "tests", "cases", "match");
  const names = readdirSync(folder).filter((name) => name.endsWith(".json")).sort();
  const facts = names.flatMap((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
  return facts.filter(({ matches }) => matches !== undefined).map(({ name, pattern, event, matches }) => ({ name, pattern, event, matches }));
}

async function buildWorker(files, main, version) {
  const define = { FILES: JSON.stringify(files), MAIN: JSON.stringify(main), VERSION: JSON.stringify(version) };
  await (await esbuild()).build({ ...shared, entryPoints: { sw: source("worker", "sw.ts") }, outdir: dist, define, format: "iife" });
}

/** Everything that a module leads to by imports of some kinds. */
function importsOf(built, start, kinds) {
  const found = new Set();
  const walk = (path) => {
    for (const each of built.get(path)?.imports ?? []) {
      const to = resolve(root, each.path);
      if (each.external || !kinds.includes(each.kind) || found.has(to)) continue;
      found.add(to);
      walk(to);
    }
  };
  walk(start);
  found.delete(start);
  return [...found];
}

/** Each of the texts must be there: a page without its script would be found out by nobody but its visitors. */
function replaced(text, pairs) {
  return Object.entries(pairs).reduce((html, [from, to]) => {
    if (!html.includes(from)) throw new Error(`a page of www/ has no ${from}`);
    return html.replaceAll(from, to);
  }, text);
}

const shortHash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();

if (isMain(import.meta.url)) {
  await task(async () => {
    await setUp();
    await pack();
    await buildPage();
  });
}
