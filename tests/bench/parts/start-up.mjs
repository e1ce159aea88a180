// What a new process waits for: import, first pattern and first match, over an empty script. Next to it a package of the
// same manifest with nothing in it, which is what Node itself takes to find and read one. Scripts in turn, so that whatever
// else the machine does meets all of them.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, pace } from "../race.mjs";
import { mean, section, table } from "../report.mjs";
import { root } from "../workload.mjs";

/** Rounds of processes for each of the usual rounds. */
const roundsForOne = 5;

const imports = { mjs: (name) => `import { EventPattern } from "${name}";`, cjs: (name) => `const { EventPattern } = require("${name}");` };
const match = 'if (!new EventPattern({ source: ["aws.s3"] }).matches(\'{"source":"aws.s3"}\')) throw new Error("no match");';
const packages = { "a package with nothing in it": "nothing", "eventbridge-rules/match": "eventbridge-rules/match", "eventbridge-rules": "eventbridge-rules" };

const scripts = Object.entries({ mjs: "import", cjs: "require" }).flatMap(([ending, verb]) => [
  { file: `empty.${ending}`, text: "", ending },
  ...Object.entries(packages).map(([name, from]) => ({
    file: `${from.replace("/", "-")}.${ending}`,
    text: `${imports[ending](from)}\n${from === "nothing" ? "" : match}\n`,
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

function milliseconds(file, cwd) {
  // With certificates of the machine's own every process of Node reads a file first, which takes longer than all else.
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file], { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

const fastestQuarter = (times) => mean(times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length / 4)));
const shown = (number) => number.toFixed(1);

export const startUp = {
  name: "start-up",
  async run() {
    const folder = folderOfScripts();
    const times = new Map(scripts.map(({ file }) => [file, []]));
    try {
      for (const { file } of scripts) milliseconds(file, folder);
      for (let round = 0; round < pace.rounds * roundsForOne; round++) for (const [file, known] of times) known.push(milliseconds(file, folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
    const rows = scripts.map(({ file, ending, label }) => {
      const [all, empty] = [times.get(file), times.get(`empty.${ending}`)];
      if (!label) return [`an empty script, ${ending}`, shown(median(all)), "–", "–"];
      const dearer = median(all.map((time, round) => time - empty[round]));
      return [label, shown(median(all)), shown(dearer), shown(fastestQuarter(all) - fastestQuarter(empty))];
    });
    const head = ["a new process", "ms in all", "ms over an empty script", "the same, fastest quarters"];
    return section("start-up", `import, first pattern and first match; medians of ${pace.rounds * roundsForOne} rounds`, table(head, rows));
  },
};
