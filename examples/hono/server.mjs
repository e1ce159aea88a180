import { serve } from "@hono/node-server";
import { webhook } from "./app.mjs";

const app = webhook((event) => console.log(`${event["detail-type"]}: ${event.detail.order}`));

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env.PORT ?? 3000) }, ({ port }) => {
  console.log(`POST events to http://127.0.0.1:${port}/events`);
});
