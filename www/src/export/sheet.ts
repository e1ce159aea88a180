/** The look of the dialog: it comes with it, not with the page. */

export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.export { width: min(980px, calc(100vw - 24px)); max-width: none; height: min(760px, calc(100dvh - 24px)); max-height: none; padding: 0; border: 1px solid var(--line-2); border-radius: 12px; background: var(--pane); color: var(--ink); box-shadow: 0 16px 56px rgb(0 0 0 / 0.32); overflow: hidden; }
.export[open] { display: flex; flex-direction: column; }
.export::backdrop { background: rgb(0 0 0 / 0.42); }
.export-head { flex: none; display: flex; align-items: center; justify-content: space-between; gap: 8px; padding: 10px 10px 10px 16px; border-bottom: 1px solid var(--line); }
.export-head h2 { min-width: 0; overflow: hidden; text-overflow: ellipsis; font-size: 15px; }
.export-body { flex: 1; min-height: 0; display: grid; grid-template-columns: 176px minmax(0, 1fr); }
.export-formats { display: flex; flex-direction: column; gap: 2px; padding: 10px 8px; border-right: 1px solid var(--line); background: var(--pane-2); overflow: auto; }
.export-format { position: relative; display: flex; flex: none; cursor: pointer; }
.export-format input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.export-format span { flex: 1; padding: 5px 10px; border: 1px solid transparent; border-radius: 6px; font-size: 13px; }
.export-format:hover span { background: var(--pane); }
.export-format input:checked + span { border-color: var(--line-2); background: var(--pane); font-weight: 600; box-shadow: inset 3px 0 0 0 var(--accent); }
.export-format input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 1px; }
.export-view { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
.export-bar { flex: none; display: flex; align-items: center; gap: 8px 12px; padding: 10px 16px; font-size: 13px; }
.export-all, .export-bus { flex: none; display: flex; align-items: center; gap: 8px; }
.export-bus .input { width: 12em; }
.export-file { flex: 1; display: flex; flex-direction: column; min-width: 0; color: var(--ink-2); font-size: 12.5px; text-align: right; }
.export-said { overflow-wrap: anywhere; }
.export-bar .button { flex: none; margin-left: -4px; }
.export-bus-note { flex: none; padding: 0 16px 10px; }
.export-notes { flex: none; max-height: 30%; overflow: auto; margin: 0 16px 10px; padding: 6px 10px; border-left: 3px solid var(--line-2); background: var(--pane-2); font-size: 12.5px; }
.export-notes li + li { margin-top: 4px; }
.export-problem:empty { display: none; }
.export-problem { display: flex; flex-direction: column; gap: 8px; margin: 0 16px; padding: 12px; border: 1px solid var(--bad); border-radius: var(--radius); background: var(--bad-soft); }
.export-problem .problem-list { border: 0; padding: 0; background: none; }
.export-text { flex: 1; min-height: 0; margin: 0; padding: 12px 16px; border-top: 1px solid var(--line); background: var(--ground); overflow: auto; font: 12.5px/1.55 var(--mono); tab-size: 2; }
.export-text:focus-visible { outline-offset: -2px; }
.export-text code { overflow-wrap: normal; font-size: inherit; }
@media (max-width: 719px) {
  .export { width: 100vw; height: 100dvh; border: 0; border-radius: 0; }
  .export-body { grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); }
  .export-formats { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); padding: 8px; border: 0; border-bottom: 1px solid var(--line); }
  .export-format span { padding: 8px 4px; text-align: center; font-size: 12.5px; overflow-wrap: anywhere; }
  .export-format input:checked + span { box-shadow: inset 0 -3px 0 0 var(--accent); }
  .export-bar { flex-wrap: wrap; }
  .export-bus { flex: 1; }
  .export-bus .input { flex: 1; width: auto; }
  .export-file { flex: 1 0 100%; order: 1; text-align: left; }
  .export-bar .button { flex: 1; order: 2; justify-content: center; margin: 0; }
}
@media (forced-colors: active) {
  .export-format input:checked + span { outline: 2px solid Highlight; outline-offset: -2px; }
}
`);
