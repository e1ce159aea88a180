/**
 * What helps with writing: completion, manuals, verdicts beside the lines, lights in both editors, and the rule in words. None of
 * it is needed for the first verdict, so the page loads it afterwards, and works without it.
 */

import { byId, el } from "../dom.js";
import { type Editor, type Highlight, equipEditors } from "../editor.js";
import type { Outcome } from "../engine.js";
import { brackets, patternCompletion, templateCompletion } from "./completion.js";
import { createReader, inputPathsOf } from "./fields.js";
import { showMarks, verdictGutter } from "./gutter.js";
import { patternHover } from "./hover.js";
import { type Lights, lightsOfEvent, lightsOfPattern } from "./lights.js";
import { type Pointing, pointing } from "../point.js";
import { describePattern } from "./words.js";

interface AssistHooks {
  pattern: Editor;
  event: Editor;
  template: Editor;
  /** The texts of the events, the selected one first. */
  eventTexts(): string[];
  /** The rows of InputPathsMap. */
  paths(): [name: string, path: string][];
  light(pattern: Highlight[], event: Highlight[]): void;
}

export interface Assistant {
  show(outcome: Outcome): void;
}

/** Fields with `list="event-paths"` offer the paths of the selected event. */
const PATHS = "event-paths";

/** Equips the editors, once. */
export function assist(hooks: AssistHooks): Assistant {
  const read = createReader();
  const samples = (): ReturnType<typeof read> => read(hooks.eventTexts());
  let outcome: Outcome | undefined;
  let at: (Pointing & { side: keyof Lights }) | undefined;

  const relight = (): void => {
    const root = outcome?.explanation?.root;
    if (!root || !outcome) return;
    const { patternStale, eventStale } = outcome;
    const isKnown = at && !(at.side === "pattern" ? patternStale : eventStale);
    const lights = at && isKnown ? (at.side === "pattern" ? lightsOfPattern : lightsOfEvent)(root, at.offset) : undefined;
    // Where the cursor stands, everyone sees: a light below it would be in the way of writing.
    const shows = (side: keyof Lights, stale: boolean): Highlight[] => (lights && !stale && !(at?.by === "cursor" && at.side === side) ? lights[side] : []);
    hooks.light(shows("pattern", patternStale), shows("event", eventStale));
  };
  const point = (side: keyof Lights) => (pointed: Pointing | undefined): void => {
    if (!pointed && at?.side !== side) return;
    at = pointed && { ...pointed, side };
    relight();
  };

  equipEditors(brackets);
  const view = hooks.pattern.equip([verdictGutter, patternCompletion(samples), patternHover(samples), pointing(point("pattern"))]);
  hooks.event.equip(pointing(point("event")));
  hooks.template.equip(templateCompletion(hooks.paths));
  offerPaths(() => hooks.eventTexts()[0] ?? "");

  return {
    show(shown) {
      outcome = shown;
      showMarks(view, shown);
      showWords(shown);
      relight();
    },
  };
}

/** Fills the list of paths when one of its fields is entered: an event changes more often than that. */
function offerPaths(event: () => string): void {
  const list = el("datalist", { id: PATHS });
  document.body.append(list);
  let listed: string | undefined;
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.getAttribute("list") !== PATHS || listed === event()) return;
    listed = event();
    list.replaceChildren(...inputPathsOf(listed).map((path) => el("option", { value: path })));
  });
}

let described: string | undefined;

/** The last valid pattern in words, below its editor. */
function showWords({ explained: { pattern }, patternStale }: Outcome): void {
  const host = byId("pattern-words");
  const isShown = pattern === described && host.classList.contains("stale") === patternStale;
  if (isShown) return;
  described = pattern;
  const pieces = pattern === "" ? [] : describePattern(pattern);
  host.replaceChildren(...pieces.map((piece) => (typeof piece === "string" ? piece : el("code", {}, piece.code))));
  host.classList.toggle("stale", patternStale);
  // What scrolls must be reachable from the keyboard. Asked with the frame, which needs the layout anyway.
  requestAnimationFrame(() => {
    if (!host.classList.contains("stale") && host.scrollHeight > host.clientHeight + 1) host.tabIndex = 0;
    else host.removeAttribute("tabindex");
  });
}
