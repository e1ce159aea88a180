// What is shipped, in bytes.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { section, table, whole } from "../report.mjs";
import { root } from "../workload.mjs";

const files = ["pkg/core.wasm", "pkg/authoring.wasm", "pkg/index.mjs", "pkg/index.cjs", "pkg/authoring.mjs", "pkg/match.mjs", "pkg/slim.mjs", "pkg/workerd.mjs", "www/dist/index.html", "www/dist/main.js", "www/dist/style.css", "www/dist/core.wasm"];

function row(name) {
  const bytes = readFileSync(join(root, name));
  return [name, ...[bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length].map(whole)];
}

export const sizes = {
  name: "sizes",
  async run() {
    const there = files.filter((name) => existsSync(join(root, name)));
    return section("sizes", "bytes, as they are and as they travel", table(["", "raw", "gzip", "brotli"], there.map(row)));
  },
};
