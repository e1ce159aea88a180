// Builds the npm package into pkg/: Rust -> WebAssembly (wasm-pack, wasm-opt) -> one entry per kind of user (esbuild)
// -> declarations (tsc). Each half is skipped when nothing that it is made of has changed.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { glue, pkg, root, target, toolEnvironment, version, www } from "./places.mjs";
import { Failure, isMain, run, say, sizeLine, task } from "./run.mjs";
import { setUp } from "./setup.mjs";
import { contentOf, filesOf, isFresh, setStamp } from "./stamp.mjs";

const source = join(root, "src", "wasm");
const declarations = join(target, "declarations");
const wasm = join(glue, "core_bg.wasm");

/** Leaves the ready package in pkg/. Set-up must have run. */
export async function pack({ force = false } = {}) {
  await buildModule(force);
  await buildPackage(force);
}

/** Rust -> core_bg.wasm and its glue core.js. */
async function buildModule(force) {
  const rust = filesOf([join(root, "src")]).filter((file) => !file.startsWith(source + sep) || file.endsWith(".rs"));
  const settings = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml"].map((name) => join(root, name));
  const content = () => contentOf([...rust, ...settings].filter(existsSync));
  const stamp = join(glue, ".stamp");
  if (!force && isFresh(stamp, content())) return say("pack: the module is up to date");
  say("pack: compiling Rust to WebAssembly");
  rmSync(stamp, { force: true });
  const options = ["--target", "web", "--mode", "no-install", "--no-pack", "--out-dir", glue, "--out-name", "core"];
  const { output } = await run("wasm-pack", ["build", root, ...options], { env: toolEnvironment() });
  if (!output.includes("found wasm-opt")) throw new Failure("wasm-pack did not use wasm-opt; the module would be a third larger");
  // The glue names the shapes of types.ts.
  const types = join(glue, "core.d.ts");
  const shapes = "import type { CodeDescription, Diagnostic, Explanation, TargetInputSettings, TransformExplanation } from \"../../src/wasm/types.js\";\n";
  writeFileSync(types, shapes + readFileSync(types, "utf8"));
  setStamp(stamp, content());
}

/** Glue + api.ts -> pkg/. */
async function buildPackage(force) {
  const written = ["pkg.json", "README.md", "LICENSE"].map((name) => join(root, name)).filter(existsSync);
  const files = [...filesOf([join(www, "tasks"), source]), ...written, wasm, join(glue, "core.js"), join(www, "package-lock.json")];
  const content = contentOf(files, version);
  const stamp = join(target, "pkg.stamp");
  if (!force && existsSync(join(pkg, "package.json")) && isFresh(stamp, content)) return say("pack: pkg/ is up to date");
  say("pack: bundling the package");
  rmSync(stamp, { force: true });
  rmSync(pkg, { recursive: true, force: true });
  mkdirSync(pkg, { recursive: true });
  await Promise.all([bundle(), declare()]);
  copyFileSync(wasm, join(pkg, "core.wasm"));
  for (const name of ["README.md", "LICENSE"]) if (existsSync(join(root, name))) cpSync(join(root, name), join(pkg, name));
  writeManifest();
  setStamp(stamp, content);
  for (const name of ["core.wasm", "index.mjs", "index.cjs", "slim.mjs", "slim.cjs", "workerd.mjs"]) say(sizeLine(name, readFileSync(join(pkg, name))));
}

function writeManifest() {
  const { name, ...rest } = JSON.parse(readFileSync(join(root, "pkg.json"), "utf8"));
  writeFileSync(join(pkg, "package.json"), `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`);
}

/** esbuild is there only after set-up, and not where Node looks from here. */
export function esbuild() {
  const require = createRequire(join(www, "package.json"));
  return import(pathToFileURL(require.resolve("esbuild")).href).then((module) => module.default);
}

async function bundle() {
  const { build } = await esbuild();
  const doors = [
    { entry: "index", format: "esm", out: "index.mjs" },
    { entry: "index", format: "cjs", out: "index.cjs" },
    { entry: "slim", format: "esm", out: "slim.mjs" },
    { entry: "slim", format: "cjs", out: "slim.cjs" },
    { entry: "workerd", format: "esm", out: "workerd.mjs" },
  ];
  await Promise.all(
    doors.map(({ entry, format, out }) =>
      build({
        entryPoints: [join(source, "doors", `${entry}.ts`)],
        outfile: join(pkg, out),
        bundle: true,
        format,
        platform: "neutral",
        target: "es2022",
        charset: "utf8",
        legalComments: "none",
        // Classes keep their names although their own bodies mention them: people see them in the console.
        keepNames: true,
        // The glue's own loader mentions import.meta; it is not part of the bundle (tests/js/package.test.mjs looks).
        logOverride: { "empty-import-meta": "silent" },
        logLevel: "warning",
        tsconfigRaw: { compilerOptions: { target: "es2022", useDefineForClassFields: true } },
        inject: [join(source, "text-codec.ts")],
        plugins: [moduleNames],
      }),
    ),
  );
}

/** What stands behind `#core` (the glue), `#core.wasm` (its bytes as base64), `#core.module` (the module, compiled). */
const moduleNames = {
  name: "module-names",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#core$/ }, () => ({ path: join(glue, "core.js"), sideEffects: false }));
    onResolve({ filter: /^#core\.wasm$/ }, () => ({ path: wasm, namespace: "base64" }));
    onResolve({ filter: /^#core\.module$/ }, () => ({ path: "./core.wasm", external: true }));
    onLoad({ filter: /core\.js$/ }, ({ path }) => (path === join(glue, "core.js") ? { contents: restartable(readFileSync(path, "utf8")), loader: "js" } : undefined));
    onLoad({ filter: /.*/, namespace: "base64" }, () => ({ contents: readFileSync(wasm), loader: "base64" }));
  },
};

/**
 * The glue, changed in two points so that engine.ts can start a second instance after a call that did not come back:
 * `initSync` does so, and the glue frees nothing by itself, for it would free things of the first instance in the second.
 */
function restartable(script) {
  return [
    [/(function initSync\(module\) \{\s*)if \(wasm !== undefined\) return wasm;/, "$1"],
    [/typeof FinalizationRegistry === 'undefined'/g, "true"],
  ].reduce((text, [pattern, replacement]) => {
    if (text.search(pattern) < 0) throw new Failure(`the glue of this wasm-bindgen has no ${pattern}`);
    return text.replace(pattern, replacement);
  }, script);
}

/** One self-contained declaration file per entry, for ES modules and for CommonJS. */
async function declare() {
  rmSync(declarations, { recursive: true, force: true });
  const tsc = join(www, "node_modules", "typescript", "bin", "tsc");
  await run(process.execPath, [tsc, "-p", join(www, "tsconfig.package.json"), "--outDir", declarations], { quiet: true });
  const everywhere = rollUp(["types", "errors", "api"]);
  const index = everywhere + rollUp(["doors/index"]);
  const reference = '/// <reference lib="esnext.disposable" />\n\n';
  writeFileSync(join(pkg, "index.d.mts"), reference + index);
  writeFileSync(join(pkg, "index.d.cts"), reference + index);
  const slim = rollUp(["doors/slim"]);
  writeFileSync(join(pkg, "slim.d.mts"), `export * from "./index.mjs";\n\n${slim}`);
  writeFileSync(join(pkg, "slim.d.cts"), `export * from "./index.cjs";\n\n${slim}`);
}

/** The declarations of some files without what ties the files together. */
function rollUp(names) {
  return names
    .map((name) =>
      readFileSync(join(declarations, `${name}.d.ts`), "utf8")
        .replace(/^(import|export) [^;]* from "[^"]*";\n/gm, "")
        .replace(/^export \{\};\n/gm, "")
        .replace(/^\/\*\*(?:(?!\*\/)[^])*?\*\/\n(?=(declare const dispose|$|\/\*\*))/m, "")
        .replace(/^declare const dispose: .*\n/m, "")
        .replaceAll("[dispose]()", "[Symbol.dispose]()")
        .replaceAll(/^export declare /gm, "export declare "),
    )
    .join("\n");
}

if (isMain(import.meta.url)) {
  await task(async () => {
    await setUp();
    await pack({ force: process.argv.includes("--force") });
  });
}
