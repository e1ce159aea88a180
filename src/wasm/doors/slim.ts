/** The entry for those who load the modules themselves: the same names, without the bytes. */

import { isAuthoringCompiled, setAuthoringSource, useAuthoringModule } from "../author.js";
import { isModule, isCompiled, useModule, setModuleSource } from "../engine.js";

export { type PatternOptions, RuleSet, testEventPattern } from "../api.js";
export * from "../authoring.js";
export { EventError, PatternError, TransformError, UndeliverableError } from "../errors.js";
export type * from "../types.js";

setModuleSource(() => {
  throw new Error("eventbridge-rules/slim has no module yet: call `await init(core)` first");
});
setAuthoringSource(() => {
  throw new Error("eventbridge-rules/slim has no module for explanations and lints yet: call `await init(core, authoring)` first");
});

/** What can be the module: its address, an answer of `fetch`, its bytes, or a compiled `WebAssembly.Module`. */
export type ModuleSource = string | URL | Response | BufferSource | WebAssembly.Module;

/**
 * Loads and compiles the modules: `eventbridge-rules/core.wasm`, needed once before anything else of this entry, and
 * `eventbridge-rules/authoring.wasm`, needed only for explanations, lints and `describeCode`. May be called repeatedly,
 * also for one after the other.
 *
 * @example
 * ```js
 * import { EventPattern, init } from "eventbridge-rules/slim";
 *
 * await init(new URL("core.wasm", document.baseURI), new URL("authoring.wasm", document.baseURI));
 * new EventPattern({ source: ["aws.s3"] });
 * ```
 */
export async function init(core: ModuleSource | Promise<ModuleSource>, authoring?: ModuleSource | Promise<ModuleSource>): Promise<void> {
  await Promise.all([
    isCompiled() || compiled(core).then(useModule),
    authoring === undefined || isAuthoringCompiled() || compiled(authoring).then(useAuthoringModule),
  ]);
}

async function compiled(source: ModuleSource | Promise<ModuleSource>): Promise<WebAssembly.Module> {
  const given = await source;
  if (isModule(given)) return given as WebAssembly.Module;
  if (typeof given === "string" || given instanceof URL) return compileResponse(await fetch(given));
  if (typeof given === "object" && given !== null && "arrayBuffer" in given) return compileResponse(given);
  return WebAssembly.compile(given as BufferSource);
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`the module could not be loaded: ${response.status} ${response.statusText} for ${response.url}`);
  // Compiles while it loads, where the server names the type right.
  if (response.headers.get("content-type")?.startsWith("application/wasm") && "compileStreaming" in WebAssembly) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
