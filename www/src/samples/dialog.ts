/** The dialog of sample events: search, choose, and it is in the list. */

import { byId, count, el } from "../dom.js";
import { addEvents } from "../intake/apply.js";
import type { Page } from "../page.js";
import { type Sample, SAMPLES, search } from "./samples.js";

export function openSamples(page: Page): void {
  const choose = (sample: Sample): void => {
    dialog.close();
    const before = structuredClone(page.state());
    addEvents(page.state(), [{ name: sample.name, text: sample.text }]);
    page.show();
    page.offerUndo(`Added “${sample.name}”.`, before);
  };
  const list = el("div", { class: "samples", role: "group", "aria-label": "Sample events" });
  const status = el("p", { class: "hint", role: "status" });
  const query = el("input", { class: "input", type: "search", placeholder: "s3, failed, severity…", "aria-label": "Search the sample events", autocomplete: "off", spellcheck: "false", oninput: () => show() });
  const close = el("button", { type: "button", class: "button small", onclick: () => dialog.close() }, "Close");
  const dialog = el("dialog", { class: "dialog samples-dialog", "aria-labelledby": "samples-title" }, el("div", { class: "dialog-head" }, el("h2", { id: "samples-title" }, "AWS sample events"), close), query, status, list);

  function show(): void {
    const samples = search(query.value);
    status.textContent = samples.length === SAMPLES.length ? `${count(samples.length, "event")}, with made-up values` : samples.length > 0 ? `${count(samples.length, "event")} of ${SAMPLES.length}` : "No sample has these words. A word can be a service, a type of event, or a key or value in it.";
    list.replaceChildren(...grouped(samples).map(([service, its]) => group(service, its)));
    list.scrollTop = 0;
  }

  function group(service: string, samples: Sample[]): HTMLElement {
    const rows = samples.map((sample) => el("button", { type: "button", class: "menu-item sample", onclick: () => choose(sample) }, el("strong", {}, sample.name), el("span", { class: "mono" }, sample.source)));
    return el("section", {}, el("h3", { class: "label" }, service), ...rows);
  }

  /** The arrows go through field and events alike; Enter in the field takes the first. */
  dialog.addEventListener("keydown", (event) => {
    const stops = [query, ...list.querySelectorAll<HTMLButtonElement>(".sample")];
    const at = stops.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
    else if (event.key === "Enter" && document.activeElement === query) stops[1]?.click();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => (dialog.remove(), byId("event-more").focus()));
  document.body.append(dialog);
  show();
  dialog.showModal();
  query.focus();
}

function grouped(samples: Sample[]): [string, Sample[]][] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) groups.set(sample.service, [...(groups.get(sample.service) ?? []), sample]);
  return [...groups];
}
