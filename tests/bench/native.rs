//! The crate at the work of the benchmark, compiled for this machine. Started by `parts/native.mjs` and
//! `parts/instructions.mjs`, which write its files:
//!
//! ```text
//! bench (--rounds N | --passes N) EVENTS RULES...
//! ```
//!
//! `EVENTS` has an event a line; each of `RULES` is a JSON array of patterns as text. For each of these a line of JSON is
//! printed: how many rules matched in one pass over the events, the nanoseconds of building, and of one event in each of
//! the rounds. With `--passes` nothing is timed: the events are gone over that often, for whoever counts instructions.

use eventbridge_rules::RuleSet;
use serde_json::json;
use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

/// How long a round lasts.
const ROUND: Duration = Duration::from_millis(50);

enum Task {
    Rounds(usize),
    Passes(usize),
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, number, events, rules @ ..] = arguments.as_slice() else {
        return Err("bench (--rounds N | --passes N) EVENTS RULES...".into());
    };
    let task = match kind.as_str() {
        "--rounds" => Task::Rounds(number.parse()?),
        "--passes" => Task::Passes(number.parse()?),
        _ => return Err(format!("what is {kind}?").into()),
    };
    let text = std::fs::read(events)?;
    let events: Vec<&[u8]> = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let sets = rules.iter().map(|path| Work::new(path, &events)).collect::<Result<Vec<_>, _>>()?;
    for line in run(&task, sets)? {
        writeln!(std::io::stdout(), "{line}")?;
    }
    Ok(())
}

/// A set of rules and the events that it is asked about.
struct Work<'a> {
    path: &'a str,
    rules: RuleSet,
    events: &'a [&'a [u8]],
    /// The event that is next: each round goes on where the last one ended.
    next: usize,
    building: Duration,
    times: Vec<f64>,
}

impl<'a> Work<'a> {
    fn new(path: &'a str, events: &'a [&'a [u8]]) -> Result<Work<'a>, Box<dyn Error>> {
        let patterns: Vec<String> = serde_json::from_slice(&std::fs::read(path)?)?;
        let mut rules = RuleSet::default();
        let started = Instant::now();
        for (number, pattern) in patterns.iter().enumerate() {
            rules.set(&number.to_string(), pattern)?;
        }
        Ok(Work { path, rules, events, next: 0, building: started.elapsed(), times: Vec::new() })
    }

    /// All events once; how many rules match.
    fn pass(&self) -> Result<usize, Box<dyn Error>> {
        let mut matches = 0;
        for event in self.events {
            matches += self.rules.matches(black_box(event))?.len();
        }
        Ok(matches)
    }

    /// Events for as long as a round lasts; the nanoseconds of one.
    fn round(&mut self) -> Result<f64, Box<dyn Error>> {
        let started = Instant::now();
        let mut done = 0;
        while started.elapsed() < ROUND {
            for _ in 0..64 {
                black_box(self.rules.matches(black_box(self.events[self.next]))?);
                self.next = (self.next + 1) % self.events.len();
            }
            done += 64;
        }
        Ok(started.elapsed().as_nanos() as f64 / f64::from(done))
    }
}

/// The lines to print.
fn run(task: &Task, mut sets: Vec<Work>) -> Result<Vec<String>, Box<dyn Error>> {
    match task {
        Task::Rounds(rounds) => {
            // All sets in turn, as in `race.mjs`; the first round warms up.
            for round in 0..=*rounds {
                for work in &mut sets {
                    let time = work.round()?;
                    if round > 0 {
                        work.times.push(time);
                    }
                }
            }
            sets.iter().map(|work| work.pass().map(|matches| line(work, matches))).collect()
        }
        Task::Passes(passes) => {
            let count = |work: &Work| (0..*passes).try_fold(0, |sum, _| work.pass().map(|matches| sum + matches));
            sets.iter().map(|work| count(work).map(|matches| line(work, matches))).collect()
        }
    }
}

fn line(work: &Work, matches: usize) -> String {
    json!({
        "rules": work.path,
        "events": work.events.len(),
        "matches": matches,
        "building": work.building.as_nanos() as u64,
        "times": work.times,
    })
    .to_string()
}
