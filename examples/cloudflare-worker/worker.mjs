// A Cloudflare Worker that answers which rules an event matches. Nothing is configured for WebAssembly: wrangler finds
// the package's own entry for Workers, whose module is compiled when the worker is deployed.
import { EventError, RuleSet } from "eventbridge-rules";

const rules = new RuleSet({
  uploads: { source: ["aws.s3"], "detail-type": ["Object Created"] },
  europe: { region: [{ prefix: "eu-" }] },
});

export default {
  async fetch(request) {
    if (request.method !== "POST") return new Response("POST an event", { status: 405 });
    try {
      return Response.json({ matches: rules.match(await request.text()) });
    } catch (error) {
      if (!(error instanceof EventError)) throw error;
      return Response.json({ error: error.message }, { status: 400 });
    }
  },
};
