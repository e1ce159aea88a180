//! `{"numeric": ["=", 5]}`, `{"numeric": [">", 0, "<=", 5]}`

use super::{Check, Manual, Operator, Problem, Test};
use crate::diagnostic::{Diagnostic, Problem as _};
use crate::json::{Node, NodeKind};
use crate::text::Span;
use crate::value::{Number, Value};

/// The operator and its manual.
pub static OPERATOR: Operator = Operator {
    manual: Manual {
        name: "numeric",
        summary: "The value is a number that is equal to this one, or in this range.",
        forms: &[
            r#"{"numeric": ["=", 5]}"#,
            r#"{"numeric": ["<", 5]}"#,
            r#"{"numeric": ["<=", 5]}"#,
            r#"{"numeric": [">", 5]}"#,
            r#"{"numeric": [">=", 5]}"#,
            r#"{"numeric": [">", 0, "<=", 5]}"#,
        ],
        example: r#"[{"numeric": [">", 0, "<=", 5]}]"#,
        passes: "5.0",
        fails: r#""5""#,
        notes: &[
            "A number in quotes is a string, and no string passes.",
            "A range begins with its lower bound, which is less than the upper one.",
            "Numbers with more than 17 digits cannot be compared.",
        ],
    },
    parse: |node, problems| parse(node, problems).map(Test::Numeric),
};

/// One side of a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    /// The number, as the pattern spells it.
    pub number: Number<'static>,
    /// Does the number itself pass?
    pub inclusive: bool,
}

/// A number or a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Numeric {
    /// `=`
    Equal(Number<'static>),
    /// At least one bound.
    Range {
        /// `>`, `>=`
        low: Option<Bound>,
        /// `<`, `<=`
        high: Option<Bound>,
    },
}

struct Reader<'a, 'b> {
    items: &'a [Node],
    whole: Span,
    problems: &'b mut Vec<Diagnostic>,
}

fn parse(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Numeric> {
    match &node.kind {
        NodeKind::Array(items) => Reader { items, whole: node.span, problems }.numeric(),
        NodeKind::Missing => None,
        _ => {
            problems.push(Problem::NumericNeedsArray(node.what()).at(node.span));
            None
        }
    }
}

impl<'a> Reader<'a, '_> {
    fn numeric(&mut self) -> Option<Numeric> {
        let items: &'a [Node] = self.items;
        let operator = match items.first() {
            Some(Node { kind: NodeKind::String(text), .. }) => text.utf8(),
            Some(Node { kind: NodeKind::Missing, .. }) => return None,
            other => return self.fail(0, Problem::NumericNeedsOperator(token(other))),
        };
        match operator.as_ref() {
            "=" => {
                let number = self.number(1, "equals")?;
                self.end(2, Problem::NumericTooMany("="))?;
                Some(Numeric::Equal(self.comparable(1, number)?))
            }
            "<" | "<=" => {
                let number = self.number(1, &operator)?;
                self.end(2, self.after_upper(&operator))?;
                let high = Bound { number: self.comparable(1, number)?, inclusive: operator == "<=" };
                Some(Numeric::Range { low: None, high: Some(high) })
            }
            ">" | ">=" => self.range(&operator),
            _ => self.fail(0, Problem::NumericUnknownOperator(operator.into_owned())),
        }
    }

    /// A third element behind an upper bound: a range the wrong way round, or simply too much.
    fn after_upper(&self, operator: &str) -> Problem {
        let lower =
            matches!(self.items.get(2).and_then(Node::as_string).map(|t| t.utf8()).as_deref(), Some(">" | ">="));
        if lower {
            Problem::NumericUpperFirst
        } else {
            Problem::NumericTooMany(if operator == "<" { "<" } else { "<=" })
        }
    }

    fn range(&mut self, operator: &str) -> Option<Numeric> {
        let low = self.number(1, operator)?;
        if self.items.len() == 2 {
            let low = Bound { number: self.comparable(1, low)?, inclusive: operator == ">=" };
            return Some(Numeric::Range { low: Some(low), high: None });
        }
        let items: &'a [Node] = self.items;
        let upper = match items.get(2) {
            Some(Node { kind: NodeKind::String(text), .. }) => text.utf8(),
            Some(Node { kind: NodeKind::Missing, .. }) => return None,
            other => return self.fail(2, Problem::NumericNeedsUpperOperator(token(other))),
        };
        if upper != "<" && upper != "<=" {
            return self.fail(2, Problem::NumericUnknownUpperOperator(upper.into_owned()));
        }
        let high = self.number(3, &upper)?;
        self.end(4, Problem::NumericTooManyTerms)?;
        let low = Bound { number: self.comparable(1, low)?, inclusive: operator == ">=" };
        let high = Bound { number: self.comparable(3, high)?, inclusive: upper == "<=" };
        if low.number.amount() >= high.number.amount() {
            self.problems.push(Problem::NumericEmptyRange.at(self.items[1].span.to(self.items[3].span)));
            return None;
        }
        Some(Numeric::Range { low: Some(low), high: Some(high) })
    }

    fn number(&mut self, at: usize, operator: &str) -> Option<Number<'static>> {
        match self.items.get(at).map(|node| &node.kind) {
            Some(NodeKind::Number(text)) => Some(Number::new(text.clone())),
            Some(NodeKind::Missing) => None,
            _ => self.fail(at, Problem::NumericNeedsNumber(operator.to_string())),
        }
    }

    fn comparable(&mut self, at: usize, number: Number<'static>) -> Option<Number<'static>> {
        comparable(number, self.items[at].span, self.problems)
    }

    fn end(&mut self, at: usize, problem: Problem) -> Option<()> {
        if self.items.len() > at { self.fail(at, problem) } else { Some(()) }
    }

    /// A problem with the item at `at`, or with the end of the list if there is none.
    fn fail<T>(&mut self, at: usize, problem: Problem) -> Option<T> {
        let end = Span { start: self.whole.end - 1, end: self.whole.end };
        let span = self.items.get(at).map_or(end, |node| node.span);
        self.problems.push(problem.at(span));
        None
    }
}

/// A number that an operator can compare by amount.
pub(super) fn comparable(
    number: Number<'static>,
    span: Span,
    problems: &mut Vec<Diagnostic>,
) -> Option<Number<'static>> {
    if number.amount().is_none() {
        problems.push(Problem::NumberNotComparable(number.text().to_string()).at(span));
        return None;
    }
    Some(number)
}

/// How the reference names the token that it did not expect.
fn token(node: Option<&Node>) -> String {
    let Some(node) = node else {
        return "]".to_string();
    };
    match &node.kind {
        NodeKind::String(text) => text.utf8().into_owned(),
        NodeKind::Number(text) => text.clone(),
        NodeKind::Bool(value) => value.to_string(),
        NodeKind::Null | NodeKind::Missing => "null".to_string(),
        NodeKind::Array(_) => "[".to_string(),
        NodeKind::Object(_) => "{".to_string(),
    }
}

impl Numeric {
    fn holds(&self, amount: f64) -> bool {
        match self {
            Numeric::Equal(number) => number.amount() == Some(amount),
            Numeric::Range { low, high } => {
                let above = |b: &Bound| b.number.amount().is_some_and(|n| amount > n || (b.inclusive && amount == n));
                let below = |b: &Bound| b.number.amount().is_some_and(|n| amount < n || (b.inclusive && amount == n));
                low.as_ref().is_none_or(above) && high.as_ref().is_none_or(below)
            }
        }
    }
}

impl Check for Numeric {
    fn passes(&self, value: &Value<'_>) -> bool {
        value.as_number().is_some_and(|number| number.amount_is(|amount| self.holds(amount)))
    }

    fn words(&self, passes: bool) -> String {
        let bound = |sign: &str, b: &Bound| format!("{sign}{} {}", if b.inclusive { "=" } else { "" }, b.number.text());
        let this = match self {
            Numeric::Equal(number) => format!("= {}", number.text()),
            Numeric::Range { low, high } => {
                let low = low.as_ref().map(|b| bound(">", b));
                let high = high.as_ref().map(|b| bound("<", b));
                low.into_iter().chain(high).collect::<Vec<_>>().join(" and ")
            }
        };
        format!("is {}{this}", if passes { "" } else { "not " })
    }
}
