// A plain file server for one folder: what GitHub Pages or S3 would do, on 127.0.0.1.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".jsonl": "application/x-ndjson; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Serves a folder. When the port is taken the next free one is used; port 0 means any. Resolves to `{ url, close }`. */
export async function serveFolder(folder, { port = 8080 } = {}) {
  const server = createServer((request, response) => {
    answer(folder, request, response).catch((error) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  const address = await listen(server, port);
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(folder, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "only GET and HEAD");
  const file = await fileOf(folder, request.url ?? "/");
  if (!file) return end(response, 404, "not found");
  response.writeHead(200, {
    "content-type": types[extname(file.path)] ?? "application/octet-stream",
    "content-length": file.size,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") return response.end();
  createReadStream(file.path).on("error", () => response.destroy()).pipe(response);
}

function end(response, status, text) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}

/** The file behind an address; none outside of the folder, whatever the address says. */
async function fileOf(folder, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, "http://localhost").pathname);
  } catch {
    return undefined;
  }
  if (path.includes("\0")) return undefined;
  const base = resolve(folder);
  let file = resolve(join(base, path));
  if (file !== base && !file.startsWith(base + sep)) return undefined;
  let found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) {
    file = join(file, "index.html");
    found = await stat(file).catch(() => undefined);
  }
  return found?.isFile() ? { path: file, size: found.size } : undefined;
}

function listen(server, port) {
  return new Promise((done, failed) => {
    let tries = 0;
    server.on("error", (error) => {
      if (error.code !== "EADDRINUSE" || port === 0 || ++tries > 50) return failed(error);
      server.listen(port + tries, "127.0.0.1");
    });
    server.on("listening", () => done(server.address()));
    server.listen(port, "127.0.0.1");
  });
}
