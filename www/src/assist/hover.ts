/** The manual below the pointer, and on F1 at the cursor. */

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, type Tooltip, hoverTooltip, keymap, showTooltip } from "@codemirror/view";
import { el, sentence } from "../dom.js";
import { type About, aboutPlace } from "./about.js";
import type { Samples } from "./fields.js";
import { manualOf } from "./manual-view.js";

const MOST = 3;

/** Shows what the word under the pointer is. */
export function patternHover(samples: () => Samples): Extension {
  const at = (view: EditorView, offset: number): About | undefined => aboutPlace(view.state.doc.toString(), offset, samples());
  const onKey = (view: EditorView): boolean => {
    const about = at(view, view.state.selection.main.head);
    const tooltip = about && tooltipOf(about);
    view.dispatch({ effects: show.of(tooltip ?? null) });
    if (tooltip && about) view.dispatch({ effects: EditorView.announce.of(wordsOf(about).textContent ?? "") });
    return Boolean(tooltip);
  };
  return [
    hoverTooltip((view, offset, side) => {
      const about = at(view, offset) ?? at(view, offset + side);
      return (about && tooltipOf(about)) ?? null;
    }),
    shown,
    keymap.of([
      { key: "F1", run: onKey },
      { key: "Escape", run: hide },
    ]),
  ];
}

const show = StateEffect.define<Tooltip | null>();
const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

function hide(view: EditorView): boolean {
  if (!view.state.field(shown)) return false;
  view.dispatch({ effects: show.of(null) });
  return true;
}

function tooltipOf(about: About): Tooltip | undefined {
  const dom = wordsOf(about);
  return dom.childElementCount ? { pos: about.from, end: about.to, above: true, create: () => ({ dom }) } : undefined;
}

function wordsOf({ manual, within, field }: About): HTMLElement {
  const known = manual === undefined ? null : manualOf(manual);
  return el("div", { class: "about-word" }, (known && within && inside(within)) || undefined, known ?? undefined, field && fieldLine(field));
}

/** What changes for an operator inside of another one. */
function inside(within: string): HTMLElement {
  const words = within === "anything-but" ? "Inside of `anything-but`: lets every value pass of which this is not true." : `Inside of \`${within}\`: the text is compared in any mixture of upper and lower case.`;
  return el("p", { class: "manual-within" }, sentence(words));
}

/** Values of users are text nodes of their own: a backquote in them is no mark. */
function fieldLine({ path, values, keys }: NonNullable<About["field"]>): HTMLElement {
  const name = el("code", {}, path);
  const line = (...children: (Node | string)[]): HTMLElement => el("p", { class: "about-field" }, ...children);
  if (values.length) return line("In the selected event, ", name, " is ", ...listed(values), ".");
  if (keys.length) return line("In the selected event, ", name, " is an object with ", ...listed(keys), ".");
  return line("The selected event has no value at ", name, ".");
}

function listed(texts: string[]): (Node | string)[] {
  const codes = texts.slice(0, MOST).flatMap((text, index): (Node | string)[] => [index ? ", " : "", el("code", {}, text)]);
  return texts.length > MOST ? [...codes, ` and ${texts.length - MOST} more`] : codes;
}
