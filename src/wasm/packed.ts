/**
 * The modules as they travel in the package: what is needed at once in letters, all else deflated, and the small
 * modules that make modules of that (`src/carrier`).
 */

import { letters, reader } from "#core.first.wasm";
import rest from "#core.rest.wasm";
import { bytesOf } from "./base64.js";
import { compile, encoder, isCompiled, isRestCompiled, setModuleSource, useModule, useRest } from "./engine.js";

/** What a small module offers. */
interface Carrier {
  memory: WebAssembly.Memory;
  /** Where the letters go; of one that reads some. */
  text?(): number;
  unpack(): number;
  length(): number;
}

/** The bytes of a module, here and now. `letters` for a small module that reads them. */
export function unpacked(base64: string, letters?: string): Uint8Array<ArrayBuffer> {
  // Before `WebAssembly` is looked for, which is missing in some places: `compile` says so.
  const carrier = compile(bytesOf(base64));
  return taken(new WebAssembly.Instance(carrier), letters);
}

/** A module, compiled off the main thread where the engine can. */
export async function compiled(base64: string, letters?: string): Promise<WebAssembly.Module> {
  const { instance } = await WebAssembly.instantiate(bytesOf(base64));
  return WebAssembly.compile(taken(instance, letters));
}

function taken({ exports }: WebAssembly.Instance, letters?: string): Uint8Array<ArrayBuffer> {
  const { memory, text, unpack, length } = exports as unknown as Carrier;
  const buffer = memory.buffer as ArrayBuffer;
  if (letters !== undefined) encoder.encodeInto(letters, new Uint8Array(buffer, (text as () => number)()));
  return new Uint8Array(buffer, unpack(), length());
}

/** The core comes from here. */
export const setCoreSource = (): void => setModuleSource(() => unpacked(reader, letters), () => unpacked(rest));

/** Compiles the core ahead of its first use. */
export async function compileCore(): Promise<void> {
  await Promise.all([isCompiled() || compiled(reader, letters).then(useModule), isRestCompiled() || compiled(rest).then(useRest)]);
}
