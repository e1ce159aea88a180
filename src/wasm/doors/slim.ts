/** The entry for those who load the module themselves: the same names, without the bytes. */

import { isModule, isCompiled, useModule, setModuleSource } from "../engine.js";

export * from "../api.js";
export { EventError, PatternError, TransformError, UndeliverableError } from "../errors.js";
export type * from "../types.js";

setModuleSource(() => {
  throw new Error("eventbridge-rules/slim has no module yet: call `await init(source)` first");
});

/** What can be the module: its address, an answer of `fetch`, its bytes, or a compiled `WebAssembly.Module`. */
export type ModuleSource = string | URL | Response | BufferSource | WebAssembly.Module;

/**
 * Loads and compiles the module (`eventbridge-rules/core.wasm`). Needed once before anything else of this entry; may be
 * called repeatedly.
 *
 * @example
 * ```js
 * import { EventPattern, init } from "eventbridge-rules/slim";
 *
 * await init(new URL("core.wasm", document.baseURI));
 * new EventPattern({ source: ["aws.s3"] });
 * ```
 */
export async function init(source: ModuleSource | Promise<ModuleSource>): Promise<void> {
  if (isCompiled()) return;
  const given = await source;
  if (isModule(given)) useModule(given as WebAssembly.Module);
  else if (typeof given === "string" || given instanceof URL) useModule(await compileResponse(await fetch(given)));
  else if (typeof given === "object" && given !== null && "arrayBuffer" in given) useModule(await compileResponse(given));
  else useModule(await WebAssembly.compile(given as BufferSource));
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`the module could not be loaded: ${response.status} ${response.statusText} for ${response.url}`);
  // Compiles while it loads, where the server names the type right.
  if (response.headers.get("content-type")?.startsWith("application/wasm") && "compileStreaming" in WebAssembly) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
