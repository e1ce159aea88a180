/** The entry for everyone: the module travels inside as base64, and is compiled when it is first needed. */

import base64 from "#core.wasm";
import { bytesOf } from "../base64.js";
import { isCompiled, useModule, setModuleSource } from "../engine.js";

export * from "../api.js";
export { EventError, PatternError, TransformError, UndeliverableError } from "../errors.js";
export type * from "../types.js";

setModuleSource(() => bytesOf(base64));

/**
 * Compiles the module ahead of its first use. Never necessary in Node, Bun and Deno; useful in browsers, which then
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
  if (!isCompiled()) useModule(await WebAssembly.compile(bytesOf(base64)));
}
