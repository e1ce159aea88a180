/** What the parts that are loaded on demand may do with the page. */

import type { Edit } from "./edits.js";
import type { NoticeAction } from "./notices.js";
import type { State } from "./state.js";

export interface Page {
  /** The state as it is. After a change of it, `show` is called. */
  state(): State;
  /** Shows what was changed in the state: which events and rules there are, which are on show, the target. */
  show(): void;
  /** Replaces the text of the event on show as one step that the editor can undo. */
  replaceEvent(text: string): void;
  /** The same for the pattern on show. */
  replacePattern(text: string): void;
  /** Makes edits of the pattern on show, one step to undo, and leaves the focus where it is. */
  editPattern(edits: Edit[]): void;
  /** Says what was done; the first action goes back to the state before. */
  offerUndo(words: string, before: State, ...others: NoticeAction[]): void;
  /** Shows a whole other state. */
  open(state: State): void;
}
