// Makes a machine with git, Rust (rustup) and Node ready: what we can install we install, into a folder of our own;
// what only its owner can install is named together with the command. Uses nothing but Node's own modules.
import { existsSync, readFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { exe, rustVersion, toolEnvironment, tools, wasmBindgenVersion, wasmPackVersion, wasmTarget, www } from "./places.mjs";
import { ask, Failure, npm, run, say } from "./run.mjs";
import { contentOf, isFresh, setStamp } from "./stamp.mjs";

/** Checks everything and installs what is missing. Silent about what is already there, except for one line. */
export async function setUp({ components = [] } = {}) {
  const started = Date.now();
  checkNode();
  checkRust();
  await addWasmTarget();
  await addComponents(components);
  checkLinker();
  await installTool("wasm-bindgen-cli", "wasm-bindgen", wasmBindgenVersion, ["--no-default-features"]);
  await installTool("wasm-pack", "wasm-pack", wasmPackVersion, []);
  await installNodeModules();
  checkWasmOpt();
  say(`set-up: ready (${((Date.now() - started) / 1000).toFixed(1)} s; tools in ${tools})`);
}

const older = (version, wanted) => {
  const [a, b] = [version, wanted].map((text) => text.split(".").map(Number));
  return a[0] !== b[0] ? a[0] < b[0] : a[1] < b[1];
};

function checkNode() {
  if (older(process.versions.node, "20.0")) {
    throw new Failure(`Node ${process.versions.node} is too old; Node 20 or newer is needed: https://nodejs.org/en/download`);
  }
}

function checkRust() {
  const found = ask("rustc", ["--version"]);
  if (!found || !ask("cargo", ["--version"])) {
    const command =
      process.platform === "win32"
        ? "winget install Rustlang.Rustup"
        : "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh";
    throw new Failure(`Rust is not installed (no rustc or cargo on the PATH); install it with\n\n    ${command}\n`);
  }
  const version = found.split(" ")[1];
  if (older(version, rustVersion)) {
    throw new Failure(`Rust ${version} is too old; ${rustVersion} or newer is needed:\n\n    rustup update stable\n`);
  }
}

async function addWasmTarget() {
  const folder = ask("rustc", ["--print", "target-libdir", "--target", wasmTarget]);
  if (folder && existsSync(folder)) return;
  requireRustup(`the target ${wasmTarget}`);
  say(`set-up: adding Rust's target ${wasmTarget}`);
  await run("rustup", ["target", "add", wasmTarget]);
}

async function addComponents(components) {
  for (const [component, command] of components) {
    if (ask("cargo", [command, "--version"])) continue;
    requireRustup(`the component ${component}`);
    say(`set-up: adding Rust's component ${component}`);
    await run("rustup", ["component", "add", component]);
  }
}

function requireRustup(what) {
  if (ask("rustup", ["--version"])) return;
  throw new Failure(
    `this Rust lacks ${what} and was not installed by rustup; add it the way Rust was installed, or use https://rustup.rs`,
  );
}

function checkLinker() {
  if (process.platform === "win32") return; // rustup installs or names the Visual Studio build tools itself
  if (ask("cc", ["--version"])) return;
  const command = process.platform === "darwin" ? "xcode-select --install" : "sudo apt-get install build-essential";
  throw new Failure(`no C linker (cc) on the PATH; Rust needs one to build programs:\n\n    ${command}\n`);
}

/**
 * Installs a program of crates.io unless the PATH already has it in the wanted version. Built without optimisation,
 * which takes a third of the time; the setting reaches only this one child, never the build of our own crate.
 */
async function installTool(crate, program, version, options) {
  const env = toolEnvironment();
  if (ask(program, ["--version"], { env })?.split(" ")[1] === version) return;
  say(`set-up: installing ${crate} ${version} into ${tools} (once, about a minute on ${cpus().length} cores)`);
  const { CARGO_TARGET_DIR: _, ...rest } = process.env;
  await run("cargo", ["install", crate, "--version", version, "--locked", "--force", "--root", tools, ...options], {
    cwd: tmpdir(),
    env: { ...rest, CARGO_PROFILE_RELEASE_OPT_LEVEL: "0", CARGO_PROFILE_RELEASE_LTO: "off", CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16" },
  });
  const installed = ask(join(tools, "bin", program + exe), ["--version"]);
  if (installed?.split(" ")[1] !== version) throw new Failure(`${crate} ${version} was installed but answers "${installed}"`);
}

async function installNodeModules() {
  const content = contentOf([join(www, "package.json"), join(www, "package-lock.json")]);
  const stamp = join(www, "node_modules", ".installed");
  if (isFresh(stamp, content)) return;
  say("set-up: installing the npm packages of www/package-lock.json");
  // No package of ours needs an install script; npm 11 would warn about the one that has one.
  await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: www });
  setStamp(stamp, content);
}

/** wasm-pack leaves a module unoptimised, without a word, when it does not find wasm-opt. */
function checkWasmOpt() {
  const wanted = JSON.parse(readFileSync(join(www, "package.json"), "utf8")).devDependencies.binaryen.split(".")[0];
  const script = join(www, "node_modules", "binaryen", "bin", "wasm-opt");
  const found = ask(process.execPath, [script, "--version"]);
  if (!found?.includes(wanted)) throw new Failure(`wasm-opt of binaryen ${wanted} answers "${found}"; remove www/node_modules and run again`);
}
