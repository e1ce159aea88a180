// A stamp remembers the content from which something was built, so that a second run can skip the work.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./places.mjs";

/** All files below the given places, in a fixed order. */
export function filesOf(places) {
  const files = [];
  const walk = (place) => {
    if (!existsSync(place)) return;
    if (statSync(place).isDirectory()) for (const name of readdirSync(place).sort()) walk(join(place, name));
    else files.push(place);
  };
  places.forEach(walk);
  return files;
}

/** One name for the content of some files. */
export function contentOf(files, ...others) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${relative(root, file)}\0`).update(readFileSync(file)).update("\0");
  for (const other of others) hash.update(`${other}\0`);
  return hash.digest("hex");
}

/** Is `stamp` there with this content? */
export const isFresh = (stamp, content) => existsSync(stamp) && readFileSync(stamp, "utf8") === content;

export function setStamp(stamp, content) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, content);
}
