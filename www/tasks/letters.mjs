// A module made a text with one letter for each byte, and the small module that reads such a text (src/letters/lib.rs).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { optimized, unpacked } from "./packed.mjs";
import { root, target, toolEnvironment, wasmTarget } from "./places.mjs";
import { Failure, run } from "./run.mjs";

/** The folder of the crate that reads letters. */
export const readerCrate = join(root, "src", "letters");

/** What that crate must be told about the text. */
export const spelling = (length, others) => ({ LETTERS_LENGTH: String(length), LETTERS_OTHERS: String(others) });

const LOWEST = 0x20;
const OTHER = "~";
/** Without those that a literal of JavaScript would escape. */
const LETTERS = Array.from({ length: OTHER.charCodeAt() - LOWEST }, (_, at) => String.fromCharCode(LOWEST + at)).filter((letter) => !'"\\'.includes(letter));
const MEANINGS = 96;
const AT_ONCE = 16;

const digits = (byte) => String.fromCharCode(65 + (byte >> 4), 65 + (byte & 15));

/** The text of `wasm`, and the bytes of the module that reads it. */
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
  const bytes = await builtReader(name, wasm.length, others.length);
  if (!wasm.equals(unpacked(bytes, text))) throw new Failure(`src/letters does not read ${name}.wasm`);
  return { text, reader: bytes };
}

async function builtReader(name, length, others) {
  const folder = join(target, "letters", name);
  mkdirSync(folder, { recursive: true });
  const env = { ...toolEnvironment(), CARGO_TARGET_DIR: folder, ...spelling(length, others) };
  // From the root, where .cargo/config.toml allows SIMD.
  await run("cargo", ["build", "--manifest-path", join(readerCrate, "Cargo.toml"), "--release", "--locked", "--target", wasmTarget], { cwd: root, env, quiet: true });
  return optimized(join(folder, wasmTarget, "release", "letters.wasm"), join(folder, "small.wasm"));
}
