// What a new process waits for: import, first pattern and first match, over an empty script. Next to it a package of the
// same manifest with nothing in it, which is what Node itself takes to find and read one.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dearer, fastestQuarter, firstMatch, timesOf } from "../processes.mjs";
import { median, pace } from "../race.mjs";
import { section, table } from "../report.mjs";
import { root } from "../workload.mjs";

/** Rounds of processes for each of the usual rounds. */
const roundsForOne = 5;

const imports = { mjs: (name) => `import { EventPattern } from "${name}";`, cjs: (name) => `const { EventPattern } = require("${name}");` };
const packages = { "a package with nothing in it": "nothing", "eventbridge-rules/match": "eventbridge-rules/match", "eventbridge-rules": "eventbridge-rules" };

const scripts = Object.entries({ mjs: "import", cjs: "require" }).flatMap(([ending, verb]) => [
  { file: `empty.${ending}`, text: "", ending },
  ...Object.entries(packages).map(([name, from]) => ({
    file: `${from.replace("/", "-")}.${ending}`,
    text: `${imports[ending](from)}\n${from === "nothing" ? "" : firstMatch}`,
    ending,
    label: `\`${verb}\`: ${name}`,
  })),
]);

/** A folder with the scripts and the packages. */
function folderOfScripts() {
  const folder = mkdtempSync(join(tmpdir(), "start-up-"));
  const modules = join(folder, "node_modules");
  cpSync(join(root, "pkg"), join(modules, "eventbridge-rules"), { recursive: true });
  mkdirSync(join(modules, "nothing"));
  cpSync(join(root, "pkg", "package.json"), join(modules, "nothing", "package.json"));
  writeFileSync(join(modules, "nothing", "index.mjs"), "export class EventPattern {}\n");
  writeFileSync(join(modules, "nothing", "index.cjs"), "exports.EventPattern = class {};\n");
  for (const { file, text } of scripts) writeFileSync(join(folder, file), text);
  return folder;
}

const shown = (number) => number.toFixed(1);

export const startUp = {
  name: "start-up",
  async run() {
    const folder = folderOfScripts();
    const rounds = pace.rounds * roundsForOne;
    let times;
    try {
      times = timesOf(scripts.map(({ file }) => file), { cwd: folder, rounds });
    } finally {
      rmSync(folder, { recursive: true });
    }
    const rows = scripts.map(({ file, ending, label }) => {
      const [all, empty] = [times.get(file), times.get(`empty.${ending}`)];
      if (!label) return [`an empty script, ${ending}`, shown(median(all)), "–", "–"];
      return [label, ...[median(all), dearer(all, empty), fastestQuarter(all) - fastestQuarter(empty)].map(shown)];
    });
    const head = ["a new process", "ms in all", "ms over an empty script", "the same, fastest quarters"];
    return section("start-up", `import, first pattern and first match; medians of ${rounds} rounds`, table(head, rows));
  },
};
