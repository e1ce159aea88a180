//! Large and malicious questions: they are answered, or refused with a reason, within two seconds and by both evaluators.
//! Two seconds are for a slow machine and little optimised tests; all of it usually takes a tenth.

use eventbridge_rules::event::EventError;
use eventbridge_rules::machine::{Machine, Memory, RuleId};
use eventbridge_rules::pattern::{Limits, Pattern, PatternError};
use eventbridge_rules::{EventPattern, explain::explain};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(2);

/// What this thread has worked so far: other tests on the same machine do not count. The wall clock where the system
/// does not tell.
fn worked(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.as_deref().and_then(|text| text.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    within(LIMIT, what, work)
}

/// Does something that must not take longer than `limit`.
pub(crate) fn within<T>(limit: Duration, what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let before = worked(start);
    let done = work();
    let time = worked(start) - before;
    eprintln!("{what}: {time:?}");
    assert!(time < limit, "{what} takes {time:?}");
    done
}

fn compile(name: &str, text: &str) -> Result<EventPattern, PatternError> {
    timed(&format!("{name}: compile"), || EventPattern::within(text, &Limits { wildcard_complexity: usize::MAX }))
}

/// Machine and explanation, each in time.
fn ask(name: &str, pattern: &str, event: &str) -> [Result<bool, EventError>; 2] {
    let pattern = compile(name, pattern).expect("a valid pattern");
    let machine = timed(&format!("{name}: machine"), || pattern.matches(event));
    let explained = timed(&format!("{name}: explain"), || pattern.explain(event));
    [machine, explained.map(|explanation| explanation.matches)]
}

fn check(name: &str, pattern: &str, event: &str, expected: bool) {
    for answer in ask(name, pattern, event) {
        assert_eq!(answer, Ok(expected), "{name}");
    }
}

fn is_too_ambiguous(answer: &Result<bool, EventError>) -> bool {
    answer.as_ref().is_err_and(|error| error.diagnostics[0].code == "event-too-ambiguous")
}

const MANY: usize = 20_000;

/// Objects of which each has two of three keys.
fn pairs(count: usize) -> String {
    let objects = [r#"{"a":1,"b":1}"#, r#"{"b":1,"c":1}"#, r#"{"a":1,"c":1}"#];
    (0..count).map(|at| objects[at % 3]).collect::<Vec<_>>().join(",")
}

const THREE: &str = r#"{"r":{"a":[1],"b":[1],"c":[1]}}"#;

#[test]
fn large_arrays() {
    let pairs = pairs(MANY);
    check("three paths", THREE, &format!(r#"{{"r":[{pairs}]}}"#), false);
    check("three paths, last element", THREE, &format!(r#"{{"r":[{pairs},{{"a":1,"b":1,"c":1}}]}}"#), true);
    check(
        "absent in no element",
        r#"{"r":{"a":[1],"b":[{"exists":false}],"c":[2]}}"#,
        &format!(r#"{{"r":[{pairs},{{"c":2}}]}}"#),
        false,
    );
    check(
        "absent in one element",
        r#"{"r":{"a":[1],"b":[{"exists":false}],"d":[2]}}"#,
        &format!(r#"{{"r":[{pairs},{{"a":1,"d":2}}]}}"#),
        true,
    );
    let leaves = (0..10 * MANY).map(|at| (at % 10).to_string()).collect::<Vec<_>>().join(",");
    check("leaves", r#"{"r":[11, {"numeric": [">", 10]}]}"#, &format!(r#"{{"r":[{leaves}]}}"#), false);
    check(
        "leaves beside objects",
        r#"{"r":[0],"r.a":[1],"r.b":[1],"r.c":[1]}"#,
        &format!(r#"{{"r":[{leaves},{pairs}]}}"#),
        false,
    );
}

#[test]
fn nested_arrays() {
    let pairs = pairs(MANY);
    for depth in [2, 900] {
        let event = |more: &str| format!(r#"{{"r":{}{pairs}{more}{}}}"#, "[".repeat(depth), "]".repeat(depth));
        check(&format!("{depth} arrays around"), THREE, &event(""), false);
        check(&format!("{depth} arrays around, last element"), THREE, &event(r#",{"a":1,"b":1,"c":1}"#), true);
    }
    // In each element of the outer array two inner ones.
    let pattern = r#"{"r":{"k":[1],"x":{"a":[1],"b":[1]},"y":{"a":[1],"b":[1]}}}"#;
    let inner = |last: &str| format!(r#"[{{"a":1}},{{"b":1}},{{"a":1}},{last}]"#);
    let element = |x: &str, y: &str| format!(r#"{{"k":1,"x":{},"y":{}}}"#, inner(x), inner(y));
    let (hit, miss) = (r#"{"a":1,"b":1}"#, "{}");
    let half = (0..1000)
        .map(|at| if at % 2 == 0 { element(hit, miss) } else { element(miss, hit) })
        .collect::<Vec<_>>()
        .join(",");
    check("inner arrays", pattern, &format!(r#"{{"r":[{half}]}}"#), false);
    check("inner arrays, last element", pattern, &format!(r#"{{"r":[{half},{}]}}"#, element(hit, hit)), true);
    // A staircase: an array with objects and one more array, and so on down.
    let step = r#"{"a":1,"b":1},{"b":1,"c":1},{"a":1,"c":1},["#;
    let stairs = format!(r#"{{"r":[{}{}]}}"#, step.repeat(300), "]".repeat(300));
    check("staircase", THREE, &stairs, false);
}

#[test]
fn arrays_and_repeated_keys() {
    let (pairs, few) = (pairs(MANY), pairs(300));
    check("array and values outside", THREE, &format!(r#"{{"r":[{pairs}],"r.a":2,"r.b":2,"r":{{"c":2}}}}"#), false);
    check("array and a value outside that fits", THREE, &format!(r#"{{"r":[{pairs}],"r.a":2,"r":{{"c":1}}}}"#), true);
    check("two arrays", THREE, &format!(r#"{{"r":[{pairs}],"r":[{pairs}]}}"#), true);
    check(
        "two arrays, one value is nowhere",
        r#"{"r":{"a":[1],"b":[1],"c":[2]}}"#,
        &format!(r#"{{"r":[{pairs}],"r":[{pairs}]}}"#),
        false,
    );
    check(
        "ten arrays",
        r#"{"r":{"a":[1],"b":[1],"c":[1],"d":[1]}}"#,
        &format!("{{{}\"r.d\":2}}", format!(r#""r":[{few}],"#).repeat(10)),
        false,
    );
}

/// Clauses of three literals as an event: each variable is an array of two elements, true and false, with a key for
/// every clause that it fulfills. All clauses must be found in chosen elements.
struct Clauses {
    variables: usize,
    clauses: Vec<[(usize, bool); 3]>,
}

impl Clauses {
    /// Four clauses for each variable are as hard as it gets.
    fn new(variables: usize) -> Clauses {
        let mut dice = crate::invent::Dice::new("three literals");
        let mut literal = || (dice.below(variables), dice.below(2) == 0);
        let clauses = (0..variables * 43 / 10).map(|_| [literal(), literal(), literal()]).collect();
        Clauses { variables, clauses }
    }

    fn event(&self) -> String {
        let fulfilled = |literal| {
            let clauses = self.clauses.iter().enumerate().filter(|(_, clause)| clause.contains(&literal));
            clauses.map(|(at, _)| format!("\"c{at}\":1")).collect::<Vec<_>>().join(",")
        };
        let array = |v| format!("\"v\":[{{{}}},{{{}}}]", fulfilled((v, true)), fulfilled((v, false)));
        format!("{{{}}}", (0..self.variables).map(array).collect::<Vec<_>>().join(","))
    }

    fn pattern(&self) -> String {
        let fields = (0..self.clauses.len()).map(|at| format!("\"c{at}\":[1]")).collect::<Vec<_>>();
        format!("{{\"v\":{{{}}}}}", fields.join(","))
    }

    fn fulfillable(&self) -> bool {
        let holds =
            |choice: usize| self.clauses.iter().all(|c| c.iter().any(|(v, sign)| (choice >> v & 1 == 1) == *sign));
        (0..1 << self.variables).any(holds)
    }
}

#[test]
fn events_as_hard_as_any_question() {
    let mut answered = [0, 0];
    for variables in 4..15 {
        let clauses = Clauses::new(variables);
        for answer in ask(&format!("{variables} variables"), &clauses.pattern(), &clauses.event()) {
            if !is_too_ambiguous(&answer) {
                assert_eq!(answer, Ok(clauses.fulfillable()), "{variables} variables");
                answered[usize::from(clauses.fulfillable())] += 1;
            }
        }
    }
    assert!(answered[0] > 0 && answered[1] > 0, "{answered:?}: the small ones have an answer");
    for variables in [60, 1000] {
        let clauses = Clauses::new(variables);
        let [machine, explained] = ask(&format!("{variables} variables"), &clauses.pattern(), &clauses.event());
        assert!(
            machine == explained || is_too_ambiguous(&machine) || is_too_ambiguous(&explained),
            "{variables} variables"
        );
    }
}

#[test]
fn a_refused_event_does_not_spoil_the_machine() {
    let clauses = Clauses::new(60);
    let mut machine = Machine::default();
    machine.add(RuleId(0), &Pattern::compile(&clauses.pattern(), &Limits::default()).expect("a valid pattern"));
    machine.add(RuleId(1), &Pattern::compile(THREE, &Limits::default()).expect("a valid pattern"));
    let mut memory = Memory::default();
    let event = r#"{"r":[{"a":1,"b":1,"c":1}]}"#;
    let all = (0..clauses.clauses.len()).map(|at| format!("\"c{at}\":1")).collect::<Vec<_>>().join(",");
    let easy = format!(r#"{{"v":[{{"c0":1}},{{{all}}}]}}"#);
    for _ in 0..2 {
        let refused = timed("60 variables", || machine.matches(&clauses.event(), &mut memory).map(<[RuleId]>::to_vec));
        assert!(refused.is_err_and(|error| error.diagnostics[0].code == "event-too-ambiguous"));
        assert_eq!(machine.matches(event, &mut memory), Ok(&[RuleId(1)][..]));
        assert_eq!(machine.matches(&easy, &mut memory), Ok(&[RuleId(0)][..]));
    }
}

/// `count` times `$or` of two fields.
fn ors(count: usize) -> String {
    (0..count).map(|at| format!(r#""$or":[{{"x{at}":[1]}},{{"y{at}":[1]}}]"#)).collect::<Vec<_>>().join(",")
}

#[test]
fn patterns_with_many_alternatives() {
    let alternatives = |count| (0..count).map(|at| format!(r#"{{"a":[{at}]}}"#)).collect::<Vec<_>>().join(",");
    check("40,000 alternatives", &format!(r#"{{"$or":[{}]}}"#, alternatives(40_000)), r#"{"a":39999}"#, true);
    check(
        "twelve times $or",
        &format!("{{{}}}", ors(12)),
        r#"{"x0":1,"y1":1,"x2":1,"x3":1,"x4":1,"x5":1,"x6":1,"x7":1,"x8":1,"x9":1,"x10":1,"x11":1}"#,
        true,
    );
    let fields = |count| (0..count).map(|at| format!(r#""k{at}":[1]"#)).collect::<Vec<_>>().join(",");
    let nested = format!("{}{{\"a\":[1]}}{}", r#"{"$or":[{"b":[1]},"#.repeat(400), "]}".repeat(400));
    for (name, pattern) in [
        ("110,000 alternatives", format!(r#"{{"$or":[{}]}}"#, alternatives(110_000))),
        ("hundred times $or", format!("{{{}}}", ors(100))),
        ("$or and many fields", format!("{{{},{}}}", ors(12), fields(20_000))),
        ("many fields and $or", format!("{{{},{}}}", fields(20_000), ors(12))),
        ("large base, deep $or", format!("{{{},\"$or\":[{nested},{{\"a\":[1]}}]}}", ors(8))),
    ] {
        let error = compile(name, &pattern).expect_err("too many combinations");
        assert_eq!(error.diagnostics[0].code, "or-too-many-combinations", "{name}");
    }
    let large = format!(r#"{{"$or":[{{{0}}},{{{0}}},{{{0}}},{{{0}}},{{{0}}},{{{0}}}]}}"#, fields(5000));
    check("large alternatives", &large, r#"{"k0":1,"k1":2}"#, false);
    check("nested alternatives", &nested, r#"{"a":1}"#, true);
    check(
        "many fields",
        &format!("{{{}}}", fields(20_000)),
        &format!("{{{}}}", (0..20_000).map(|at| format!(r#""k{at}":1"#)).collect::<Vec<_>>().join(",")),
        true,
    );
}

#[test]
fn many_alternatives_in_large_arrays() {
    let elements = (0..MANY).map(|at| format!(r#"{{"x{}":1}}"#, at % 12)).collect::<Vec<_>>().join(",");
    check("4096 branches", &format!(r#"{{"r":{{{}}}}}"#, ors(12)), &format!(r#"{{"r":[{elements}]}}"#), false);
    let both = (0..MANY / 4).map(|at| format!(r#"{{"x{0}":1,"y{0}":1}}"#, at % 8)).collect::<Vec<_>>().join(",");
    check(
        "256 branches, all of them possible",
        &format!(r#"{{"r":{{{}}}}}"#, ors(8)),
        &format!(r#"{{"r":[{both}]}}"#),
        false,
    );
}

#[test]
fn many_tests_and_many_values() {
    let tests = |count: usize, test: &dyn Fn(usize) -> String| {
        format!(r#"{{"a":[{}]}}"#, (0..count).map(test).collect::<Vec<_>>().join(","))
    };
    let strings =
        format!(r#"{{"a":[{}]}}"#, (0..MANY).map(|at| format!("\"value {at}\"")).collect::<Vec<_>>().join(","));
    let numbers = format!(r#"{{"a":[{}]}}"#, (0..MANY).map(|at| format!("{at}.5")).collect::<Vec<_>>().join(","));
    check("300 strings", &tests(300, &|at| format!("\"{at}\"")), &strings, false);
    check("300 ranges", &tests(300, &|at| format!(r#"{{"numeric":["<",-{at}]}}"#)), &numbers, false);
    check("30 wildcards", &tests(30, &|at| format!(r#"{{"wildcard":"*{at}*x"}}"#)), &strings, false);
    let long = "a".repeat(100_000);
    check(
        "one long value",
        r#"{"a":[{"wildcard":"*aaaaaaaaaaaaaaaaaaaab*a*aaaaaaaab*"}]}"#,
        &format!(r#"{{"a":"{long}"}}"#),
        false,
    );
    check(
        "one long value in any case",
        &format!(r#"{{"a":[{{"suffix":{{"equals-ignore-case":"é{}"}}}}]}}"#, "a".repeat(2000)),
        &format!(r#"{{"a":"{long}"}}"#),
        false,
    );
    check("one long address", r#"{"a":["::1"]}"#, &format!(r#"{{"a":"{}"}}"#, ":".repeat(100_000)), false);
    check("one long number", r#"{"a":[1]}"#, &format!(r#"{{"a":[{}]}}"#, vec!["9".repeat(999); 300].join(",")), false);
}

#[test]
fn complexity_of_many_wildcards_is_counted_in_time() {
    let wildcards = |count: usize, shape: &dyn Fn(usize) -> String| {
        format!(
            r#"{{"a":[{}]}}"#,
            (0..count).map(|at| format!(r#"{{"wildcard":"{}"}}"#, shape(at))).collect::<Vec<_>>().join(",")
        )
    };
    for (name, pattern) in [
        ("stars", wildcards(1, &|_| "*a".repeat(1000))),
        ("many shapes", wildcards(2000, &|at| format!("*{at}*"))),
        ("common beginnings", wildcards(2000, &|at| format!("aaaaaaaaaaaaaaaa{at}"))),
        ("a long shape", wildcards(1, &|_| format!("*{}b", "a".repeat(3000)))),
        ("eight stars", wildcards(1, &|_| "abcdefgh*".repeat(9))),
    ] {
        let result = timed(name, || Pattern::compile(&pattern, &Limits::default()));
        assert!(result.is_err_and(|error| error.diagnostics[0].code == "wildcard-too-complex"), "{name}");
    }
}

#[test]
fn an_explanation_of_a_large_question_is_small() {
    let event = format!(r#"{{"r":[{}]}}"#, pairs(MANY));
    let pattern = Pattern::compile(THREE, &Limits::default()).expect("a valid pattern");
    let explanation = explain(&pattern, &event).expect("an event");
    let mut nodes = vec![&explanation.root];
    while let Some(node) = nodes.pop() {
        assert!(node.values.len() <= 20 && node.message.len() < 1000, "{}", node.message);
        nodes.extend(&node.children);
    }
}

#[test]
fn many_tests_on_many_values() {
    let listed = |count: usize, piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<Vec<_>>().join(",");
    let texts = |at: usize| format!(r#""text {at}""#);
    let numbers = |at: usize| format!("{at}.5");
    for (name, piece, values) in [
        ("strings", &(|at| format!(r#""Text {at}""#)) as &dyn Fn(usize) -> String, &texts as &dyn Fn(usize) -> String),
        ("shapes in strings", &|at| format!(r#""te*{at}x""#), &texts),
        ("prefixes", &|at| format!(r#"{{"prefix":"test {at}"}}"#), &texts),
        ("any case", &|at| format!(r#"{{"equals-ignore-case":"Test {at}"}}"#), &texts),
        ("wildcards", &|at| format!(r#"{{"wildcard":"te*{at}x"}}"#), &texts),
        ("numbers", &|at| format!("{at}.25"), &numbers),
        ("ranges", &|at| format!(r#"{{"numeric":[">",{at},"<",{at}.5]}}"#), &numbers),
        ("spelled numbers", &|at| format!(r#""{at}""#), &numbers),
    ] {
        let (tests, values) = (listed(500, piece), listed(10_000, values));
        check(name, &format!(r#"{{"a":[{tests}]}}"#), &format!(r#"{{"a":[{values}]}}"#), false);
        check(name, &format!(r#"{{"a":[{tests},{{"exists":true}}]}}"#), &format!(r#"{{"a":[{values}]}}"#), true);
    }
}

#[test]
fn large_patterns_are_linted() {
    let many = |count: usize, piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<Vec<_>>().join(",");
    let event = format!(r#"{{"detail":{{{}}}}}"#, many(MANY, &|at| format!(r#""k{at}":1"#)));
    for (name, pattern) in [
        ("alternatives", format!(r#"{{"$or":[{}]}}"#, many(1000, &|at| format!(r#"{{"a":[{at}]}}"#)))),
        ("equal alternatives", format!(r#"{{"$or":[{}]}}"#, many(1000, &|_| r#"{"a":[1]}"#.to_string()))),
        ("fields", format!("{{{}}}", many(1000, &|at| format!(r#""k{at}":["x "]"#)))),
        ("fields of one name", format!("{{{}}}", many(1000, &|_| r#""k":[1]"#.to_string()))),
        ("tests", format!(r#"{{"a":[{}]}}"#, many(1000, &|at| format!(r#""text {at}""#)))),
        ("prefixes", format!(r#"{{"a":[{}]}}"#, many(500, &|at| format!(r#"{{"prefix":"text {at}"}}"#)))),
        ("equal tests", format!(r#"{{"a":[{}]}}"#, many(1000, &|_| r#"{"anything-but":"x"}"#.to_string()))),
        ("levels", format!("{}[1]{}", r#"{"a.b":"#.repeat(900), "}".repeat(900))),
        ("not in the sample", format!(r#"{{"detail":{{{}}}}}"#, many(200, &|at| format!(r#""l{at}":[1]"#)))),
    ] {
        let problems = timed(name, || eventbridge_rules::lint::pattern(&pattern, &[&event]));
        crate::json::assert_places(&problems[..problems.len().min(20)], &pattern);
        assert!(problems.len() < 50_000, "{name} has {} problems", problems.len());
    }
}

#[test]
fn long_keys_on_many_levels_are_refused() {
    let key = "k".repeat(1000);
    let opened: String = (0..900).map(|at| format!(r#"{{"l{at}":[1],"{key}":"#)).collect();
    let pattern = format!("{opened}[1]{}", "}".repeat(900));
    let error = compile("long keys", &pattern).expect_err("too long");
    assert_eq!(error.diagnostics[0].code, "pattern-too-long");
}

#[test]
fn letters_of_other_scripts() {
    let tests: Vec<String> = (0..50).map(|number| format!("\"ЗНАЧ{number}\"")).collect();
    let pattern = format!("{{\"a\": [{}], \"КЛЮЧ\": [\"x\"]}}", tests.join(","));
    let values: Vec<String> = (0..5000).map(|number| format!("\"{}{number}\"", "значение".repeat(5))).collect();
    check("many values", &pattern, &format!("{{\"a\": [{}]}}", values.join(",")), false);
    check("a long value", &pattern, &format!("{{\"a\": \"{}\"}}", "знач".repeat(50_000)), false);
    check("a long key", &pattern, &format!("{{\"{}\": 1}}", "ключ".repeat(50_000)), false);
    let keys: Vec<String> = (0..2000).map(|number| format!("\"{}{number}\": 1", "ключ".repeat(10))).collect();
    check("many keys", &pattern, &format!("{{{}}}", keys.join(",")), false);
}
