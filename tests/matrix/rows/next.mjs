// Next.js with Turbopack: a server component, a route of Node and a client component of one built application.
import { finishScript, hearAnswer, hearPage, serving } from "../hear.mjs";
import { commandOf } from "../place.mjs";
import { program, sign } from "../snippet.mjs";
import { Failure } from "../../../www/tasks/run.mjs";

const quiet = { NEXT_TELEMETRY_DISABLED: "1", CI: "1" };

const files = {
  // The tool's folder is above; Turbopack looks no higher than its root.
  "next.config.mjs": 'export default { turbopack: { root: new URL("..", import.meta.url).pathname } };\n',
  "app/layout.jsx": "export default ({ children }) => <html><body>{children}</body></html>;\n",
  "app/page.jsx": program({ ending: 'export const dynamic = "force-dynamic";\nexport default function Page() {\n  return <p>{check()}</p>;\n}' }),
  "app/route/route.js": program({ ending: 'export const dynamic = "force-dynamic";\nexport const GET = () => new Response(check());' }),
  "app/client/page.jsx": `"use client";\nimport { useEffect } from "react";\n${program({
    ending: "export default function Page() {\n  useEffect(() => console.log(check()), []);\n  return <p>client</p>;\n}",
  })}`,
};

async function hearServerComponent(url) {
  const text = await (await fetch(url)).text();
  if (!text.includes(`<p>${sign}</p>`)) throw new Failure(`${url} answered ${text.slice(0, 2000)}`);
}

const next = {
  name: "next",
  slow: true,
  tool: "next",
  files,
  async run({ folder, tool }) {
    const command = commandOf(tool, "next");
    await finishScript(command, ["build"], folder, quiet);
    const server = await serving(process.execPath, [command, "start", "--port", "0", "--hostname", "127.0.0.1"], folder, quiet);
    try {
      await hearServerComponent(server.url);
      await hearAnswer(`${server.url}route`);
      return { version: await hearPage(`${server.url}client`) };
    } finally {
      await server.close();
    }
  },
};

export const nextRows = [next];
