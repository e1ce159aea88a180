// Builds the npm package into pkg/: Rust -> WebAssembly (wasm-pack, wasm-opt) -> one entry per kind of user (esbuild)
// -> declarations (tsc). Each half is skipped when nothing that it is made of has changed.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve, sep } from "node:path";
import { carrierCrate, deflated, inLetters } from "./carriers.mjs";
import { moduleOfPackage, moduleOfPage } from "./trimmed.mjs";
import { glue, installed, pageEngine, pageModule, pkg, root, target, toolEnvironment, version, www } from "./places.mjs";
import { Failure, isMain, run, say, sizeLine, task } from "./run.mjs";
import { firstCalls, mend } from "./scripts.mjs";
import { setUp } from "./setup.mjs";
import { split } from "./split.mjs";
import { contentOf, filesOf, isFresh, setStamp } from "./stamp.mjs";

const source = join(root, "src", "wasm");
const declarations = join(target, "declarations");

/**
 * The modules: one for production, one for authors (src/wasm/mod.rs). For the core, `s` is a sixth smaller than `3` and
 * as fast.
 */
const modules = [
  { name: "core", profile: "release", cargo: ["--no-default-features", "--features", "npm"], env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: "s" } },
  { name: "authoring", profile: "authoring", cargo: ["--features", "npm"], env: {} },
];
const gluePath = (name) => join(glue, name, `${name}.js`);
const wasmPath = (name) => join(glue, name, `${name}_bg.wasm`);

/** Leaves the ready package in pkg/. Set-up must have run. */
export async function pack({ force = false } = {}) {
  for (const module of modules) await buildModule(module, force);
  await buildPackage(force);
}

/** Rust -> a module and its glue, such as core_bg.wasm and core.js. */
async function buildModule(module, force) {
  const { name, profile, cargo, env } = module;
  const rust = filesOf([join(root, "src")]).filter((file) => (!file.startsWith(source + sep) || file.endsWith(".rs")) && !file.startsWith(carrierCrate + sep));
  const settings = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml"].map((file) => join(root, file));
  const manifest = moduleManifest();
  const content = () => contentOf([...rust, ...settings, ...manifest.files].filter(existsSync), JSON.stringify(module));
  const folder = join(glue, name);
  const stamp = join(folder, ".stamp");
  if (!force && isFresh(stamp, content())) return say(`pack: the module ${name} is up to date`);
  say(`pack: compiling Rust to WebAssembly, module ${name}`);
  rmSync(stamp, { force: true });
  const options = ["--target", "web", "--mode", "no-install", "--no-pack", "--profile", profile, "--out-dir", folder, "--out-name", name];
  const { output } = await run("wasm-pack", ["build", manifest.folder, ...options, ...cargo], {
    env: { ...toolEnvironment(), CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? target, ...env },
  });
  if (!output.includes("found wasm-opt")) throw new Failure("wasm-pack did not use wasm-opt; the module would be a third larger");
  setStamp(stamp, content());
}

/**
 * A folder with a manifest of the same crate, as a module and nothing else. Of a crate that is a library for Rust as well
 * Cargo makes both at once, and then leaves out the optimisation over all crates (`lto`): a tenth of the module's size.
 */
function moduleManifest() {
  const folder = join(target, "module");
  const manifest = readFileSync(join(root, "Cargo.toml"), "utf8");
  const lib = /^crate-type = \["cdylib", "rlib"\]$/m;
  if (!lib.test(manifest)) throw new Failure("Cargo.toml has no line `crate-type = [\"cdylib\", \"rlib\"]`");
  const withoutTests = manifest.replace(/^\[\[(test|example)\]\]\n(.+\n)+/gm, "");
  const files = [join(folder, "Cargo.toml"), join(folder, ".cargo", "config.toml")];
  mkdirSync(join(folder, ".cargo"), { recursive: true });
  writeFileSync(files[0], withoutTests.replace(lib, 'path = "../../src/lib.rs"\ncrate-type = ["cdylib"]'));
  copyFileSync(join(root, "Cargo.lock"), join(folder, "Cargo.lock"));
  // Added to the flags of .cargo/config.toml: panics name files as they stand in the repository, and no folder of the builder.
  const crates = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry", "src");
  const remap = ["../../=", `${crates}${sep}=`].map((prefix) => `--remap-path-prefix=${prefix}`);
  writeFileSync(files[1], `[target.wasm32-unknown-unknown]\nrustflags = ${JSON.stringify(remap)}\n`);
  return { folder, files };
}

/** Glue + api.ts -> pkg/. */
async function buildPackage(force) {
  const written = ["pkg.json", "README.md", "LICENSE"].map((name) => join(root, name)).filter(existsSync);
  const files = [...filesOf([join(www, "tasks"), source, carrierCrate]), ...written, ...modules.flatMap(({ name }) => [wasmPath(name), gluePath(name)]), join(www, "package-lock.json")];
  const content = contentOf(files, version);
  const stamp = join(target, "pkg.stamp");
  if (!force && existsSync(join(pkg, "package.json")) && isFresh(stamp, content)) return say("pack: pkg/ is up to date");
  say("pack: bundling the package");
  rmSync(stamp, { force: true });
  rmSync(pkg, { recursive: true, force: true });
  mkdirSync(pkg, { recursive: true });
  await bundle(doors.filter((door) => !carriesCore(door)));
  const whole = readFileSync(wasmPath("authoring"));
  const authoringModule = Buffer.from(await moduleOfPackage(whole));
  const core = split("core", readFileSync(wasmPath("core")), join(pkg, "slim.mjs")).then(textsOf);
  const [texts, authoringText] = await Promise.all([core, textOf("authoring", authoringModule)]);
  await Promise.all([bundle(doors.filter(carriesCore), texts), declare()]);
  writeFileSync(pageModule, await moduleOfPage(whole));
  copyFileSync(wasmPath("core"), join(pkg, "core.wasm"));
  writeFileSync(join(pkg, "authoring.wasm"), authoringModule);
  const authoring = JSON.stringify(authoringText);
  // In a function with a body: until it is called, the engine does not even make a string of it. (What an arrow function
  // returns without a body, V8 reads at once.) And with a name: webpack would write one to the function, take that for a
  // second use and copy the text to each.
  const give = `function authoring() {\n  return ${authoring};\n}\n`;
  writeFileSync(join(pkg, "authoring.mjs"), `export default ${give}`);
  writeFileSync(join(pkg, "authoring.cjs"), `module.exports = ${give}`);
  await Promise.all(
    doors.map(async (door) => {
      const path = resolve(pkg, door.out);
      if (!carriesCore(door)) return mend(path);
      await mend(path, await firstCalls(path));
      // Once more, as it is now.
      await firstCalls(path);
    }),
  );
  for (const name of ["README.md", "LICENSE"]) if (existsSync(join(root, name))) cpSync(join(root, name), join(pkg, name));
  writeManifest();
  setStamp(stamp, content);
  for (const name of readdirSync(pkg).filter((name) => /\.(wasm|mjs|cjs)$/.test(name)).sort()) say(sizeLine(name, readFileSync(join(pkg, name))));
}

function writeManifest() {
  const { name, ...rest } = JSON.parse(readFileSync(join(root, "pkg.json"), "utf8"));
  writeFileSync(join(pkg, "package.json"), `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`);
}

export const esbuild = () => installed("esbuild").then((module) => module.default);

/** A module as it travels in scripts, if it may come later. */
const textOf = async (name, wasm) => (await deflated(name, wasm)).toString("base64");

/** The two parts of the core, as scripts: in letters what is read at once, deflated what may come later. */
async function textsOf({ first, rest }) {
  const [{ text, reader }, restText] = await Promise.all([inLetters("core-first", first), textOf("core-rest", rest)]);
  const readerText = reader.toString("base64");
  return {
    "#core.first.wasm": `export const letters = ${JSON.stringify(text)}, reader = ${JSON.stringify(readerText)};`,
    "#core.rest.wasm": `export default ${JSON.stringify(restText)};`,
  };
}

const doors = [
  { entry: "index", format: "esm", out: "index.mjs" },
  { entry: "index", format: "cjs", out: "index.cjs" },
  { entry: "match", format: "esm", out: "match.mjs" },
  { entry: "match", format: "cjs", out: "match.cjs" },
  { entry: "slim", format: "esm", out: "slim.mjs" },
  { entry: "slim", format: "cjs", out: "slim.cjs" },
  { entry: "workerd", format: "esm", out: "workerd.mjs" },
  // The page has one module for everything: fewer bytes to load, and fast enough for eyes.
  { entry: "slim", format: "esm", out: pageEngine, core: "authoring", ofPage: true },
];

const carriesCore = ({ entry }) => entry === "index" || entry === "match";

/** `coreTexts`: for those that carry the core. */
async function bundle(doors, coreTexts) {
  const { build } = await esbuild();
  await Promise.all(
    doors.map(async ({ entry, format, out, core = "core", ofPage = false }) => {
      const { outputFiles } = await build({
        entryPoints: [join(source, "doors", `${entry}.ts`)],
        write: false,
        bundle: true,
        format,
        platform: "neutral",
        target: "es2022",
        charset: "utf8",
        minify: true,
        legalComments: "none",
        // The glue's own loader mentions import.meta; it is not part of the bundle (tests/js/package.test.mjs looks).
        logOverride: { "empty-import-meta": "silent" },
        logLevel: "warning",
        tsconfigRaw: { compilerOptions: { target: "es2022", useDefineForClassFields: true } },
        inject: ofPage ? [] : [join(source, "text-codec.ts")],
        plugins: [moduleNames(format, core, coreTexts), ...(ofPage ? [textsOnly] : [])],
      });
      writeFileSync(resolve(pkg, out), outputFiles[0].text);
    }),
  );
}

/**
 * What stands behind `#core` and `#authoring` (the glue), `#….wasm` (in letters or deflated), `#….module` (the module,
 * compiled). The bytes of `authoring` are a file of their own, which CommonJS reads when it is needed. `core` says which
 * module is the core; each of the two has its own copy of the glue, and so its own instance.
 */
const moduleNames = (format, core, coreTexts) => ({
  name: "module-names",
  setup({ onResolve, onLoad }) {
    const load = ({ path }) => ({ contents: changedGlue(readFileSync(path, "utf8")), loader: "js" });
    onResolve({ filter: /^#core$/ }, () => ({ path: gluePath(core), namespace: "glue", sideEffects: false }));
    onResolve({ filter: /^#authoring$/ }, () => ({ path: gluePath("authoring"), namespace: "glue-of-authoring", sideEffects: false }));
    onResolve({ filter: /^#(core\.first|core\.rest|authoring)\.wasm$/ }, ({ path }) => ({ path, namespace: "bytes" }));
    onResolve({ filter: /^#(core|authoring)\.module$/ }, ({ path }) => ({ path: `./${path.slice(1, -7)}.wasm`, external: true }));
    onResolve({ filter: /^\.\/authoring\.[cm]js$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: "glue" }, load);
    onLoad({ filter: /.*/, namespace: "glue-of-authoring" }, load);
    onLoad({ filter: /core/, namespace: "bytes" }, ({ path }) => ({ contents: coreTexts[path], loader: "js" }));
    onLoad({ filter: /authoring/, namespace: "bytes" }, () => ({
      contents: format === "cjs" ? 'export default () => require("./authoring.cjs")();' : 'export { default } from "./authoring.mjs";',
      loader: "js",
    }));
  },
});

/** Without the reading of parsed events. */
const textsOnly = {
  name: "texts-only",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/objects\.js$/ }, () => ({ path: join(source, "texts-only.ts") }));
  },
};

/**
 * The glue, changed where engine.ts needs more of it:
 * - `initSync(module, rest)` starts a second instance after a call that did not come back, and the glue frees nothing by
 *   itself, for it would free things of the first instance in the second.
 * - It gives the module an import more, `rest.load`: an instance of what `rest()` returns, on the exports of this one. Only
 *   a module that is the first part of one calls it (split.mjs).
 * - The module may be of another realm; engine.ts has looked at it.
 * And where new processes wait for it:
 * - The decoder is made when the first text comes out, which most processes never see.
 * - Functions that may throw have as many parameters as they are given: V8 makes one wrapper for all imports alike.
 * Its classes, which nobody sees, are not made for `using`: so a bundle can leave out those that it does not use.
 */
function changedGlue(script) {
  const [before, start, after] = script.split(/(?=(?<=\n)function initSync\()|(?=(?<=\n)async function __wbg_init\()/);
  const isOther = (what) => new Failure(`the glue of this wasm-bindgen is another one: it has no \`${what}\``);
  const changed = (text, changes) =>
    changes.reduce((text, [from, to]) => {
      if (from instanceof RegExp ? !from.test(text) : !text.includes(from)) throw isOther(from);
      return text.replaceAll(from, to);
    }, text);
  const makeDecoder = /(?<==) new TextDecoder\(.*\);\ncachedTextDecoder\.decode\(\);$/gm;
  const changedBefore = changed(before, [
    [/^ *\w+Finalization\.(un)?register\(.*\);\n/gm, ""],
    [/^const \w+Finalization = \(typeof FinalizationRegistry === 'undefined'\)\n.*\n.*;\n/gm, ""],
    [makeDecoder, " undefined;"],
    ["if (numBytesDecoded >=", "if (cachedTextDecoder === undefined || numBytesDecoded >="],
    [/function\(\) \{ return handleError\(function \((.*?)\)/g, "function($1) { return handleError(function ($1)"],
  ]);
  if (changedBefore.includes("Finalization")) throw new Failure("the glue of this wasm-bindgen registers in another way");
  const imports = "const imports = __wbg_get_imports();";
  const load = "() => void new WebAssembly.Instance(rest(), { ...imports, first: instance.exports })";
  const changedStart = changed(start, [
    ["initSync(module)", "initSync(module, rest)"],
    ["if (wasm !== undefined) return wasm;", ""],
    ["!(module instanceof WebAssembly.Module)", "false"],
    [imports, `${imports} imports.rest = { load: ${load} };`],
  ]);
  return (changedBefore + changedStart + after).replaceAll(/^if \(Symbol\.dispose\) .*$/gm, "");
}

/** One self-contained declaration file per entry, for ES modules and for CommonJS. */
async function declare() {
  rmSync(declarations, { recursive: true, force: true });
  const tsc = join(www, "node_modules", "typescript", "bin", "tsc");
  await run(process.execPath, [tsc, "-p", join(www, "tsconfig.package.json"), "--outDir", declarations], { quiet: true });
  const reference = '/// <reference lib="esnext.disposable" />\n\n';
  const match = reference + rollUp(["types", "errors", "api", "doors/match"]);
  const names = [...rollUp(["types"]).matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name).join(", ");
  for (const [script, declaration] of [["mjs", "d.mts"], ["cjs", "d.cts"]]) {
    const from = `from "./match.${script}";\n`;
    const base = `import { EventPattern as MatchingPattern, TargetInput as ApplyingInput } ${from}import type { ${names} } ${from}`;
    writeFileSync(join(pkg, `match.${declaration}`), match);
    writeFileSync(join(pkg, `index.${declaration}`), `${base}export * ${from}\n${rollUp(["authoring", "doors/index"])}`);
    writeFileSync(join(pkg, `slim.${declaration}`), `export * from "./index.${script}";\n\n${rollUp(["doors/slim"])}`);
  }
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
