/** The entry for everyone: the modules travel with it, and each is compiled when it is first needed. */

import authoring from "#authoring.wasm";
import { isAuthoringCompiled, setAuthoringSource, useAuthoringModule } from "../author.js";
import { compileCore, compiled, setCoreSource, unpacked } from "../packed.js";

export { type PatternOptions, RuleSet, testEventPattern } from "../api.js";
export * from "../authoring.js";
export { EventError, PatternError, TransformError, UndeliverableError } from "../errors.js";
export type * from "../types.js";

setCoreSource();
setAuthoringSource(() => unpacked(authoring()));

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
  await Promise.all([compileCore(), isAuthoringCompiled() || compiled(authoring()).then(useAuthoringModule)]);
}
