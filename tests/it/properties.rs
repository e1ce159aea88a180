//! What must hold for every pattern and every event, tried on invented ones: both evaluators agree, alone and among
//! many rules, however the JSON is spelled; rule sets forget nothing and keep nothing; no text is too broken to be
//! answered.
//!
//! `EVENTBRIDGE_RULES_CASES` is how many cases each property is tried on (2000), `EVENTBRIDGE_RULES_SEED` which ones.

use crate::invent::{Dice, Json, Spelling, World, damage, seed, write};
use crate::json::assert_places;
use eventbridge_rules::diagnostic::summary;
use eventbridge_rules::explain::explain;
use eventbridge_rules::machine::RuleId;
use eventbridge_rules::pattern::{Limits, Pattern, lint};
use eventbridge_rules::rules::Rules;
use eventbridge_rules::{EventPattern, RuleSet, event};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

const UNLIMITED: Limits = Limits { wildcard_complexity: usize::MAX };

/// Tries `property` on many rows of numbers, and on ever smaller ones when it fails.
fn for_all(share: u32, words: usize, property: impl Fn(&mut Dice) -> Result<(), String>) {
    let cases =
        std::env::var("EVENTBRIDGE_RULES_CASES").map_or(2000, |cases| cases.parse().expect("a number of cases"));
    let config =
        Config { cases: cases / share, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed().to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let row = proptest::collection::vec(proptest::num::u16::ANY, 0..words);
    match runner.run(&row, |row| property(&mut Dice::of(row)).map_err(TestCaseError::fail)) {
        Ok(()) => {}
        Err(TestError::Fail(reason, row)) => panic!("seed {}: {reason}\nthe row that decides it: {row:?}", seed()),
        Err(error) => panic!("seed {}: {error}", seed()),
    }
}

fn ensure(holds: bool, words: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(words()) }
}

fn plain(json: &Json) -> String {
    write(json, Spelling::Plain)
}

/// A few patterns of one world that EventBridge accepts.
fn patterns(world: &World, dice: &mut Dice, most: usize) -> Vec<(Json, EventPattern)> {
    let invented = (0..1 + dice.below(most)).map(|_| world.pattern(dice)).collect::<Vec<_>>();
    let compile = |json: Json| EventPattern::within(&plain(&json), &UNLIMITED).ok().map(|pattern| (json, pattern));
    invented.into_iter().filter_map(compile).collect()
}

#[test]
fn the_evaluators_agree() {
    let counts = std::cell::RefCell::new([0; 3]);
    for_all(1, 700, |dice| {
        let world = World::new(dice);
        let patterns = patterns(&world, dice, 8);
        let mut rules = Rules::default();
        for (at, (_, pattern)) in patterns.iter().enumerate() {
            let text = pattern.pattern().text();
            rules.set_unsettled(RuleId(at as u32), text, &UNLIMITED).map_err(|e| e.to_string())?;
        }
        for _ in 0..1 + dice.below(3) {
            let Some((aim, _)) = patterns.get(dice.below(patterns.len())) else {
                counts.borrow_mut()[2] += 1;
                return Ok(());
            };
            let event = plain(&world.event(aim, dice));
            let together = rules.matches(event.as_bytes(), <[RuleId]>::to_vec).map_err(|e| e.to_string())?;
            // The first event comes before doors are chosen, others behind.
            rules.settle();
            for (at, (_, pattern)) in patterns.iter().enumerate() {
                let text = pattern.pattern().text();
                let explained = pattern.explain(&event).map_err(|e| e.to_string())?.matches;
                let alone = pattern.matches(&event).map_err(|e| e.to_string())?;
                let among = together.contains(&RuleId(at as u32));
                counts.borrow_mut()[usize::from(explained)] += 1;
                ensure(explained == alone && alone == among, || {
                    format!("explained {explained}, alone {alone}, among others {among}: {text} {event}")
                })?;
            }
        }
        Ok(())
    });
    let [no, yes, nothing] = counts.into_inner();
    assert!(yes > (yes + no) / 5 && no > (yes + no) / 5, "{yes} match, {no} do not: these cases ask too little");
    assert!(nothing < (yes + no) / 50, "{nothing} times no pattern was valid");
}

#[test]
fn spelling_changes_nothing() {
    for_all(2, 1500, |dice| {
        let world = World::new(dice);
        let Some((json, pattern)) = patterns(&world, dice, 1).pop() else {
            return Ok(());
        };
        let event = world.event(&json, dice);
        let again = write(&json, Spelling::Odd(dice));
        let odd = write(&event, Spelling::Odd(dice));
        let expected = pattern.matches(plain(&event));
        let respelled = EventPattern::within(&again, &UNLIMITED).map_err(|error| format!("{again} {error}"))?;
        for (pattern, event) in [(&pattern, &odd), (&respelled, &plain(&event)), (&respelled, &odd)] {
            let behind = format!("{event} and more");
            for event in [event, &behind] {
                let got = pattern.matches(event.as_bytes());
                ensure(got == expected, || format!("{got:?}, not {expected:?}: {} {event}", pattern.pattern().text()))?;
            }
        }
        let explained = respelled.explain(&odd).map(|explanation| explanation.matches);
        ensure(explained == expected, || format!("explained {explained:?}, not {expected:?}: {again} {odd}"))
    });
}

/// A rule set after any edits is as one built of what is left, and as a plain list of named patterns.
#[test]
fn edits_leave_no_trace() {
    for_all(4, 2500, |dice| {
        let world = World::new(dice);
        let mut rules = RuleSet::default();
        let mut list: Vec<(String, Json)> = Vec::new();
        for _ in 0..4 + dice.below(20) {
            let name = format!("rule {}", dice.below(6));
            let known = list.iter().position(|(other, _)| *other == name);
            if dice.chance(30) {
                ensure(rules.delete(&name) == known.is_some(), || format!("delete of {name}"))?;
                known.map(|at| list.remove(at));
            } else {
                let json = world.pattern(dice);
                let text = if dice.chance(15) { damage(&plain(&json), dice) } else { plain(&json) };
                let valid = Pattern::compile(&text, &Limits::default()).is_ok();
                ensure(rules.set(&name, &text).is_ok() == valid, || format!("set of {text}"))?;
                // What is set again keeps its place.
                match known.filter(|_| valid) {
                    Some(at) => list[at].1 = as_set(&text, json),
                    None if valid => list.push((name, as_set(&text, json))),
                    None => {}
                }
            }
            if dice.chance(50) {
                compare(&rules, &list, &world, dice)?;
            }
        }
        compare(&rules, &list, &world, dice)
    });
}

/// Rules that come and go between questions, or between the choices of their doors.
#[test]
fn doors_may_be_chosen_at_any_time() {
    for_all(4, 1500, |dice| {
        let world = World::new(dice);
        let mut rules = Rules::default();
        let mut list: [Option<(Json, EventPattern)>; 6] = Default::default();
        for _ in 0..4 + dice.below(20) {
            let at = dice.below(list.len());
            let id = RuleId(at as u32);
            match patterns(&world, dice, 1).pop().filter(|_| dice.chance(70)) {
                Some((json, pattern)) => {
                    let text = pattern.pattern().text();
                    rules.set_unsettled(id, text, &UNLIMITED).map_err(|error| error.to_string())?;
                    list[at] = Some((json, pattern));
                }
                None => {
                    ensure(rules.delete(id) == list[at].take().is_some(), || format!("delete of {at}"))?;
                }
            }
            if dice.chance(40) {
                rules.settle();
            }
            let Some((aim, _)) = &list[at] else {
                continue;
            };
            let event = plain(&world.event(aim, dice));
            let got = rules.matches(event.as_bytes(), <[RuleId]>::to_vec).map_err(|error| error.to_string())?;
            let alone = |id: &usize| matches!(&list[*id], Some((_, pattern)) if pattern.matches(&event) == Ok(true));
            let expected: Vec<_> = (0..list.len()).filter(alone).map(|id| RuleId(id as u32)).collect();
            ensure(got == expected, || format!("{got:?}, not {expected:?}: {event}"))?;
        }
        Ok(())
    });
}

/// A set whose rules come and go under ever new numbers does not grow.
#[test]
fn rules_that_are_gone_leave_little() {
    let length_after = |pairs| {
        let mut rules = Rules::default();
        let pattern = r#"{"source": ["a"], "list": {"a": ["x"], "b": ["y"]}}"#;
        rules.set(RuleId(0), pattern, &UNLIMITED).expect("a pattern");
        for id in 1..=pairs {
            rules.set_unsettled(RuleId(id), pattern, &UNLIMITED).expect("a pattern");
            assert!(rules.delete(RuleId(id)) && !rules.delete(RuleId(id)));
        }
        rules.set(RuleId(u32::MAX), pattern, &UNLIMITED).expect("a pattern");
        let event = br#"{"source": "a", "list": [{"a": "x", "b": "y"}, {"a": "z"}]}"#;
        assert_eq!(rules.matches(event, <[RuleId]>::to_vec), Ok(vec![RuleId(0), RuleId(u32::MAX)]));
        format!("{rules:?}").len()
    };
    let [few, many] = [500, 50_000].map(length_after);
    assert!(many < 3 * few, "{few} characters say what is there after 500 rules, {many} after 50,000");
}

/// The pattern as text that is written as it is: damage may have left something that is still valid.
fn as_set(text: &str, json: Json) -> Json {
    if text == plain(&json) { json } else { Json::Word(text.to_string()) }
}

fn compare(rules: &RuleSet, list: &[(String, Json)], world: &World, dice: &mut Dice) -> Result<(), String> {
    let names: Vec<&str> = list.iter().map(|(name, _)| name.as_str()).collect();
    ensure(rules.names().eq(names.iter().copied()), || {
        format!("{:?} are not {names:?}", rules.names().collect::<Vec<_>>())
    })?;
    ensure(rules.len() == list.len() && rules.is_empty() == list.is_empty(), || format!("{} rules", rules.len()))?;
    ensure(names.iter().all(|name| rules.has(name)) && !rules.has("rule 6"), || format!("has one of {names:?}"))?;
    let nothing = Json::Object(Vec::new());
    let aim = list.get(dice.below(list.len())).map_or(&nothing, |(_, json)| json);
    let event = plain(&world.event(aim, dice));
    let mut fresh = RuleSet::default();
    let mut explained = Vec::new();
    for (name, json) in list {
        let pattern = Pattern::compile(&plain(json), &Limits::default()).map_err(|error| error.to_string())?;
        fresh.set(name, &plain(json)).map_err(|error| error.to_string())?;
        if explain(&pattern, &event).map_err(|error| error.to_string())?.matches {
            explained.push(name.as_str());
        }
    }
    let got = rules.matches(&event).map_err(|error| error.to_string())?;
    ensure(Ok(&got) == fresh.matches(&event).as_ref() && got == explained, || {
        format!("{got:?}, fresh {:?}, explained {explained:?}: {list:?} {event}", fresh.matches(&event))
    })
}

#[test]
fn broken_patterns_are_answered() {
    let counts = std::cell::RefCell::new([0; 2]);
    for_all(1, 400, |dice| {
        let world = World::new(dice);
        let mut text = plain(&world.pattern(dice));
        for _ in 0..dice.below(4) {
            text = damage(&text, dice);
        }
        let (pattern, problems) = Pattern::parse(&text, &Limits::default());
        counts.borrow_mut()[usize::from(problems.is_empty())] += 1;
        assert_places(&problems, &text);
        ensure(problems.is_sorted_by_key(|problem| problem.span.start), || format!("{problems:?} are in no order"))?;
        ensure(Pattern::compile(&text, &Limits::default()).is_ok() == problems.is_empty(), || text.clone())?;
        ensure(lint(&text) == problems, || format!("lint of {text}"))?;
        ensure(problems.is_empty() || summary(&text, &problems).contains("line "), || summary(&text, &problems))?;
        // What could be read of it still answers, in both evaluators alike.
        let mut machine = eventbridge_rules::machine::Machine::default();
        machine.add(RuleId(0), &pattern);
        let event = plain(&world.event(&world.pattern(dice), dice));
        let matches = machine.matches(&event, &mut Default::default()).map(|ids| !ids.is_empty());
        let explained = explain(&pattern, &event).map(|explanation| explanation.matches);
        ensure(matches == explained, || format!("machine {matches:?}, explained {explained:?}: {text} {event}"))
    });
    let [broken, whole] = counts.into_inner();
    assert!(broken > whole && whole > broken / 10, "{broken} broken, {whole} whole");
}

#[test]
fn broken_events_are_answered() {
    let asks_for_all = r#"{"a": [{"exists": true}], "b": {"a": ["x", {"exists": false}]}, "": [{"anything-but": 1}, {"exists": false}]}"#;
    for_all(1, 500, |dice| {
        let world = World::new(dice);
        let json = world.pattern(dice);
        let pattern = EventPattern::within(&plain(&json), &UNLIMITED).or_else(|_| EventPattern::new(asks_for_all));
        let pattern = pattern.map_err(|error| error.to_string())?;
        let whole = plain(&world.event(&json, dice));
        let before = pattern.matches(&whole);
        let mut broken = damage(&whole, dice).into_bytes();
        for _ in 0..dice.below(4) {
            let at = dice.below(broken.len() + 1);
            broken.insert(at, dice.below(256) as u8);
        }
        let random: Vec<u8> = (0..dice.below(60)).map(|_| dice.below(256) as u8).collect();
        for bytes in [broken, random] {
            let answer = pattern.matches(&bytes);
            let explained = pattern.explain(&bytes).map(|explanation| explanation.matches);
            ensure(answer == explained, || format!("{answer:?}, explained {explained:?}: {bytes:?}"))?;
            if let (Err(error), Ok(text)) = (&answer, event::text(&bytes)) {
                assert_places(&error.diagnostics, text);
                ensure(!error.diagnostics.is_empty(), || format!("no reason for {text}"))?;
            }
            // A refused event leaves nothing behind.
            ensure(pattern.matches(&whole) == before, || format!("{} is forgetful after {bytes:?}", plain(&json)))?;
        }
        Ok(())
    });
}
