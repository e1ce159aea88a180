// The built package, as its two kinds of users get it.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const pkg = join(root, "pkg");

/** What `import "eventbridge-rules"` gives. */
export const esm = await import(pathToFileURL(join(pkg, "index.mjs")).href);
/** What `require("eventbridge-rules")` gives. */
export const cjs = createRequire(import.meta.url)(join(pkg, "index.cjs"));

let copies = 0;
/** A fresh copy of an entry: nothing is compiled in it yet. */
export const freshCopy = (name) => import(`${pathToFileURL(join(pkg, name)).href}?copy=${copies++}`);

export const bytesOf = (text) => new TextEncoder().encode(text);
