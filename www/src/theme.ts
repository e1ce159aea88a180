/** Light or dark: the system's choice, unless the button says otherwise. */

import { byId } from "./dom.js";

const KEY = "eventbridge-rules.theme";

export function wireTheme(): void {
  const button = byId<HTMLButtonElement>("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = (): void => {
    const chosen = remembered();
    const dark = chosen ? chosen === "dark" : system.matches;
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    button.setAttribute("aria-pressed", String(dark));
    button.title = dark ? "Switch to the light theme" : "Switch to the dark theme";
  };
  button.addEventListener("click", () => {
    const dark = button.getAttribute("aria-pressed") !== "true";
    // Back at the system's own choice there is nothing to remember.
    remember(dark === system.matches ? undefined : dark ? "dark" : "light");
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}

/** Storage may be forbidden; then the choice lasts as long as the page. */
let inMemory: string | undefined;

function remembered(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? inMemory;
  } catch {
    return inMemory;
  }
}

function remember(theme: string | undefined): void {
  inMemory = theme;
  try {
    if (theme) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // Not stored, and nothing else is lost.
  }
}
