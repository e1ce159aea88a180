/**
 * What helps with reading: problems under the text, verdicts beside the lines, lights in both editors, and the rule in words;
 * and, loaded later still, what helps with writing (`writing.ts`). None of it is needed for the first verdict, and the page works without it.
 */

import { byId, el } from "../dom.js";
import { type Editor, type Highlight, equipEditors } from "../editor.js";
import type { Outcome } from "../engine.js";
import { showMarks, verdictGutter } from "./gutter.js";
import { type Lights, lightsOfEvent, lightsOfPattern } from "./lights.js";
import { PATHS } from "../paths.js";
import { type Pointing, pointing } from "../point.js";
import { paintProblems, problemKeys } from "./squiggles.js";
import { describePattern } from "./words.js";
import type { WritingHooks } from "./writing.js";

interface AssistHooks extends WritingHooks {
  event: Editor;
  light(pattern: Highlight[], event: Highlight[]): void;
}

export interface Assistant {
  show(outcome: Outcome): void;
}

/** Where one writes. */
const WRITABLE = `.cm-editor, [list="${PATHS}"]`;

/** Equips the editors, once. */
export function assist(hooks: AssistHooks): Assistant {
  let outcome: Outcome | undefined;
  let at: (Pointing & { side: keyof Lights }) | undefined;

  /** Others light places too: what this did not light, it does not put out. */
  let isLit = false;
  const relight = (): void => {
    const root = outcome?.explanation?.root;
    if (!root || !outcome) return;
    const { patternStale, eventStale } = outcome;
    const isKnown = at && !(at.side === "pattern" ? patternStale : eventStale);
    const lights = at && isKnown ? (at.side === "pattern" ? lightsOfPattern : lightsOfEvent)(root, at.offset) : undefined;
    if (!lights && !isLit) return;
    isLit = lights !== undefined;
    // Where the cursor stands, everyone sees: a light below it would be in the way of writing.
    const shows = (side: keyof Lights, stale: boolean): Highlight[] => (lights && !stale && !(at?.by === "cursor" && at.side === side) ? lights[side] : []);
    hooks.light(shows("pattern", patternStale), shows("event", eventStale));
  };
  const point = (side: keyof Lights) => (pointed: Pointing | undefined): void => {
    if (!pointed && at?.side !== side) return;
    at = pointed && { ...pointed, side };
    relight();
  };

  equipEditors(problemKeys, paintProblems);
  const beside = [verdictGutter, pointing(point("pattern"))];
  const view = hooks.pattern.equip(beside);
  hooks.event.equip(pointing(point("event")));
  whenEntered(async () => (await import("./writing.js")).equipForWriting(hooks, beside));

  return {
    show(shown) {
      outcome = shown;
      showMarks(view, shown);
      showWords(shown);
      relight();
    },
  };
}

/** Loads what helps while one writes when the focus or the pointer first comes to where one can; again, if it does not come. */
function whenEntered(load: () => Promise<void>): void {
  const enter = ({ target }: { target: EventTarget | null }): void => {
    if (!(target instanceof Element) || !target.closest(WRITABLE)) return;
    for (const way of ways) document.removeEventListener(way, enter);
    load().catch((error: unknown) => {
      console.warn("The help with writing could not be loaded.", error);
      listen();
    });
  };
  const listen = (): void => ways.forEach((way) => document.addEventListener(way, enter));
  listen();
  enter({ target: document.activeElement });
}

const ways = ["focusin", "pointerover"] as const;

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
