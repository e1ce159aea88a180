/** A field of an event as a row of `InputPathsMap`. */

import type { TargetForm } from "../state.js";

/** A name that an input path can say: letters, digits, `_`, `-` and `/`. */
export const PATH_NAME = /^[\w/-]+$/;

/** The path that EventBridge reads, or nothing where it has no way to write one. */
export function inputPathOf(steps: (string | number)[]): string | undefined {
  if (!steps.every((step) => typeof step === "number" || PATH_NAME.test(step))) return undefined;
  const path = `$${steps.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("")}`;
  return path.length <= 256 ? path : undefined;
}

/** A name after the last key, with the key before it where that is taken. */
export function variableName(steps: (string | number)[], taken: string[]): string {
  const keys = steps.filter((step) => typeof step === "string").map(clean);
  const last = keys.at(-1) || "value";
  const candidates = [last, ...(keys.length > 1 ? [`${keys.at(-2)}-${last}`] : [])];
  const free = candidates.find((name) => !taken.includes(name) && name.length <= 256);
  if (free) return free;
  for (let number = 2; ; number++) if (!taken.includes(`${last.slice(0, 240)}${number}`)) return `${last.slice(0, 240)}${number}`;
}

function clean(key: string): string {
  return key.replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "");
}

/** The target with the path added, or taken away where it was there. */
export function toggleInputPath(form: TargetForm, steps: (string | number)[]): TargetForm {
  const path = inputPathOf(steps);
  if (path === undefined) return form;
  const had = form.kind === "transformer" && form.paths.find((row) => row[1] === path);
  if (had) return { ...form, paths: form.paths.filter((row) => row !== had), template: shrunk(form.template, had[0]) };
  const paths = form.paths.filter(([name, its]) => name !== "" || its !== "");
  const existing = paths.find((row) => row[1] === path);
  const name = existing?.[0] ?? variableName(steps, paths.map(([taken]) => taken));
  const fresh = paths.length === 0 && form.kind !== "transformer";
  return { ...form, kind: "transformer", paths: existing ? paths : [...paths, [name, path]], template: fresh ? grown("{}", name) : grown(form.template, name) };
}

/** A template of nothing but members with a variable each grows with the map. One that somebody wrote is theirs. */
const PLAIN = /^\s*\{\s*(?:"[\w-]+"\s*:\s*<[\w-]+>\s*(?:,\s*)?)*\}\s*$/;

function grown(template: string, name: string): string {
  if (!PLAIN.test(template) || template.includes(`<${name}>`)) return template;
  const members = membersOf(template);
  return written([...members, `"${name}": <${name}>`]);
}

function shrunk(template: string, name: string): string {
  return PLAIN.test(template) ? written(membersOf(template).filter((member) => !member.endsWith(`<${name}>`))) : template;
}

function membersOf(template: string): string[] {
  return [...template.matchAll(/"[\w-]+"\s*:\s*<[\w-]+>/g)].map(([member]) => member);
}

function written(members: string[]): string {
  return members.length ? `{\n${members.map((each) => `  ${each}`).join(",\n")}\n}` : "{}";
}
