// The package in every place where people put it: runs rows and says what came of each.
import { Failure, say } from "../../www/tasks/run.mjs";
import { closeChromium } from "./hear.mjs";
import { emptyFolder, freshFolder, installTarball, NotRun, packInto, removeFolder, toolFolder } from "./place.mjs";
import { rows } from "./rows.mjs";
import { tools } from "./versions.mjs";

/**
 * @typedef {object} Row
 * @property {string} name What the table shows and words select.
 * @property {boolean} [fast] Is it a part of the tests?
 * @property {boolean} [slow] Does it run only when it is named, or with all?
 * @property {string} [tool] What must be installed beside the package: a name in versions.mjs.
 * @property {string} [version] Of what the package runs in, where no tool and no answer of `run` says it.
 * @property {Files | (() => Files)} files The user's files in the fresh folder: names to texts, or to what is written as JSON.
 * @property {(place: Place) => Promise<{ version?: string, note?: string } | void>} run Throws when the package fails.
 *
 * @typedef {Record<string, string | object>} Files
 *
 * @typedef {object} Place
 * @property {string} folder The fresh folder.
 * @property {string} [tool] The folder of the tool, which is above `folder`.
 * @property {string} tarball What `npm pack` made.
 */

/** Runs the rows that are wanted, prints their table, and throws when one failed. */
export async function runMatrix(pkg, { wanted, strict = false }) {
  const chosen = rows.filter(wanted);
  if (chosen.length === 0) throw new Failure(`no row is called so; there are: ${rows.map(({ name }) => name).join(", ")}`);
  const store = emptyFolder();
  const results = [];
  try {
    const tarball = await packInto(store, pkg);
    for (const row of chosen) results.push(await resultOf(row, tarball));
  } finally {
    await closeChromium();
    removeFolder(store);
  }
  say(table(results));
  return conclude(results, strict);
}

async function resultOf(row, tarball) {
  const started = Date.now();
  const outcome = await runRow(row, tarball).then(
    ({ version, note = "" }) => ({ state: "passed", version, note }),
    (error) => {
      if (error instanceof NotRun) return { state: "not run", note: error.message };
      say(`✗ ${row.name}: ${error instanceof Failure ? error.message : error.stack}`);
      return { state: "failed", note: error.message.split("\n")[0].slice(0, 120) };
    },
  );
  const result = { name: row.name, seconds: (Date.now() - started) / 1000, ...outcome };
  say(lineOf(result));
  return result;
}

async function runRow(row, tarball) {
  const tool = row.tool && (await toolFolder(row.tool));
  const folder = freshFolder(typeof row.files === "function" ? row.files() : row.files, tool);
  try {
    await installTarball(folder, tarball);
    const { version, note } = (await row.run({ folder, tool, tarball })) ?? {};
    return { version: [row.version ?? versionOf(row.tool), version].filter(Boolean).join(", "), note };
  } finally {
    removeFolder(folder);
  }
}

const versionOf = (tool) => tool && Object.values(tools[tool])[0];

const marks = { passed: "✓", failed: "✗", "not run": "–" };

function lineOf({ name, version = "", state, seconds, note }) {
  const time = `${seconds.toFixed(1).padStart(6)} s`;
  return `${marks[state]} ${name.padEnd(26)} ${version.padEnd(28)} ${state.padEnd(8)} ${time}  ${note}`.trimEnd();
}

const table = (results) => ["", "The package, installed from its tarball:", ...results.map(lineOf)].join("\n");

function conclude(results, strict) {
  const number = (state) => results.filter((result) => result.state === state).length;
  const parts = Object.keys(marks).map((state) => [number(state), state]);
  const count = parts.filter(([of]) => of > 0).map((part) => part.join(" ")).join(", ");
  if (number("failed") > 0 || (strict && number("not run") > 0)) throw new Failure(count);
  if (number("passed") === 0) throw new Failure("no row ran");
  return { count };
}
