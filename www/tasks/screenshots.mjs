// Takes the pictures of the page that README shows: `npm --prefix www run screenshots`. They are kept in www/screenshots/.
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../../tests/browser/browser.mjs";
import { pack } from "./pack.mjs";
import { buildPage } from "./page.mjs";
import { dist, www } from "./places.mjs";
import { Failure, say, task } from "./run.mjs";
import { serveFolder } from "./serve.mjs";
import { setUp } from "./setup.mjs";

const LARGEST = 200 * 1024;

const pictures = [
  { name: "wide.png", viewport: { width: 1200, height: 750 }, colorScheme: "light", prepare: showMiss },
  { name: "narrow-dark.png", viewport: { width: 390, height: 844 }, colorScheme: "dark", prepare: async () => {} },
];

/** An event that does not match says most about the page. */
async function showMiss(page) {
  await page.locator("#event-list .event-row", { hasText: "tiny icon" }).click();
  await page.waitForSelector(".banner-no");
}

await task(async () => {
  await setUp();
  await pack();
  await buildPage();
  const folder = join(www, "screenshots");
  mkdirSync(folder, { recursive: true });
  const server = await serveFolder(dist, { port: 0 });
  const { browser } = await launch();
  try {
    for (const { name, viewport, colorScheme, prepare } of pictures) {
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce", serviceWorkers: "block" });
      await page.goto(server.url);
      await page.waitForSelector(".banner-yes");
      // The help with writing is part of the picture.
      await page.waitForSelector(".cm-verdicts");
      await prepare(page);
      await page.waitForFunction(() => document.querySelector("#link-size").textContent !== "");
      const path = join(folder, name);
      await page.screenshot({ path, caret: "hide", animations: "disabled" });
      const { size } = statSync(path);
      if (size > LARGEST) throw new Failure(`${name} is ${size} bytes, more than ${LARGEST}`);
      say(`screenshots: www/screenshots/${name} (${(size / 1024).toFixed(0)} KB)`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
