/** The entry for production: matching and transforming, without explanations. One module, as base64. */

import core from "#core.wasm";
import { bytesOf } from "../base64.js";
import { isCompiled, setModuleSource, useModule } from "../engine.js";

export { EventPattern, type PatternOptions, RuleSet, TargetInput, testEventPattern } from "../api.js";
export { EventError, PatternError, TransformError, UndeliverableError } from "../errors.js";
export type * from "../types.js";

setModuleSource(() => bytesOf(core));

/**
 * Compiles the module ahead of its first use. Never necessary in Node, Bun and Deno; useful in browsers, which then
 * compile off the main thread, and necessary in the few that refuse to compile synchronously. May be called repeatedly.
 *
 * @example
 * ```js
 * import { init } from "eventbridge-rules/match";
 *
 * await init();
 * ```
 */
export async function init(): Promise<void> {
  if (!isCompiled()) useModule(await WebAssembly.compile(bytesOf(core)));
}
