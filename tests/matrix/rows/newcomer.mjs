// How long it takes: from an empty folder to the first match, and from the start of a process to the first match.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
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

const pairs = 21;
/**
 * At most so much of the time of an empty script: it was 0.29 to 0.60 of it in four runs, two of them beside two processes
 * at full load. A bound in milliseconds would hold or not with the neighbours of the machine.
 */
const mostOfEmpty = 0.75;
const match = 'if (!new EventPattern({ source: ["aws.s3"] }).matches(\'{"source":"aws.s3"}\')) throw new Error("no match");\n';

/** With its certificates every process of Node reads a file at its start, which takes longer than all that is measured. */
const withoutCertificates = { NODE_EXTRA_CA_CERTS: undefined };

function millisecondsOf(file, folder) {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file], { cwd: folder, env: environment(withoutCertificates), encoding: "utf8" });
  if (status !== 0) throw new Failure(`${file} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** A script after an empty one, many times: the median of the differences. */
function dearerThanNothing(file, empty, folder) {
  const times = Array.from({ length: pairs }, () => [millisecondsOf(empty, folder), millisecondsOf(file, folder)]);
  const nothing = median(times.map(([alone]) => alone));
  const dearer = median(times.map(([alone, something]) => something - alone));
  if (dearer > mostOfEmpty * nothing) throw new Failure(`${file} takes ${dearer.toFixed(1)} ms more than an empty script, which takes ${nothing.toFixed(1)}`);
  return `${dearer.toFixed(1)} ms`;
}

const startUp = {
  name: "start-up",
  fast: true,
  version: `node ${process.versions.node}`,
  files: {
    "empty.mjs": "",
    "empty.cjs": "",
    "use.mjs": `import { EventPattern } from "eventbridge-rules";\n${match}`,
    "match.mjs": `import { EventPattern } from "eventbridge-rules/match";\n${match}`,
    "object.mjs": `import { EventPattern } from "eventbridge-rules";\n${match.replace(/'(.*)'/, "$1")}`,
    "use.cjs": `const { EventPattern } = require("eventbridge-rules");\n${match}`,
  },
  async run({ folder }) {
    const scripts = { mjs: "use.mjs", "an object, mjs": "object.mjs", cjs: "use.cjs", "match, mjs": "match.mjs" };
    const times = Object.entries(scripts).map(([name, script]) => `${dearerThanNothing(script, `empty.${script.slice(-3)}`, folder)} (${name})`);
    return { note: `import and first match over an empty script: ${times.join(", ")}` };
  },
};

export const newcomerRows = [newcomer, startUp];
