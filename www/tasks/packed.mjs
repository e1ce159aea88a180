// A module made small for the entries in which it travels as text: inside another one, which unpacks it (src/unpack/lib.rs).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { root, target, toolEnvironment, wasmTarget, www } from "./places.mjs";
import { Failure, run } from "./run.mjs";

/** The folder of the crate that unpacks. */
export const unpacker = join(root, "src", "unpack");

/** What that crate must be told about what it carries. */
export const carrying = (file, length) => ({ PACKED: file, UNPACKED_LENGTH: String(length) });

/** The bytes of the module that carries `wasm`. */
export async function packed(name, wasm) {
  const folder = join(target, "packed", name);
  mkdirSync(folder, { recursive: true });
  const inside = join(folder, "inside");
  // It reads in words of eight bytes.
  writeFileSync(inside, Buffer.concat([deflateRawSync(wasm, { level: 9, memLevel: 9 }), Buffer.alloc(8)]));
  const env = { ...toolEnvironment(), CARGO_TARGET_DIR: folder, ...carrying(inside, wasm.length) };
  await run("cargo", ["build", "--manifest-path", join(unpacker, "Cargo.toml"), "--release", "--locked", "--target", wasmTarget], { cwd: root, env, quiet: true });
  const bytes = await optimized(join(folder, wasmTarget, "release", "unpack.wasm"), join(folder, "small.wasm"));
  if (!wasm.equals(unpacked(bytes))) throw new Failure(`src/unpack does not unpack ${name}.wasm`);
  return bytes;
}

/** The bytes of a small module, as small and fast as they get. */
export async function optimized(built, small) {
  const options = ["-O3", "--all-features", "--strip-debug", "--strip-producers", "--strip-target-features"];
  await run(process.execPath, [join(www, "node_modules", "binaryen", "bin", "wasm-opt"), ...options, built, "-o", small], { quiet: true });
  return readFileSync(small);
}

/** What a small module makes of what is in it, or of a text. */
export function unpacked(bytes, letters = "") {
  const { memory, text, unpack, length } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  if (text) new TextEncoder().encodeInto(letters, new Uint8Array(memory.buffer, text()));
  return Buffer.from(memory.buffer, unpack(), length());
}
