// Where a row runs: a fresh folder with the packed package installed by npm, and the tools, which are kept in a cache.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { tools as toolsFolder } from "../../www/tasks/places.mjs";
import { npm, say } from "../../www/tasks/run.mjs";
import { isFresh, setStamp } from "../../www/tasks/stamp.mjs";
import { tools } from "./versions.mjs";

/** A row that cannot run here, for a reason that is not the package's. */
export class NotRun extends Error {}

const cache = join(toolsFolder, "matrix");
const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/** The environment of someone who did not start npm with our settings. */
export function environment(more = {}, all = process.env) {
  const ours = /^(npm_(?!config_)|npm_config_(local_|global_)?prefix$|INIT_CWD$|NODE_TEST_CONTEXT$|FORCE_COLOR$)/i;
  const kept = Object.entries(all).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: "1", ...more };
}

const npmIn = (folder, args) => npm(args, { cwd: folder, env: environment(), quiet: true });

/** What `npm publish` would upload, as a file in `folder`. */
export async function packInto(folder, pkg) {
  await npmIn(folder, ["pack", pkg, "--pack-destination", folder, "--loglevel=error"]);
  return join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")));
}

/** Without a network each install takes a minute to fail, so that the first failure is the answer to all later ones. */
const noNetwork = /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTCACHED)/;
let unreachable;

/** The folder in which a tool is installed; it is there from an earlier run, or is made now. */
export async function toolFolder(name) {
  const wanted = JSON.stringify({ private: true, dependencies: tools[name] }, null, 2);
  const folder = join(cache, name);
  const stamp = join(folder, ".installed");
  if (isFresh(stamp, wanted)) return folder;
  if (unreachable) throw new NotRun(unreachable);
  say(`matrix: installing ${Object.entries(tools[name]).map((pair) => pair.join("@")).join(" ")}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), wanted);
  try {
    await npmIn(folder, ["install", "--no-package-lock", ...quietly]);
  } catch (error) {
    const reason = `npm cannot install ${Object.keys(tools[name])[0]}: ${codeOf(error)}`;
    if (noNetwork.test(codeOf(error))) unreachable = reason;
    throw new NotRun(reason, { cause: error });
  }
  setStamp(stamp, wanted);
  return folder;
}

/** What npm calls its failure: E404, EBADPLATFORM. */
const codeOf = ({ output = "", message }) => /^npm error code (\S+)$/m.exec(output)?.[1] ?? message;

export const emptyFolder = (inside = tmpdir()) => realpathSync(mkdtempSync(join(inside, "eventbridge-rules-")));

/** A project with these files. Inside of the tool's folder when there is one, so that the tool is found. */
export function freshFolder(files, inside) {
  const folder = emptyFolder(inside);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`);
  }
  if (!existsSync(join(folder, "package.json"))) writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  return folder;
}

export const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

export const installTarball = (folder, tarball) => npmIn(folder, ["install", tarball, ...quietly]);

/** The script behind a command of an installed package. */
export function commandOf(tool, name, command = name) {
  const folder = join(tool, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}
