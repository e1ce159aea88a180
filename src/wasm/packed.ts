/** The modules as they travel in the package: as text, inside a small module that unpacks them (`src/unpack/lib.rs`). */

import first from "#core.first.wasm";
import rest from "#core.rest.wasm";
import { bytesOf } from "./base64.js";
import { compile, isCompiled, isRestCompiled, setModuleSource, useModule, useRest } from "./engine.js";

/** What the small module offers. */
interface Carrier {
  memory: WebAssembly.Memory;
  unpack(): number;
  length(): number;
}

/** The bytes of a module, here and now. */
export function unpacked(base64: string): Uint8Array<ArrayBuffer> {
  return taken(new WebAssembly.Instance(compile(bytesOf(base64))));
}

/** A module, compiled off the main thread where the engine can. */
export async function compiled(base64: string): Promise<WebAssembly.Module> {
  const { instance } = await WebAssembly.instantiate(bytesOf(base64));
  return WebAssembly.compile(taken(instance));
}

function taken({ exports }: WebAssembly.Instance): Uint8Array<ArrayBuffer> {
  const { memory, unpack, length } = exports as unknown as Carrier;
  return new Uint8Array(memory.buffer as ArrayBuffer, unpack(), length());
}

/** The core comes from here. */
export const setCoreSource = (): void => setModuleSource(() => unpacked(first), () => unpacked(rest));

/** Compiles the core ahead of its first use. */
export async function compileCore(): Promise<void> {
  await Promise.all([isCompiled() || compiled(first).then(useModule), isRestCompiled() || compiled(rest).then(useRest)]);
}
