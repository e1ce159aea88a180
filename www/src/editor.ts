/** A CodeMirror editor for JSON and for templates that are nearly JSON. It shows what it is given and reports what is typed. */

import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, MatchDecorator, ViewPlugin, type ViewUpdate, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import type { Diagnostic, TextEdit } from "./engine.js";
import { pointing } from "./point.js";

interface EditorOptions {
  parent: HTMLElement;
  /** What a screen reader calls it. */
  label: string;
  onChange?: (text: string) => void;
  /** Someone points at this character, with the pointer or the cursor; `undefined` when at none. */
  onPoint?: (at: number | undefined) => void;
  readOnly?: boolean;
  /** Marks `<name>` as a placeholder. */
  template?: boolean;
  /** Numbers beside the lines; short texts do without. */
  lineNumbers?: boolean;
}

/** A piece of the text to light up: a part of the pattern, or a value that a test accepted or not. */
export interface Highlight {
  from: number;
  to: number;
  kind: "part" | "accepted" | "refused";
}

export interface Editor {
  text(): string;
  /** Shows the document of `key`, with the history and the cursor it had when it was last shown. */
  open(key: object, text: string): void;
  /** Replaces the text as one step that can be undone. */
  replace(text: string): void;
  /** Makes all edits as one step that can be undone, and puts the cursor on what changed. They must be of the text whose problems are shown. */
  edit(edits: TextEdit[]): void;
  /** Makes all edits as one step that can be undone, shows the place, and leaves the focus where it is. */
  change(edits: Pick<TextEdit, "from" | "to" | "newText">[]): void;
  showProblems(problems: Diagnostic[]): void;
  highlight(ranges: Highlight[]): void;
  /** Scrolls to a place and leaves the cursor alone. */
  reveal(from: number): void;
  /** Puts the cursor there. */
  select(from: number, to: number): void;
  focus(): void;
  /** Gives it what was loaded after the first verdict, in place of what it was given before. */
  equip(extension: Extension): EditorView;
}

/** What all editors in which one can write are given later, and each alone. */
const common = new Compartment();
const own = new Compartment();
let commonExtension: Extension = [];
let painter: Painter | undefined;
const equipped = new Set<() => void>();

/** Draws the problems of an editor's text; without `edit` it offers no fixes. */
export type Painter = (view: EditorView, problems: Diagnostic[], edit: Editor["edit"] | undefined) => void;

/** Gives all editors, those of later too, what was loaded after the first verdict; the extension is for writing. */
export function equipEditors(extension: Extension, paint: Painter): void {
  commonExtension = extension;
  painter = paint;
  for (const refresh of equipped) refresh();
}

/** Classes instead of CodeMirror's own colors: style.css knows light, dark and forced colors. */
const jsonColors = tagHighlighter([
  { tag: tags.propertyName, class: "json-key" },
  { tag: tags.string, class: "json-string" },
  { tag: tags.number, class: "json-number" },
  { tag: [tags.bool, tags.null], class: "json-word" },
  { tag: [tags.separator, tags.squareBracket, tags.brace], class: "json-mark" },
]);

const setHighlights = StateEffect.define<Highlight[]>();
const highlights = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setHighlights)) return Decoration.set(effect.value.map(decorate), true);
    }
    return marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorate(highlight: Highlight): Range<Decoration> {
  return Decoration.mark({ class: `lit lit-${highlight.kind}` }).range(highlight.from, highlight.to);
}

const placeholderMatcher = new MatchDecorator({ regexp: /<[A-Za-z0-9._-]+>/g, decoration: Decoration.mark({ class: "placeholder" }) });
const placeholders = ViewPlugin.define(
  (view) => ({
    marks: placeholderMatcher.createDeco(view),
    update(update: ViewUpdate) {
      this.marks = placeholderMatcher.updateDeco(update, this.marks);
    },
  }),
  { decorations: (plugin) => plugin.marks },
);

/** Tells style.css how far each line is indented, so that a wrapped line can hang below its own beginning. */
const hangingIndents = ViewPlugin.define(
  (view) => ({
    lines: indentsOf(view),
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.lines = indentsOf(update.view);
    },
  }),
  { decorations: (plugin) => plugin.lines },
);

function indentsOf(view: EditorView): DecorationSet {
  const lines: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      // Deeper than this, the rest of the line would have no room.
      const indent = Math.min(/^ */.exec(line.text.slice(0, 24))?.[0].length ?? 0, 24);
      if (line.from >= from) lines.push(Decoration.line({ attributes: { style: `--indent:${indent}ch` } }).range(line.from));
      at = line.to + 1;
    }
  }
  return Decoration.set(lines, true);
}

export function createEditor(options: EditorOptions): Editor {
  const fixed = extensionsFor(options);
  let ownExtension: Extension = [];
  const create = (doc: string): EditorState => EditorState.create({ doc, extensions: [fixed, common.of(options.readOnly ? [] : commonExtension), own.of(ownExtension)] });
  const states = new WeakMap<object, EditorState>();
  let current: object = {};
  const view = new EditorView({ parent: options.parent, state: create("") });
  const refresh = (): void => view.dispatch({ effects: [common.reconfigure(options.readOnly ? [] : commonExtension), own.reconfigure(ownExtension)] });
  /** The text that the problems on show are about: an edit of any other one would land in the wrong place. */
  let judged = view.state.doc;
  let found: Diagnostic[] = [];
  const paint = (): void => {
    if (view.state.doc === judged) painter?.(view, found, options.readOnly ? undefined : edit);
  };
  equipped.add(() => (refresh(), paint()));

  const edit = (edits: TextEdit[]): void => {
    if (view.state.doc !== judged) return;
    const changes = view.state.changes(edits.map(({ from, to, newText }) => ({ from, to, insert: newText })));
    const [first] = [...edits].sort((a, b) => a.from - b.from);
    const selection = first && { anchor: changes.mapPos(first.from, -1), head: changes.mapPos(first.to, 1) };
    view.dispatch({ changes, ...(selection && { selection }), scrollIntoView: true, userEvent: "input", annotations: isolateHistory.of("full") });
    view.focus();
  };

  return {
    text: () => view.state.doc.toString(),
    open(key, text) {
      states.set(current, view.state);
      current = key;
      const kept = states.get(key);
      const same = kept?.doc.toString() === text;
      view.setState(same ? kept : create(text));
      // A state of before may lack what was given since.
      if (same) refresh();
    },
    replace(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: "input", annotations: isolateHistory.of("full") });
    },
    edit,
    change(edits) {
      const changes = view.state.changes(edits.map(({ from, to, newText }) => ({ from, to, insert: newText })));
      const place = changes.mapPos(Math.min(...edits.map(({ from }) => from)), 1);
      view.dispatch({ changes, effects: EditorView.scrollIntoView(place, { y: "nearest", yMargin: 30 }), userEvent: "input", annotations: isolateHistory.of("full") });
    },
    showProblems(problems) {
      judged = view.state.doc;
      found = problems;
      paint();
    },
    highlight(ranges) {
      const end = view.state.doc.length;
      if (!ranges.length && !view.state.field(highlights).size) return;
      view.dispatch({ effects: setHighlights.of(ranges.filter(({ from, to }) => from < to && to <= end)) });
    },
    reveal(from) {
      const place = Math.min(from, view.state.doc.length);
      view.dispatch({ effects: EditorView.scrollIntoView(place, { y: "center" }) });
    },
    select(from, to) {
      const end = view.state.doc.length;
      view.dispatch({ selection: { anchor: Math.min(from, end), head: Math.min(to, end) }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    equip(extension) {
      ownExtension = extension;
      refresh();
      return view;
    },
  };
}

function extensionsFor(options: EditorOptions): Extension[] {
  const shared: Extension[] = [
    json(),
    syntaxHighlighting(jsonColors),
    highlightSpecialChars(),
    highlights,
    hangingIndents,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": options.label, tabindex: "0", spellcheck: "false", autocorrect: "off", autocapitalize: "off" }),
    options.lineNumbers ? lineNumbers() : [],
    options.template ? placeholders : [],
    options.onPoint ? pointing((at) => options.onPoint?.(at?.offset)) : [],
  ];
  if (options.readOnly) {
    // It has a cursor, for who walks through it from the keyboard, and calls no keyboard on a phone. A separator of "\n"
    // alone keeps every `\r` of the payload visible.
    return [...shared, EditorState.readOnly.of(true), keymap.of(defaultKeymap), EditorView.contentAttributes.of({ "aria-readonly": "true", inputmode: "none" }), EditorState.lineSeparator.of("\n")];
  }
  return [
    ...shared,
    history(),
    bracketMatching(),
    indentOnInput(),
    indentUnit.of("  "),
    // Tab is not bound: it leaves the editor, as it leaves every other field.
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onChange?.(update.state.doc.toString());
    }),
  ];
}
