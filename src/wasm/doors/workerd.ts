/** The entry for Cloudflare Workers, which compile the modules when the worker is deployed and refuse to do so later. */

import authoring from "#authoring.module";
import core from "#core.module";
import { setAuthoringSource } from "../author.js";
import { setModuleSource } from "../engine.js";

export { type PatternOptions, RuleSet, testEventPattern } from "../api.js";
export * from "../authoring.js";
export { EventError, PatternError, TransformError, UndeliverableError } from "../errors.js";
export type * from "../types.js";

setModuleSource(() => core);
setAuthoringSource(() => authoring);

/**
 * Nothing to do here: the modules are compiled already.
 *
 * @example
 * ```js
 * await init();
 * ```
 */
export async function init(): Promise<void> {}
