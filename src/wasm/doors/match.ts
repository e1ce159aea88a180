/** The entry for production: matching and transforming, without explanations. The core, which travels with it in two parts. */

import { compileCore, setCoreSource } from "../packed.js";

export { EventPattern, type PatternOptions, RuleSet, TargetInput, testEventPattern } from "../api.js";
export { EventError, PatternError, TransformError, UndeliverableError } from "../errors.js";
export type * from "../types.js";

setCoreSource();

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
  await compileCore();
}
