/** At which character of an editor someone points: with the pointer, or else with the cursor while the editor has the focus. */

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Calls `report` whenever the place changes; nothing is pointed at where it is `undefined`. */
export function pointing(report: (at: number | undefined) => void): Extension {
  let under: number | undefined;
  let told: number | undefined;
  const tell = (view: EditorView): void => {
    const at = under ?? (view.hasFocus ? view.state.selection.main.head : undefined);
    if (at === told) return;
    told = at;
    report(at);
  };
  return [
    EditorView.domEventHandlers({
      pointermove(event, view) {
        under = event.pointerType === "touch" ? undefined : (view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? undefined);
        tell(view);
      },
      pointerleave(_, view) {
        under = undefined;
        tell(view);
      },
    }),
    EditorView.updateListener.of(({ selectionSet, docChanged, focusChanged, view }) => {
      // Where the text changes under the pointer, its place means nothing any more.
      if (docChanged) under = undefined;
      if (selectionSet || docChanged || focusChanged) tell(view);
    }),
  ];
}
