// The declarations of the installed package, under each way in which TypeScript looks for modules.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, www } from "../../../www/tasks/places.mjs";
import { finishScript } from "../hear.mjs";
import { commandOf } from "../place.mjs";

const test = readFileSync(join(root, "tests", "js", "types.test-d.mts"), "utf8");
const slim = `
import { EventPattern, init } from "eventbridge-rules/slim";
import * as match from "eventbridge-rules/match";
export const ready: Promise<void> = init(new Uint8Array(8), new Uint8Array(8));
export const answer: boolean = new EventPattern({}).matches("{}");
export const summary: string = new EventPattern({}).explain("{}").summary;
export const names: string[] = new match.RuleSet({ all: { source: ["a"] } }).match("{}");
export const problems: match.Diagnostic[] = new match.PatternError("").diagnostics;
// @ts-expect-error Explanations are in the main entry.
export const missing = new match.EventPattern({}).explain("{}");
`;

/** Strict, with neither the types of the DOM nor those of Node; declarations are checked as well. */
const strict = { strict: true, exactOptionalPropertyTypes: true, target: "es2022", lib: ["es2022"], types: [], noEmit: true, skipLibCheck: false };

/** What a user's settings are called, and which of the files are for them; `.cts` is CommonJS. */
const settings = {
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
  node10: { module: "commonjs", moduleResolution: "node10" },
};
const formats = { node16: ["mts", "cts"], nodenext: ["mts", "cts"], bundler: ["ts"], node10: ["ts"] };

async function compile(typescript, folder, resolution) {
  // The types of responses and modules, which only slim mentions, come from the DOM.
  const passes = { types: strict.lib, ...(resolution === "node10" ? {} : { slim: [...strict.lib, "dom"] }) };
  for (const [name, lib] of Object.entries(passes)) {
    const compilerOptions = { ...strict, ...settings[resolution], lib };
    const files = formats[resolution].map((extension) => `${name}.${extension}`);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    await finishScript(commandOf(typescript, "typescript", "tsc"), ["-p", folder], folder);
  }
}

const files = Object.fromEntries(["ts", "mts", "cts"].flatMap((extension) => [[`types.${extension}`, test], [`slim.${extension}`, slim]]));

/** The compiler of the project, which has no `node10` any more. */
const typesRow = (resolution) => ({
  name: `types ${resolution}`,
  fast: true,
  version: JSON.parse(readFileSync(join(www, "package.json"), "utf8")).devDependencies.typescript,
  files,
  run: ({ folder }) => compile(www, folder, resolution),
});

const olderTypeScript = {
  name: "types, older TypeScript",
  tool: "typescript-5",
  files,
  async run({ folder, tool }) {
    for (const resolution of Object.keys(settings)) await compile(tool, folder, resolution);
    return { note: Object.keys(settings).join(", ") };
  },
};

export const typesRows = [typesRow("node16"), typesRow("nodenext"), typesRow("bundler"), olderTypeScript];
