/** The entry for everyone: the modules travel with it as base64, and each is compiled when it is first needed. */

import authoring from "#authoring.wasm";
import core from "#core.wasm";
import { isAuthoringCompiled, setAuthoringSource, useAuthoringModule } from "../author.js";
import { bytesOf } from "../base64.js";
import { isCompiled, setModuleSource, useModule } from "../engine.js";

export { type PatternOptions, RuleSet, testEventPattern } from "../api.js";
export * from "../authoring.js";
export { EventError, PatternError, TransformError, UndeliverableError } from "../errors.js";
export type * from "../types.js";

setModuleSource(() => bytesOf(core));
setAuthoringSource(() => bytesOf(authoring()));

/**
 * Compiles the modules ahead of their first use. Never necessary in Node, Bun and Deno; useful in browsers, which then
 * compile off the main thread, and necessary in the few that refuse to compile synchronously. May be called repeatedly.
 *
 * @example
 * ```js
 * import { init } from "eventbridge-rules";
 *
 * await init();
 * ```
 */
export async function init(): Promise<void> {
  await Promise.all([
    isCompiled() || WebAssembly.compile(bytesOf(core)).then(useModule),
    isAuthoringCompiled() || WebAssembly.compile(bytesOf(authoring())).then(useAuthoringModule),
  ]);
}
