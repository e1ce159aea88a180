//! Why a pattern matches an event, or why not. In: a pattern and an event. Out: the tree of the pattern with a verdict
//! and a sentence for each part. Plain on purpose: it asks every test about every value and follows the rules of
//! matching word by word, so that the machine can be judged by it. The two share no code behind reading.

use crate::event::{EventError, Field, Fields, PathId, Paths, PlaceId, Problem, read};
use crate::limits::CONSISTENCY_STEPS;
use crate::operators::Test;
use crate::pattern::{Branch, List, ListId, Part, Pattern};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Does the pattern match?
    pub matches: bool,
    /// The verdict in one sentence.
    pub summary: String,
    /// The tree of the pattern.
    pub root: Node,
}

/// What a part of a pattern is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An object.
    And,
    /// `$or`
    Or,
    /// A list of tests on a path.
    Field,
    /// One test of a list.
    Test,
}

/// One part of the pattern with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its verdict.
    pub matches: bool,
    /// Why, as a stable name.
    pub code: &'static str,
    /// Why, in one sentence.
    pub message: String,
    /// Its place in the pattern.
    pub span: Span,
    /// The path, for fields and tests.
    pub path: Option<String>,
    /// The values that it looked at, those that pass first; the first [`MOST_VALUES`] of them.
    pub values: Vec<Seen>,
    /// Its parts.
    pub children: Vec<Node>,
}

/// A value that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its place in the event.
    pub span: Span,
    /// Its JSON text, cut when it is long.
    pub text: String,
    /// Does it pass?
    pub accepted: bool,
}

/// How many values a node names.
pub const MOST_VALUES: usize = 20;

/// Characters of a value that are shown.
const SHOWN: usize = 200;

/// Explains the verdict of a pattern on an event.
///
/// # Errors
/// If the text is no event.
///
/// ```
/// use eventbridge_rules::{explain::explain, pattern::{Limits, Pattern}};
/// let pattern = Pattern::compile(r#"{"detail": {"size": [{"numeric": [">", 1024]}]}}"#, &Limits::default()).unwrap();
/// let why = explain(&pattern, r#"{"detail": {"size": 10}}"#).unwrap();
/// assert_eq!(why.summary, "no match: `detail.size` is 10, which is not > 1024");
/// ```
pub fn explain(pattern: &Pattern, event: &str) -> Result<Explanation, EventError> {
    let mut paths = Paths::default();
    let ids = lists(pattern).map(|id| (id, paths.add(&pattern.list(id).path, pattern.empty_keys()))).collect();
    let mut fields = Fields::default();
    read(event, &paths, &mut fields)?;
    let mut explainer =
        Explainer { pattern, event, fields, ids, passing: BTreeMap::new(), branch: &[], matches: false };
    explainer.judge()?;
    Ok(explainer.explanation())
}

fn lists(pattern: &Pattern) -> impl Iterator<Item = ListId> {
    fn below(part: &Part, found: &mut Vec<ListId>) {
        match part {
            Part::And { parts, .. } | Part::Or { parts, .. } => parts.iter().for_each(|part| below(part, found)),
            Part::Field(list) => found.push(*list),
        }
    }
    let mut found = Vec::new();
    below(pattern.root(), &mut found);
    found.into_iter()
}

struct Explainer<'a> {
    pattern: &'a Pattern,
    event: &'a str,
    fields: Fields,
    ids: BTreeMap<ListId, PathId>,
    /// For each list: where values stand that pass.
    passing: BTreeMap<ListId, BTreeSet<PlaceId>>,
    /// The branch that matches, or the one that comes nearest: the fewest of its lists fail.
    branch: &'a [ListId],
    matches: bool,
}

/// The elements that were chosen: of each array, which.
type Chosen = BTreeMap<u32, PlaceId>;

/// Where the values of a list stand.
#[derive(Default)]
struct Places {
    all: Vec<PlaceId>,
    /// Those inside of each element.
    inside: BTreeMap<PlaceId, Vec<PlaceId>>,
    arrays: BTreeSet<u32>,
}

impl Places {
    /// Those that stand in no other element of an array than the chosen ones.
    fn fitting(&self, fields: &Fields, chosen: &Chosen) -> Vec<PlaceId> {
        let fits = |place: &PlaceId| {
            fields.around(*place).all(|(array, element)| chosen.get(&array).is_none_or(|known| *known == element))
        };
        let Some((array, element)) = chosen.iter().find(|(array, _)| self.arrays.contains(array)) else {
            return self.all.clone();
        };
        let inside = self.inside.get(element).map_or(&[][..], Vec::as_slice);
        let outside = |place: &&PlaceId| fields.around(**place).all(|(other, _)| other != *array);
        let outside: Vec<PlaceId> =
            if self.only_in(fields, *array) { Vec::new() } else { self.all.iter().filter(outside).copied().collect() };
        inside.iter().copied().chain(outside).filter(fits).collect()
    }

    /// Do all of them stand in this array? Places inside of an array are neighbors, so the first and the last tell.
    fn only_in(&self, fields: &Fields, array: u32) -> bool {
        let within =
            |place: Option<&PlaceId>| place.is_some_and(|place| fields.around(*place).any(|(other, _)| other == array));
        within(self.all.first()) && within(self.all.last())
    }
}

/// The last list that looks into each array.
fn last_use(places: &[Places]) -> BTreeMap<u32, usize> {
    places.iter().enumerate().flat_map(|(at, places)| places.arrays.iter().map(move |array| (*array, at))).collect()
}

impl<'a> Explainer<'a> {
    fn judge(&mut self) -> Result<(), EventError> {
        for (id, path) in &self.ids {
            let list = self.pattern.list(*id);
            let passes = |field: &&Field| {
                let value = self.fields.value(self.event, field);
                list.tests.iter().any(|(test, _)| test.passes(&value))
            };
            let places = self.fields.at(*path).filter(passes).map(|field| field.place).collect();
            self.passing.insert(*id, places);
        }
        for branch in self.pattern.branches() {
            if self.fits(branch)? {
                self.branch = branch;
                self.matches = true;
                return Ok(());
            }
        }
        let failing = |branch: &&Branch| branch.iter().filter(|list| !self.passes_alone(**list)).count();
        self.branch = self.pattern.branches().iter().min_by_key(failing).map_or(&[], |branch| branch);
        Ok(())
    }

    /// The rule of matching itself: going through the paths in order, every way to choose a value that passes and that
    /// stands in no other element of an array than the values before it; or no value, where none is wanted and no value
    /// at this path would fit to those before it.
    fn fits(&self, branch: &Branch) -> Result<bool, EventError> {
        let places: Vec<Places> = branch.iter().map(|list| self.places(*list)).collect();
        let last_use = last_use(&places);
        let mut ways = BTreeSet::from([Chosen::new()]);
        let mut steps = 0;
        for (at, list) in branch.iter().enumerate() {
            let mut next = BTreeSet::new();
            for chosen in &ways {
                let fitting = places[at].fitting(&self.fields, chosen);
                steps += 1 + fitting.len();
                if steps > 10 * CONSISTENCY_STEPS {
                    return Err(EventError::one(
                        self.event,
                        Problem::TooAmbiguous,
                        Span::new(0, self.event.len().min(1)),
                    ));
                }
                if fitting.is_empty() && self.pattern.list(*list).wants_absence() {
                    next.insert(chosen.clone());
                }
                for place in fitting.into_iter().filter(|place| self.passing[list].contains(place)) {
                    let mut with = chosen.clone();
                    with.extend(self.fields.around(place));
                    // What no later path looks into makes no difference any more.
                    with.retain(|array, _| last_use.get(array).is_some_and(|last| *last > at));
                    next.insert(with);
                }
            }
            ways = next;
        }
        Ok(!ways.is_empty())
    }

    fn places(&self, list: ListId) -> Places {
        let all: BTreeSet<PlaceId> = self.fields.at(self.ids[&list]).map(|field| field.place).collect();
        let mut places = Places { all: all.into_iter().collect(), ..Places::default() };
        for place in &places.all {
            for (array, element) in self.fields.around(*place) {
                places.inside.entry(element).or_default().push(*place);
                places.arrays.insert(array);
            }
        }
        places
    }

    /// Does a list pass if no other list is asked?
    fn passes_alone(&self, list: ListId) -> bool {
        let absent = || self.pattern.list(list).wants_absence() && self.fields.at(self.ids[&list]).next().is_none();
        !self.passing[&list].is_empty() || absent()
    }

    fn explanation(self) -> Explanation {
        let mut root = self.node(self.pattern.root());
        if root.matches && !self.matches {
            root.code = "array-elements";
            root.message = self.elements();
        }
        root.matches = self.matches;
        let summary = if self.matches { self.why() } else { self.why_not(&root) };
        Explanation { matches: self.matches, summary, root }
    }

    fn why(&self) -> String {
        match self.branch.len() {
            1 => format!("match: {}", self.field(self.branch[0]).message),
            n => format!("match: all {n} fields pass"),
        }
    }

    fn why_not(&self, root: &Node) -> String {
        let failing: Vec<ListId> = self.branch.iter().filter(|list| !self.passes_alone(**list)).copied().collect();
        match failing.as_slice() {
            [] => format!("no match: {}", root.message),
            [only] => format!("no match: {}", self.field(*only).message),
            [first, rest @ ..] => format!(
                "no match: {}, and {} more",
                self.field(*first).message,
                plural(rest.len(), "field fails", "fields fail")
            ),
        }
    }

    /// Every field passes, but not in the same elements.
    fn elements(&self) -> String {
        let inside = |list: &&ListId| {
            self.passing[list].iter().any(|place| *place != PlaceId::ROOT) || self.pattern.list(**list).wants_absence()
        };
        let paths: Vec<String> =
            self.branch.iter().filter(inside).map(|list| format!("`{}`", self.path(*list))).collect();
        format!("{} pass only in different elements of an array; all must pass in the same element", paths.join(", "))
    }

    fn path(&self, list: ListId) -> String {
        self.pattern.list(list).path.utf8().into_owned()
    }

    fn node(&self, part: &Part) -> Node {
        match part {
            Part::Field(list) => self.field(*list),
            Part::And { span, parts, .. } => {
                let children: Vec<Node> = parts.iter().map(|part| self.node(part)).collect();
                let failing = children.iter().filter(|child| !child.matches && child.code != REPLACED).count();
                let (code, message) = match failing {
                    0 => ("all-match", "all parts match".to_string()),
                    n => (
                        "part-fails",
                        format!("{} of {}", n, plural(children.len(), "part does not match", "parts do not match")),
                    ),
                };
                node(Kind::And, failing == 0, code, message, *span, children)
            }
            Part::Or { span, parts } => {
                let children: Vec<Node> = parts.iter().map(|part| self.node(part)).collect();
                let matching = children.iter().filter(|child| child.matches).count();
                let (code, message) = match matching {
                    0 => ("none-matches", format!("none of the {} alternatives matches", children.len())),
                    n => (
                        "one-matches",
                        format!("{n} of {} alternatives {}", children.len(), if n == 1 { "matches" } else { "match" }),
                    ),
                };
                node(Kind::Or, matching > 0, code, message, *span, children)
            }
        }
    }

    fn field(&self, id: ListId) -> Node {
        let list = self.pattern.list(id);
        let span = list.key_span.to(list.span);
        let fields: Vec<&Field> = self.fields.at(self.ids[&id]).collect();
        let children = list.tests.iter().map(|(test, span)| self.test(list, test, *span, &fields)).collect();
        let other = |other: &&ListId| **other != id && self.pattern.list(**other).path == list.path;
        if let Some(other) = self.branch.iter().find(other).filter(|_| !self.branch.contains(&id)) {
            let line = self.pattern.list(*other).key_span.start;
            let message = format!(
                "`{}` is asked for again at byte {line} of the pattern, and the last one counts",
                self.path(id)
            );
            return node(Kind::Field, false, REPLACED, message, span, children).on(list, Vec::new());
        }
        let (code, message) = self.field_reason(list, &fields);
        let matches = if self.matches && self.branch.contains(&id) { true } else { self.passes_alone(id) };
        let values = self.seen(&fields, |value| list.tests.iter().any(|(test, _)| test.passes(value)));
        node(Kind::Field, matches, code, message, span, children).on(list, values)
    }

    fn field_reason(&self, list: &List, fields: &[&Field]) -> (&'static str, String) {
        let path = list.path.utf8();
        for field in fields {
            let value = self.fields.value(self.event, field);
            if let Some((test, _)) = list.tests.iter().find(|(test, _)| test.passes(&value)) {
                return ("accepted", format!("`{path}` is {}, which {}", self.shown(field), test.words(true)));
            }
        }
        self.failure(list, fields, &list.tests.iter().map(|(test, _)| test).collect::<Vec<_>>())
    }

    /// Why none of these tests passes any of these values, or why it passes that there are none.
    fn failure(&self, list: &List, fields: &[&Field], tests: &[&Test]) -> (&'static str, String) {
        let path = list.path.utf8();
        let wants_absence = tests.iter().any(|test| test.wants_absence());
        if fields.is_empty() {
            return if wants_absence {
                ("absent-as-wanted", format!("`{path}` is absent, as it should be"))
            } else {
                ("absent", format!("`{path}` is absent"))
            };
        }
        let values = self.listed(fields);
        if let ([_], true) = (tests, wants_absence) {
            let code = if self.matches { "absent-in-element" } else { "present" };
            return (code, format!("`{path}` is {values}, but should be absent"));
        }
        let words: Vec<String> = tests.iter().map(|test| test.words(false)).collect();
        match words.as_slice() {
            [] => ("not-accepted", format!("`{path}` is {values}")),
            few if few.len() <= 3 => ("not-accepted", format!("`{path}` is {values}, which {}", few.join(" and "))),
            many => ("not-accepted", format!("`{path}` is {values}, which passes none of the {} tests", many.len())),
        }
    }

    fn test(&self, list: &List, test: &Test, span: Span, fields: &[&Field]) -> Node {
        let passing = fields.iter().find(|field| test.passes(&self.fields.value(self.event, field)));
        let absent = test.wants_absence() && fields.is_empty();
        let (code, message) = match passing {
            Some(field) => {
                ("accepted", format!("`{}` is {}, which {}", list.path.utf8(), self.shown(field), test.words(true)))
            }
            None => self.failure(list, fields, &[test]),
        };
        let values = self.seen(fields, |value| test.passes(value));
        node(Kind::Test, passing.is_some() || absent, code, message, span, Vec::new()).on(list, values)
    }

    fn seen(&self, fields: &[&Field], passes: impl Fn(&crate::value::Value<'_>) -> bool) -> Vec<Seen> {
        let see = |field: &&Field| Seen {
            span: field.span,
            text: self.shown(field),
            accepted: passes(&self.fields.value(self.event, field)),
        };
        let mut few: Vec<Seen> = fields.iter().map(see).filter(|seen| seen.accepted).take(MOST_VALUES).collect();
        let rest = MOST_VALUES - few.len();
        few.extend(fields.iter().map(see).filter(|seen| !seen.accepted).take(rest));
        few
    }

    fn listed(&self, fields: &[&Field]) -> String {
        match fields {
            [only] => self.shown(only),
            _ => {
                let few: Vec<String> = fields.iter().take(3).map(|field| self.shown(field)).collect();
                let more = if fields.len() > 3 { format!(" and {} more", fields.len() - 3) } else { String::new() };
                format!("[{}{more}]", few.join(", "))
            }
        }
    }

    /// As the event spells it.
    fn shown(&self, field: &Field) -> String {
        let text = field.span.of(self.event);
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_string(),
        }
    }
}

const REPLACED: &str = "replaced";

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn node(kind: Kind, matches: bool, code: &'static str, message: String, span: Span, children: Vec<Node>) -> Node {
    Node { kind, matches, code, message, span, path: None, values: Vec::new(), children }
}

impl Node {
    fn on(self, list: &List, values: Vec<Seen>) -> Node {
        Node { path: Some(list.path.utf8().into_owned()), values, ..self }
    }
}
