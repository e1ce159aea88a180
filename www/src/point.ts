/** Where the pointer or the cursor stands in an editor. */

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

export interface Pointing {
  offset: number;
  /** The cursor of an editor that has the focus points too, where there is no pointer. */
  by: "pointer" | "cursor";
}

/** Tells each place to which the pointer or the cursor comes; none when both are elsewhere. */
export function pointing(tell: (at: Pointing | undefined) => void): Extension {
  let pointer: number | undefined;
  const place = (view: EditorView): Pointing | undefined => {
    if (pointer !== undefined) return { offset: pointer, by: "pointer" };
    return view.hasFocus ? { offset: view.state.selection.main.head, by: "cursor" } : undefined;
  };
  const move = (offset: number | undefined, view: EditorView): void => {
    if (offset === pointer) return;
    pointer = offset;
    tell(place(view));
  };
  return [
    EditorView.domEventHandlers({
      pointermove: ({ clientX, clientY, pointerType }, view) => {
        // A finger has no place between its taps.
        if (pointerType !== "touch") move(view.posAtCoords({ x: clientX, y: clientY }) ?? undefined, view);
      },
      pointerleave: (_, view) => move(undefined, view),
      focus: (_, view) => tell(place(view)),
      blur: (_, view) => tell(place(view)),
    }),
    EditorView.updateListener.of(({ view, selectionSet, docChanged }) => {
      // The text moved away under the pointer.
      if (docChanged) pointer = undefined;
      if (docChanged || selectionSet) tell(place(view));
    }),
  ];
}
