// Where things are, and which versions of the tools we use. Everything here is read from the files that decide it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const www = join(root, "www");
export const pkg = join(root, "pkg");
export const dist = join(www, "dist");
/** Everything that is built and never shipped. */
export const target = join(root, "target");
/** What wasm-pack leaves: the module and its JavaScript glue. */
export const glue = join(target, "wasm-pack");

/** The engine of the page: `slim` around one module, and that module. */
export const pageEngine = join(target, "page-engine.mjs");
export const pageModule = join(target, "page-engine.wasm");

const onWindows = process.platform === "win32";
export const exe = onWindows ? ".exe" : "";

/** Tools that set-up installs, away from the repository so that a fresh clone finds them again. */
export const tools = join(
  onWindows
    ? (process.env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"))
    : (process.env.XDG_CACHE_HOME || join(homedir(), ".cache")),
  "eventbridge-rules-tools",
);

const cargoToml = readFileSync(join(root, "Cargo.toml"), "utf8");

function fromCargoToml(pattern, what) {
  const found = pattern.exec(cargoToml);
  if (!found) throw new Error(`Cargo.toml has no ${what}`);
  return found[1];
}

export const version = fromCargoToml(/^version = "([^"]+)"/m, "version");
export const rustVersion = fromCargoToml(/^rust-version = "([^"]+)"/m, "rust-version");
/** The command that writes the glue must be exactly as old as the library in the module. */
export const wasmBindgenVersion = fromCargoToml(/^wasm-bindgen = "=([\d.]+)"/m, "wasm-bindgen dependency pinned with =");
export const wasmPackVersion = "0.15.1";
export const wasmTarget = "wasm32-unknown-unknown";

/** The environment in which our own tools come first on the PATH. */
export function toolEnvironment() {
  const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const path = [join(tools, "bin"), join(www, "node_modules", ".bin"), process.env[pathKey]].join(delimiter);
  return { ...process.env, [pathKey]: path };
}

/** A package that is there only after set-up, and not where Node looks from here. */
export const installed = (name) => import(pathToFileURL(createRequire(join(www, "package.json")).resolve(name)).href);
