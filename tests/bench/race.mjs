// Contestants in turn, round after round, so that whatever else the machine does meets all of them. What counts is the
// median over the rounds; a ratio is the median of the ratios within each round.

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
export const geometricMean = (numbers) => Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);

/** How long things last; the words of the command may shorten it. */
export const pace = { rounds: 11, warmUps: 2, milliseconds: 50 };

let loops = 0;
/**
 * A loop over `work` of its own for each contestant: one loop for all would be compiled for all, and none would have its
 * calls inlined. The comment keeps the engine from finding the loop of another in its cache.
 */
const loopOver = (work) => new Function("work", `/* ${loops++} */ return (batch) => { let kept = 0; for (let at = 0; at < batch.length; at++) kept += work(batch[at]); return kept; };`)(work);

/**
 * One engine at one work.
 * @param {string} name
 * @param {readonly unknown[]} inputs
 * @param {(input: any) => number} work what is timed; it returns a number so that nothing of it can be left out
 * @param {(input: any) => unknown} [prepare] makes the input that `work` gets from each of `inputs`, out of the time
 */
export function contestant(name, inputs, work, prepare) {
  let at = 0;
  // Each turn goes on where the last one ended: all of the inputs have their turn, whatever they cost.
  const next = (size) => {
    if (at >= inputs.length) at = 0;
    const batch = inputs.slice(at, (at += size));
    return prepare ? batch.map(prepare) : batch;
  };
  return { name, next, loop: loopOver(work), size: 1 };
}

const largestBatch = 250;

function turn(contestant, milliseconds) {
  const until = performance.now() + milliseconds;
  let [spent, done, kept] = [0, 0, 0];
  do {
    const batch = contestant.next(contestant.size);
    const started = performance.now();
    kept += contestant.loop(batch);
    const time = performance.now() - started;
    spent += time;
    done += batch.length;
    // Batches grow while they are so short that the clock would count, and what is slow gets one input at a time.
    if (time < milliseconds / 20) contestant.size = Math.min(largestBatch, contestant.size * 2);
  } while (performance.now() < until);
  if (Number.isNaN(kept)) throw new Error("a contestant returned something that is not a number");
  return (spent * 1e6) / done;
}

/** For each contestant the nanoseconds that one input takes, round by round. */
export function race(contestants) {
  const turns = contestants.map((contestant) => ({ contestant, name: contestant.name, times: [] }));
  for (let round = -pace.warmUps; round < pace.rounds; round++) {
    // Nobody always runs behind the same other.
    const order = round % 2 === 0 ? turns : turns.toReversed();
    for (const { contestant, times } of order) {
      const time = turn(contestant, pace.milliseconds);
      if (round >= 0) times.push(time);
    }
  }
  return turns.map(({ name, times }) => ({ name, times, nanoseconds: median(times) }));
}

/** How many times as fast as `other` this one is. */
export const timesAsFast = (one, other) => median(one.times.map((time, round) => other.times[round] / time));

/**
 * Stops everything if engines that are meant to say the same do not.
 * @param {Record<string, (at: number) => unknown>} engines each gives its answer for input number `at`
 */
export function agree(what, count, engines) {
  const [[first, reference], ...others] = Object.entries(engines);
  let matches = 0;
  for (let at = 0; at < count; at++) {
    const wanted = reference(at);
    matches += wanted.length ?? Number(wanted);
    for (const [name, answer] of others) {
      const found = answer(at);
      if (String(found) !== String(wanted)) throw new Error(`${what}: for input ${at}, ${name} says ${short(found)} and ${first} says ${short(wanted)}`);
    }
  }
  return matches;
}

const short = (answer) => JSON.stringify(answer)?.slice(0, 200);
