// Figures of event-ruler that were recorded elsewhere. The library runs on the JVM and is in none of the registries from
// which this project installs, so it cannot run in the same run; its rows here are from the project's table of anchors:
// event-ruler 2.0.1, JDK 17, warm, one thread, two shared cores as those of the rows in record.md, on events that a
// generator like ours made with the same counts and sizes. Thousand events a second.
export const eventRuler = {
  name: "event-ruler 2.0.1 on the JVM (recorded, not run here)",
  cityLots: {
    exact: 385,
    wildcard: 287,
    prefix: 386,
    "prefix, ignore case": 386,
    suffix: 372,
    "suffix, ignore case": 370,
    "equals-ignore-case": 329,
    numeric: 194,
    "anything-but": 200,
    "anything-but prefix": 212,
    "anything-but suffix": 208,
    "anything-but wildcard": 220,
    "complex arrays": 40,
    "partial combo (40 rules)": 60,
    "combo (45 rules)": 23,
  },
  growth: {
    exact: { 1: 262, 100: 292, 1000: 240, 10000: 191, 100000: 118 },
    prefix: { 1: 316, 100: 221, 1000: 278, 10000: 178, 100000: 108 },
    wildcard: { 1: 234, 100: 174, 1000: 89, 10000: 42, 100000: 19 },
    mixed: { 1: 168, 100: 128, 1000: 93, 10000: 18, 100000: 8.1 },
  },
  /** Building 100,000 mixed rules. */
  building: { seconds: 7.5, megabytes: 416 },
};

/**
 * `JSON.parse` alone on the machine of those figures, MB/s, in the middle of what was recorded (130 to 150, 200 to 230):
 * it tells how fast this machine is beside that one.
 */
export const recordedParse = { cityLots: 140, aws: 215 };
