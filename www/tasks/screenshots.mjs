// Takes the pictures of the page that README shows: `npm --prefix www run screenshots`. They are kept in www/screenshots/.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../../tests/browser/browser.mjs";
import { pack } from "./pack.mjs";
import { buildPage } from "./page.mjs";
import { dist, www } from "./places.mjs";
import { smallerPng } from "./png.mjs";
import { Failure, say, task } from "./run.mjs";
import { serveFolder } from "./serve.mjs";
import { setUp } from "./setup.mjs";

const LARGEST = 200 * 1024;

const pictures = [
  { name: "wide.png", viewport: { width: 1280, height: 800 }, colorScheme: "light", prepare: showMiss },
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
      const picture = smallerPng(await page.screenshot({ caret: "hide", animations: "disabled" }));
      const size = picture.length;
      if (size > LARGEST) throw new Failure(`${name} is ${size} bytes, more than ${LARGEST}`);
      writeFileSync(join(folder, name), picture);
      say(`screenshots: www/screenshots/${name} (${(size / 1024).toFixed(0)} KB)`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
