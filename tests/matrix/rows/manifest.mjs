// What is uploaded, and whether it is described right.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "../../../www/tasks/run.mjs";

const shipped = [
  ["LICENSE", "README.md", "package.json", "core.wasm", "authoring.wasm", "authoring.mjs", "authoring.cjs"],
  ["index.mjs", "index.cjs", "index.d.mts", "index.d.cts"],
  ["match.mjs", "match.cjs", "match.d.mts", "match.d.cts"],
  ["slim.mjs", "slim.cjs", "slim.d.mts", "slim.d.cts", "workerd.mjs"],
].flat();

const files = {
  name: "files",
  fast: true,
  files: {},
  async run({ folder }) {
    const found = readdirSync(join(folder, "node_modules", "eventbridge-rules"), { recursive: true });
    const missing = shipped.filter((name) => !found.includes(name));
    const extra = found.filter((name) => !shipped.includes(name));
    if (missing.length + extra.length > 0) throw new Failure(`not in the tarball: ${missing}; not wanted there: ${extra}`);
    return { note: `${found.length} files` };
  },
};

/** What a package of a tool's folder exports. */
const load = (tool, name) => import(pathToFileURL(createRequire(join(tool, "package.json")).resolve(name)).href);

function expectNone(problems) {
  if (problems.length > 0) throw new Failure(`${problems.length} problems\n${problems.join("\n")}`);
}

const publint = {
  name: "publint",
  fast: true,
  tool: "publint",
  files: {},
  async run({ tool, tarball, folder }) {
    const [{ publint: check }, { formatMessage }] = [await load(tool, "publint"), await load(tool, "publint/utils")];
    const bytes = new Uint8Array(readFileSync(tarball));
    const { messages } = await check({ pack: { tarball: bytes.buffer }, strict: true });
    const manifest = JSON.parse(readFileSync(join(folder, "node_modules", "eventbridge-rules", "package.json"), "utf8"));
    expectNone(messages.map((message) => formatMessage(message, manifest, { color: false })));
  },
};

/** TypeScript's oldest way of looking knows no `exports`, so it finds the main entry alone. A module of bytes has no types. */
const unavoidable = ({ entrypoint, resolutionKind }) => entrypoint.endsWith(".wasm") || (["./match", "./slim"].includes(entrypoint) && resolutionKind === "node10");

const attw = {
  name: "arethetypeswrong",
  fast: true,
  tool: "attw",
  files: {},
  async run({ tool, tarball }) {
    const { checkPackage, createPackageFromTarballData } = await load(tool, "@arethetypeswrong/core");
    const { problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
    expectNone(problems.filter((problem) => !unavoidable(problem)).map((problem) => JSON.stringify(problem)));
  },
};

export const manifestRows = [files, publint, attw];
