// Modules as they travel in the entries, and the small ones that make modules of that again (src/carrier).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { root, target, toolEnvironment, wasmTarget, www } from "./places.mjs";
import { Failure, run } from "./run.mjs";

/** The crate of the small modules. */
export const carrierCrate = join(root, "src", "carrier");
const manifest = join(carrierCrate, "Cargo.toml");

/** What that crate must be told: any numbers and any file will do to look at it. */
const told = ({ length = 0, others = 0, file = manifest }) => ({ CARRIED_LENGTH: String(length), CARRIED_OTHERS: String(others), CARRIED: file });

/** How cargo looks at each of its two forms. */
export const carrierForms = ["letters", "deflated"].map((feature) => ({
  args: ["--manifest-path", manifest, "--features", feature, "--locked"],
  env: { ...told({}), CARGO_TARGET_DIR: join(target, "carriers") },
}));

const LOWEST = 0x20;
const OTHER = "~";
/** Without those that a literal of JavaScript would escape. */
const LETTERS = Array.from({ length: OTHER.charCodeAt() - LOWEST }, (_, at) => String.fromCharCode(LOWEST + at)).filter((letter) => !'"\\'.includes(letter));
const MEANINGS = 96;
const AT_ONCE = 16;

const digits = (byte) => String.fromCharCode(65 + (byte >> 4), 65 + (byte & 15));

/** `wasm` as a text with one letter for each byte, and the bytes of the module that reads it. */
export async function inLetters(name, wasm) {
  const count = new Array(256).fill(0);
  for (const byte of wasm) count[byte]++;
  const frequent = count.map((_, byte) => byte).sort((a, b) => count[b] - count[a] || a - b).slice(0, LETTERS.length);
  const letterOf = new Map(frequent.map((byte, at) => [byte, LETTERS[at]]));
  const meanings = new Array(MEANINGS).fill(0);
  for (const [byte, letter] of letterOf) meanings[letter.charCodeAt() - LOWEST] = byte;
  const letters = Array.from(wasm, (byte) => letterOf.get(byte) ?? OTHER).join("");
  const others = Array.from(wasm).filter((byte) => !letterOf.has(byte));
  const padded = letters.padEnd(Math.ceil(letters.length / AT_ONCE) * AT_ONCE);
  const text = padded + [...meanings, ...others].map(digits).join("");
  const reader = await carrier(name, "letters", { length: wasm.length, others: others.length });
  if (!wasm.equals(carried(reader, text))) throw new Failure(`src/carrier does not read the letters of ${name}`);
  return { text, reader };
}

/** The bytes of a module that carries `wasm`, deflated. */
export async function deflated(name, wasm) {
  const file = join(folderOf(name), "inside");
  // It reads in words of eight bytes.
  writeFileSync(file, Buffer.concat([deflateRawSync(wasm, { level: 9, memLevel: 9 }), Buffer.alloc(8)]));
  const bytes = await carrier(name, "deflated", { length: wasm.length, file });
  if (!wasm.equals(carried(bytes))) throw new Failure(`src/carrier does not unpack ${name}`);
  return bytes;
}

function folderOf(name) {
  const folder = join(target, "carriers", name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The bytes of a small module, as small and fast as they get. */
async function carrier(name, feature, about) {
  const folder = folderOf(name);
  const env = { ...toolEnvironment(), CARGO_TARGET_DIR: folder, ...told(about) };
  // From the root, where .cargo/config.toml allows SIMD.
  // Beside those flags: a small stack, so that not a megabyte of memory is taken for a millisecond.
  const flags = `target.${wasmTarget}.rustflags = ["-C", "link-arg=-zstack-size=4096"]`;
  await run("cargo", ["build", "--manifest-path", manifest, "--features", feature, "--release", "--locked", "--target", wasmTarget, "--config", flags], { cwd: root, env, quiet: true });
  const small = join(folder, "small.wasm");
  const options = ["-O3", "--all-features", "--strip-debug", "--strip-producers", "--strip-target-features"];
  const built = join(folder, wasmTarget, "release", "carrier.wasm");
  await run(process.execPath, [join(www, "node_modules", "binaryen", "bin", "wasm-opt"), ...options, built, "-o", small], { quiet: true });
  return readFileSync(small);
}

/** What a small module makes of what is in it, or of a text. */
function carried(bytes, letters = "") {
  const { memory, text, unpack, length } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  if (text) new TextEncoder().encodeInto(letters, new Uint8Array(memory.buffer, text()));
  return Buffer.from(memory.buffer, unpack(), length());
}
