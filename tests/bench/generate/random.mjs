// Randomness with a seed. The same seed gives the same bytes on every platform: only whole numbers, and the four
// operations on doubles that IEEE 754 fixes to the last bit, are used; `Math.log` and its kind are not fixed, so they are
// not here.

/** Numbers 0 <= number < 1 (mulberry32). */
function fractions(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed of its own for part number `at` of something that has a seed. */
export const seedOfPart = (seed, at) => Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(at + 1, 0xc2b2ae35);

/** What can be drawn by chance. */
export function randomness(seed) {
  const fraction = fractions(seed);
  const int = (from, to) => from + Math.floor(fraction() * (to - from + 1));
  const pick = (values) => values[Math.floor(fraction() * values.length)];
  const letters = (alphabet, length) => {
    let text = "";
    for (let at = 0; at < length; at++) text += alphabet[Math.floor(fraction() * alphabet.length)];
    return text;
  };
  return {
    fraction,
    int,
    pick,
    chance: (share) => fraction() < share,
    hex: (length) => letters("0123456789abcdef", length),
    digits: (length) => letters("0123456789", length),
    list: (from, to, one) => Array.from({ length: int(from, to) }, one),
    /** A number from 0 on, most often small: `mean` on average. */
    small(mean) {
      let number = 0;
      while (fraction() >= 1 / (mean + 1)) number++;
      return number;
    },
    /** Shuffles a list in its place. */
    shuffle(values) {
      for (let last = values.length - 1; last > 0; last--) {
        const other = Math.floor(fraction() * (last + 1));
        [values[last], values[other]] = [values[other], values[last]];
      }
      return values;
    },
  };
}

const words = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu".split(" ");
const accounts = ["123456789012", "210987654321", "345678901234", "456789012345"];
const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2"];

/** What events are made of. */
export function maker(seed) {
  const random = randomness(seed);
  const { int, pick, hex } = random;
  const two = (number) => String(number).padStart(2, "0");
  const make = {
    ...random,
    id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    account: () => pick(accounts),
    region: () => pick(regions),
    time: () => `2026-${two(int(1, 12))}-${two(int(1, 28))}T${two(int(0, 23))}:${two(int(0, 59))}:${two(int(0, 59))}Z`,
    address: () => [int(1, 254), int(0, 255), int(0, 255), int(1, 254)].join("."),
    word: () => pick(words),
    sentence: (from, to) => random.list(from, to, make.word).join(" "),
  };
  make.envelope = (source, detailType, resources, detail) => ({
    version: "0",
    id: make.id(),
    "detail-type": detailType,
    source,
    account: make.account(),
    time: make.time(),
    region: make.region(),
    resources,
    detail,
  });
  return make;
}

/** So many things of one kind. */
export function made(seed, count, one) {
  const make = maker(seed);
  return Array.from({ length: count }, (_, at) => one(make, at));
}
