// How long new processes of Node take. Scripts in turn, round after round, so that whatever else the machine does meets all
// of them.
import { spawnSync } from "node:child_process";
import { Failure } from "../../www/tasks/run.mjs";
import { median } from "./race.mjs";
import { mean } from "./report.mjs";

/** What a script does with its `EventPattern`. */
export const firstMatch = 'if (!new EventPattern({ source: ["aws.s3"] }).matches(\'{"source":"aws.s3"}\')) throw new Error("no match");\n';

/**
 * With certificates of the machine's own every process of Node reads a file at its start, which takes longer than all that
 * is measured.
 */
const withoutCertificates = { NODE_EXTRA_CA_CERTS: undefined };

function milliseconds(file, cwd, env) {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file], { cwd, env: { ...env, ...withoutCertificates }, encoding: "utf8" });
  const taken = performance.now() - started;
  if (status !== 0) throw new Failure(`${file} ended with ${status}: ${stderr}`);
  return taken;
}

/** For each script in a folder: the milliseconds of each round. */
export function timesOf(files, { cwd, rounds, env = process.env }) {
  // The first time each file comes from the disk.
  for (const file of files) milliseconds(file, cwd, env);
  const times = new Map(files.map((file) => [file, []]));
  for (let round = 0; round < rounds; round++) for (const [file, known] of times) known.push(milliseconds(file, cwd, env));
  return times;
}

/** What of the time counts on a machine that others use as well. */
export const fastestQuarter = (times) => mean(times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length / 4)));

/** The median of the differences within the rounds. */
export const dearer = (times, others) => median(times.map((time, round) => time - others[round]));
