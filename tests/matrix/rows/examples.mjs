// The examples, as someone runs them who has copied one of their folders.
import { copyFileSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root, toolEnvironment, version, www } from "../../../www/tasks/places.mjs";
import { Failure, npm } from "../../../www/tasks/run.mjs";
import { filesOf } from "../../../www/tasks/stamp.mjs";
import { finish, serving } from "../hear.mjs";
import { emptyFolder, environment, removeFolder } from "../place.mjs";
import { tools } from "../versions.mjs";
import { servingWorker } from "./cloudflare.mjs";

const ofWww = JSON.parse(readFileSync(join(www, "package.json"), "utf8")).devDependencies;

/**
 * The manifest without dependencies, for they are installed already: the package from its tarball, the others above.
 * An example must name the versions with which it is run.
 */
function manifestOf(text, name, tool) {
  const { dependencies, devDependencies, ...rest } = JSON.parse(text);
  const known = { ...ofWww, ...tools[tool], "eventbridge-rules": version };
  for (const [dependency, range] of Object.entries({ ...dependencies, ...devDependencies })) {
    const wanted = `^${known[dependency]}`;
    if (range !== wanted) throw new Failure(`examples/${name}/package.json: ${dependency} is ${range} and is tested as ${wanted}`);
  }
  return rest;
}

function filesOfExample(name, tool) {
  const folder = join(root, "examples", name);
  const names = filesOf([folder]).map((file) => relative(folder, file));
  const written = names.filter((file) => !/node_modules|^dist\b|^\.wrangler/.test(file));
  const files = Object.fromEntries(written.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  return { ...files, "package.json": manifestOf(files["package.json"], name, tool) };
}

const example = (name, row) => ({ name: `example ${name}`, ...row, files: () => filesOfExample(name, row.tool) });

/** esbuild comes from www/node_modules; everything else stands above the folder. */
const script = (folder, name) => npm(["run", name], { cwd: folder, env: environment({}, toolEnvironment()), quiet: true });

/** Runs the example's own tests, of which there must be some: `4 passed` of Vitest, `pass 4` of Node. */
async function ownTests({ folder }) {
  const { output } = await script(folder, "test");
  const count = /\bTests +(\d+) passed|\bpass (\d+)$/m.exec(output)?.slice(1).find(Boolean);
  if (!(Number(count) > 0)) throw new Failure(`no test ran:\n${output}`);
  return { note: `${count} tests` };
}

function expectSame(found, wanted) {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Failure(`answered ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
}

/** The bundle alone answers as the handler does. */
async function lambda({ folder }) {
  const outcome = await ownTests({ folder });
  await script(folder, "build");
  const empty = emptyFolder();
  try {
    copyFileSync(join(folder, "dist", "handler.mjs"), join(empty, "handler.mjs"));
    const call = 'import { handler } from "./handler.mjs"; console.log(JSON.stringify(await handler({ id: "1", source: "aws.iam" })));';
    expectSame(JSON.parse(await finish(process.execPath, ["--input-type=module", "--eval", call], empty)), { archive: "1 is kept" });
  } finally {
    removeFolder(empty);
  }
  return outcome;
}

async function post(url, event) {
  const response = await fetch(url, { method: "POST", body: event });
  return [response.status, await response.text()];
}

async function hono({ folder }) {
  const outcome = await ownTests({ folder });
  const server = await serving(process.execPath, ["server.mjs"], folder, { PORT: "0" });
  try {
    expectSame(await post(`${server.url}events`, "{}"), [204, ""]);
  } finally {
    await server.close();
  }
  return outcome;
}

async function cloudflareWorker({ folder, tool }) {
  const server = await servingWorker(tool, folder);
  try {
    expectSame(await post(server.url, '{"region":"eu-west-1"}'), [200, '{"matches":["europe"]}']);
    expectSame((await post(server.url, "not json"))[0], 400);
    expectSame(await (await fetch(server.url)).text(), "POST an event");
  } finally {
    await server.close();
  }
}

export const exampleRows = [
  example("lambda", { fast: true, version: `node ${process.versions.node}`, run: lambda }),
  example("vitest", { fast: true, tool: "vitest", run: ownTests }),
  example("hono", { fast: true, tool: "hono", run: hono }),
  example("cloudflare-worker", { tool: "wrangler", run: cloudflareWorker }),
];
