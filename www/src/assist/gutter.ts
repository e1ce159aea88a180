/** Beside each line of the pattern: does what begins there match the selected event? */

import { type Extension, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { EditorView, GutterMarker, gutter } from "@codemirror/view";
import { mark } from "../dom.js";
import type { Outcome } from "../engine.js";
import { type LineVerdict, lineVerdicts } from "./marks.js";

class VerdictMarker extends GutterMarker {
  constructor(readonly verdict: LineVerdict) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof VerdictMarker && other.verdict.mark === this.verdict.mark && other.title() === this.title();
  }

  override toDOM(): HTMLElement {
    const host = document.createElement("span");
    host.title = this.title();
    host.append(mark(this.verdict.mark));
    return host;
  }

  private title(): string {
    const words = { yes: "matches", no: "does not match", none: "nothing hangs on it" }[this.verdict.mark];
    const reasons = this.verdict.reasons.slice(0, 4).join("\n").replaceAll("`", "");
    return `${words}: ${reasons}`;
  }
}

interface Marks {
  markers: RangeSet<GutterMarker>;
  /** They are those of a text before this one. */
  stale: boolean;
}

const setMarks = StateEffect.define<Marks>();
const marks = StateField.define<Marks>({
  create: () => ({ markers: RangeSet.empty, stale: false }),
  update(kept, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    return transaction.docChanged ? { ...kept, markers: kept.markers.map(transaction.changes) } : kept;
  },
  provide: (field) => EditorView.editorAttributes.from(field, ({ stale }) => ({ class: stale ? "marks-stale" : "" })),
});

export const verdictGutter: Extension = [marks, gutter({ class: "cm-verdicts", markers: (view) => view.state.field(marks).markers, initialSpacer: () => new VerdictMarker({ mark: "none", reasons: [] }) })];

/** Shows the verdicts of an outcome; those of older texts stay, in gray. */
export function showMarks(view: EditorView, outcome: Outcome): void {
  const { explanation, patternStale, eventStale, explained } = outcome;
  const { doc } = view.state;
  if (!explanation) return view.dispatch({ effects: setMarks.of({ markers: RangeSet.empty, stale: false }) });
  if (patternStale) return view.dispatch({ effects: setMarks.of({ ...view.state.field(marks), stale: true }) });
  const verdicts = [...lineVerdicts(explained.pattern, explanation.root)].filter(([line]) => line < doc.lines);
  const markers = verdicts.map(([line, verdict]): Range<GutterMarker> => new VerdictMarker(verdict).range(doc.line(line + 1).from));
  view.dispatch({ effects: setMarks.of({ markers: RangeSet.of(markers, true), stale: eventStale }) });
}
