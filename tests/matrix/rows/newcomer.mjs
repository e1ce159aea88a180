// How long it takes: from an empty folder to the first match, and from the start of a process to the first match.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dearer, fastestQuarter, firstMatch, timesOf } from "../../bench/processes.mjs";
import { Failure } from "../../../www/tasks/run.mjs";
import { hear } from "../hear.mjs";
import { emptyFolder, environment, installTarball, removeFolder } from "../place.mjs";
import { program } from "../snippet.mjs";

const newcomer = {
  name: "newcomer's path",
  fast: true,
  version: `node ${process.versions.node}`,
  files: {},
  async run({ tarball }) {
    const empty = emptyFolder();
    try {
      const started = performance.now();
      await installTarball(empty, tarball);
      writeFileSync(join(empty, "first.mjs"), program());
      await hear(process.execPath, ["first.mjs"], empty);
      return { note: `npm install and first match: ${((performance.now() - started) / 1000).toFixed(1)} s` };
    } finally {
      removeFolder(empty);
    }
  },
};

const rounds = 21;
/**
 * At most so much of the time of an empty script, of both the fastest quarter: 0.3 to 0.5 where it was measured. A bound in
 * milliseconds would hold or not with the machine and its neighbours.
 */
const mostOfEmpty = 0.75;

/** How much longer a script takes than an empty one. */
function overEmpty(file, times) {
  const [all, empty] = [times.get(file), times.get(`empty.${file.slice(-3)}`)];
  const [least, leastEmpty] = [all, empty].map(fastestQuarter);
  if (least > (1 + mostOfEmpty) * leastEmpty) throw new Failure(`${file} takes ${least.toFixed(1)} ms, an empty script ${leastEmpty.toFixed(1)}`);
  return `${dearer(all, empty).toFixed(1)} ms`;
}

const startUp = {
  name: "start-up",
  fast: true,
  version: `node ${process.versions.node}`,
  files: {
    "empty.mjs": "",
    "empty.cjs": "",
    "use.mjs": `import { EventPattern } from "eventbridge-rules";\n${firstMatch}`,
    "match.mjs": `import { EventPattern } from "eventbridge-rules/match";\n${firstMatch}`,
    "object.mjs": `import { EventPattern } from "eventbridge-rules";\n${firstMatch.replace(/'(.*)'/, "$1")}`,
    "use.cjs": `const { EventPattern } = require("eventbridge-rules");\n${firstMatch}`,
  },
  async run({ folder }) {
    const scripts = { mjs: "use.mjs", "an object, mjs": "object.mjs", cjs: "use.cjs", "match, mjs": "match.mjs" };
    const times = timesOf(["empty.mjs", "empty.cjs", ...Object.values(scripts)], { cwd: folder, rounds, env: environment() });
    const figures = Object.entries(scripts).map(([name, file]) => `${overEmpty(file, times)} (${name})`);
    return { note: `import and first match over an empty script: ${figures.join(", ")}` };
  },
};

export const newcomerRows = [newcomer, startUp];
