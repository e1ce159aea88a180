/**
 * The second module, for those who write rules. It is compiled when the first of them asks something, and nothing lives
 * in it between two questions.
 */

import { initSync } from "#authoring";
import { compile } from "./engine.js";
import { isThrown } from "./errors.js";

let findModule: (() => BufferSource | WebAssembly.Module) | undefined;
// Not `module`: in a bundle for CommonJS that is a variable of Node.
let ownModule: WebAssembly.Module | undefined;

/** No instance runs yet, or a question has not been answered: such an instance is never asked again (engine.ts). */
let unfinished = true;

/** Says where the module comes from. */
export function setAuthoringSource(find: () => BufferSource | WebAssembly.Module): void {
  findModule = find;
}

/** Is the module compiled? */
export const isAuthoringCompiled = (): boolean => ownModule !== undefined;

/** Takes a compiled module, unless there is one already. */
export function useAuthoringModule(compiled: WebAssembly.Module): void {
  ownModule ??= compiled;
}

/** Asks the module something, after making sure that a sound instance of it runs. */
export function ask<T>(question: () => T): T {
  if (unfinished) {
    ownModule ??= compile((findModule as NonNullable<typeof findModule>)());
    initSync({ module: ownModule });
  }
  unfinished = true;
  try {
    const answer = question();
    unfinished = false;
    return answer;
  } catch (thrown) {
    if (isThrown(thrown)) unfinished = false;
    throw thrown;
  }
}
