// One Lambda function behind one broad EventBridge rule: it hands each event to the functions that want it.
// `npm run build` leaves one file, dist/handler.mjs; nothing else needs to be deployed.
import { RuleSet } from "eventbridge-rules";

const routes = {
  thumbnail: {
    pattern: {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { object: { key: [{ suffix: { "equals-ignore-case": ".jpg" } }, { suffix: { "equals-ignore-case": ".png" } }], size: [{ numeric: ["<=", 10_000_000] }] } },
    },
    run: ({ detail }) => `a thumbnail of ${detail.object.key}`,
  },
  alarm: {
    pattern: { source: ["aws.ec2"], detail: { state: ["stopped", "terminated"] } },
    run: ({ detail }) => `${detail["instance-id"]} is ${detail.state}`,
  },
  archive: {
    pattern: { source: [{ prefix: "aws." }] },
    run: ({ id }) => `${id} is kept`,
  },
};

// At module scope: built once for each execution environment, and used by every call in it.
const rules = new RuleSet(Object.entries(routes).map(([name, { pattern }]) => [name, pattern]));

export async function handler(event) {
  const names = rules.match(event);
  const results = await Promise.all(names.map((name) => routes[name].run(event)));
  return Object.fromEntries(names.map((name, at) => [name, results[at]]));
}
