/** The entry for Cloudflare Workers, which compile the module when the worker is deployed and refuse to do so later. */

import module from "#core.module";
import { setModuleSource } from "../engine.js";

export * from "../api.js";
export { EventError, PatternError, TransformError, UndeliverableError } from "../errors.js";
export type * from "../types.js";

setModuleSource(() => module);

/**
 * Nothing to do here: the module is compiled already.
 *
 * @example
 * ```js
 * await init();
 * ```
 */
export async function init(): Promise<void> {}
