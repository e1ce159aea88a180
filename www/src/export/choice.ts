/** What was chosen in the dialog the last time. */

export interface Choice {
  format: string;
  all: boolean;
  bus: string;
}

const KEY = "eventbridge-rules.export";

/** Storage may be forbidden; then the choice lasts as long as the page. */
let inMemory: Choice = { format: "", all: false, bus: "default" };

export function lastChoice(): Choice {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return isChoice(kept) ? kept : inMemory;
  } catch {
    return inMemory;
  }
}

export function keepChoice(choice: Choice): void {
  inMemory = choice;
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Not stored, and nothing else is lost.
  }
}

function isChoice(value: unknown): value is Choice {
  return typeof value === "object" && value !== null && "format" in value && typeof value.format === "string" && "all" in value && typeof value.all === "boolean" && "bus" in value && typeof value.bus === "string";
}
