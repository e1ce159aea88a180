// Everything from a fresh clone to the playground in a browser. `--port 3000` asks for another port than 8080.
import { watch } from "node:fs";
import { parseArgs } from "node:util";
import { pack } from "./pack.mjs";
import { buildPage, watchPage } from "./page.mjs";
import { dist, www } from "./places.mjs";
import { Failure, say, task } from "./run.mjs";
import { serveFolder } from "./serve.mjs";
import { setUp } from "./setup.mjs";

await task(async () => {
  const { values } = parseArgs({ options: { port: { type: "string", default: "8080" } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Failure(`--port takes a number from 0 to 65535, not ${values.port}`);
  await setUp();
  await pack();
  await buildPage();
  let changed = false;
  const pages = await watchPage(() => {
    if (changed) say("page: built again");
    changed = true;
  });
  const files = watch(www, (_, name) => {
    if (name === "index.html") void pages.refresh();
  });
  const server = await serveFolder(dist, { port });
  say(`\nThe playground: ${server.url}\n(changes in www/ are built at once: reload the page; Ctrl-C ends)`);
  const end = async () => {
    files.close();
    await Promise.all([pages.close(), server.close()]);
    process.exit(0);
  };
  process.once("SIGINT", end).once("SIGTERM", end);
});
