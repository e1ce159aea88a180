/** What was chosen in the dialog the last time. */

export interface Choice {
  format: string;
  all: boolean;
  bus: string;
}

const KEY = "eventbridge-rules.export";

/** Storage may be forbidden; then the choice lasts as long as the page. So does the bus in any case: it is the user's text. */
let inMemory: Choice = { format: "", all: false, bus: "default" };

export function lastChoice(): Choice {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return isKept(kept) ? { ...inMemory, format: kept.format, all: kept.all } : { ...inMemory };
  } catch {
    return { ...inMemory };
  }
}

export function keepChoice(choice: Choice): void {
  inMemory = { ...choice };
  try {
    localStorage.setItem(KEY, JSON.stringify({ format: choice.format, all: choice.all }));
  } catch {
    // Not stored, and nothing else is lost.
  }
}

function isKept(value: unknown): value is Omit<Choice, "bus"> {
  return typeof value === "object" && value !== null && "format" in value && typeof value.format === "string" && "all" in value && typeof value.all === "boolean";
}
