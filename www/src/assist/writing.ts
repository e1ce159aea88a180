/** What helps while one writes: completion, closing brackets, manuals. It is loaded when something is entered in which one writes. */

import type { Extension } from "@codemirror/state";
import { el } from "../dom.js";
import { type Editor, equipEditors } from "../editor.js";
import { PATHS } from "../paths.js";
import { brackets, patternCompletion, templateCompletion } from "./completion.js";
import { createReader, inputPathsOf } from "./fields.js";
import { patternHover } from "./hover.js";
import { paintProblems, problemKeys } from "./squiggles.js";

export interface WritingHooks {
  pattern: Editor;
  template: Editor;
  /** The texts of the events, the selected one first. */
  eventTexts(): string[];
  /** The rows of InputPathsMap. */
  paths(): [name: string, path: string][];
}

/** Equips the editors; `beside` is what that of the pattern has already. */
export function equipForWriting(hooks: WritingHooks, beside: Extension): void {
  const read = createReader();
  const samples = (): ReturnType<typeof read> => read(hooks.eventTexts());
  equipEditors([brackets, problemKeys], paintProblems);
  hooks.pattern.equip([beside, patternCompletion(samples), patternHover(samples)]);
  hooks.template.equip(templateCompletion(hooks.paths));
  offerPaths(() => hooks.eventTexts()[0] ?? "");
}

/** Fills the list of paths when one of its fields is entered: an event changes more often than that. */
function offerPaths(event: () => string): void {
  const list = el("datalist", { id: PATHS });
  document.body.append(list);
  let listed: string | undefined;
  const offer = (target: EventTarget | null): void => {
    if (!(target instanceof HTMLInputElement) || target.getAttribute("list") !== PATHS || listed === event()) return;
    listed = event();
    list.replaceChildren(...inputPathsOf(listed).map((path) => el("option", { value: path })));
  };
  document.addEventListener("focusin", ({ target }) => offer(target));
  offer(document.activeElement);
}
