/** The few lines that a framework would be for. Text reaches the page as text nodes and attributes, never as markup. */

type Property = string | number | boolean | undefined | ((event: never) => void);
type Child = Node | string | undefined | false;

/** An element with attributes (`true` is an empty one, `false` none), listeners (`onclick`) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Record<string, Property> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** The element of index.html with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element as T;
}

/** A sentence whose `quoted parts` become `<code>`. */
export function sentence(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  text.split("`").forEach((part, index) => {
    if (part) fragment.append(index % 2 ? el("code", {}, part) : part);
  });
  return fragment;
}

/** The mark of a verdict: a shape that differs for each, so that it needs no color. */
export type Mark = "yes" | "no" | "bad" | "none" | "lost" | "warning" | "info" | "hint" | "near" | "kept" | "missed";

const SHAPES: Record<Mark, string> = {
  yes: "M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 0 0 8 .8zM6.9 11.6 3.7 8.4l1.3-1.3 1.9 1.9 4.1-4.3 1.3 1.3z",
  no: "M2.5 1.5h11a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zm.5 1.500v10h10v-10zm2.300 1.200L8 6.900l2.700-2.700 1.100 1.100L9.100 8l2.700 2.700-1.100 1.100L8 9.100l-2.700 2.700-1.100-1.100L6.900 8 4.200 5.300z",
  bad: "M8 .9 15.600 14.600H.4zM7.200 5.800l.2 4.300h1.200l.2-4.300zm.8 5.200a.9.9 0 1 0 0 1.800.9.9 0 0 0 0-1.800z",
  lost: "M8 .8a7.200 7.200 0 1 0 0 14.400A7.200 7.200 0 0 0 8 .8zM4.500 7.100h7v1.800h-7z",
  warning: "M8 .6 15.400 8 8 15.400.600 8zM7.200 4.300l.2 4.500h1.200l.2-4.500zm.8 5.500a.9.9 0 1 0 0 1.800.9.9 0 0 0 0-1.800z",
  info: "M8 .8a7.200 7.200 0 1 0 0 14.400A7.200 7.200 0 0 0 8 .8zM8 2.200a5.800 5.800 0 1 1 0 11.600A5.800 5.800 0 0 1 8 2.200zM7.200 7h1.600v4.500H7.200zm.8-2.900a1 1 0 1 0 0 2 1 1 0 0 0 0-2z",
  hint: "M3.500 1.500v5.800a2 2 0 0 0 2 2h4.700L7.800 11.700l1.100 1.100L13.100 8.550 8.900 4.300 7.800 5.400l2.400 2.400H5.500a.5.5 0 0 1-.5-.5V1.500z",
  near: "M8 .8a7.200 7.200 0 1 0 0 14.400A7.200 7.200 0 0 0 8 .8zM8 2.200a5.800 5.800 0 1 1 0 11.600A5.800 5.800 0 0 1 8 2.200zM8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  kept: "M6.3 12.9 1.7 8.3l1.7-1.7 2.9 2.9 6.3-6.4 1.7 1.7z",
  missed: "M4.900 .8h6.200l4.100 4.100v6.200l-4.100 4.100H4.900L.8 11.100V4.900zM7.100 3.600l.2 5.300h1.400l.2-5.300zm.9 6.400a1.100 1.100 0 1 0 0 2.200 1.100 1.100 0 0 0 0-2.200z",
  none: "M8 5.800a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400z",
};

/** Draws a mark. It is decoration: the words beside it say the same. */
export function mark(kind: Mark): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", SHAPES[kind]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `mark mark-${kind}`);
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

/** `1.2 KB`, `312 bytes`. */
export function byteCount(bytes: number): string {
  if (bytes === 1) return "1 byte";
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KB`;
}

/** `1 problem`, `3 problems`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
