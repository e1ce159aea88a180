//! What EventBridge itself says to a pattern that it refuses: the words of its first problem, to the character, and the
//! place that it adds to them. In: the text of a pattern. Out: an [`Answer`], or nothing if the reference accepts.
//!
//! The reference reads once, token by token, and stops at the first problem, be it one of JSON or of the pattern; our own
//! parser reads on and names them all. That is why this is a second reader and not a view of the first: the place in the
//! message is how far the reference had read, which depends on when it asks for what. Only what a single value says
//! (ranges of addresses, shapes of wildcards, which numbers can be compared) is shared with [`crate::operators`].
//!
//! Sources: the messages and places recorded from AWS and from the reference (PATTERNS section 7; the conformance facts).
//! They hold for EventBridge of October 2025. It reads JSON with Jackson 2.17 or later, where the problem of a single
//! character is placed at the character; the recorded places of the reference, which ran on Jackson 2.14, are behind it.

mod compiler;
mod reader;
mod scalars;
mod words;

use crate::diagnostic::{Diagnostic, Severity};
use reader::Reader;

/// What EventBridge answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// All that follows "Event pattern is not valid. Reason: ".
    pub message: String,
    /// Bytes of the text that the reference had consumed.
    pub at: usize,
}

/// The refusal of a pattern, in the words of EventBridge; `None` if it would read the pattern to its end. What it refuses
/// only then, a pattern whose wildcards are too complex, is not asked here.
///
/// ```
/// use eventbridge_rules::pattern::reference::answer;
/// let text = r#"{"source": "aws.s3"}"#;
/// let answer = answer(text).ok_or("not refused")?;
/// let place = r#"[Source: (String)"{"source": "aws.s3"}"; line: 1, column: 13]"#;
/// assert_eq!(answer.message, format!("\"source\" must be an object or an array\n at {place}"));
/// assert_eq!(&text[..answer.at], r#"{"source": ""#);
/// # Ok::<(), &str>(())
/// ```
pub fn answer(text: &str) -> Option<Answer> {
    compiler::check(&mut Reader::new(text)).err()
}

/// Gives the answer to the problem that it is about. The others keep the words that EventBridge would have for them alone.
pub(super) fn attach(text: &str, problems: &mut [Diagnostic]) {
    if !problems.iter().any(is_error) {
        return;
    }
    let Some(answer) = answer(text) else {
        return;
    };
    if let Some(at) = subject(&answer, problems) {
        problems[at].aws_message = Some(answer.message);
    }
}

/// Which problem the answer is about: the first that has its words, or touches the place where the reading ended, or
/// starts before it. The reference knows nothing of what comes behind, and hardly a problem of JSON by our names.
fn subject(answer: &Answer, problems: &[Diagnostic]) -> Option<usize> {
    let words = answer.message.split(PLACE).next();
    let position = |fits: &dyn Fn(&Diagnostic) -> bool| problems.iter().position(|p| is_error(p) && fits(p));
    position(&|problem| problem.aws_message.as_deref() == words)
        .or_else(|| {
            position(&|problem| problem.span.range().start < answer.at && answer.at <= problem.span.range().end)
        })
        .or_else(|| position(&|problem| problem.span.range().start <= answer.at))
        .or_else(|| position(&|_| true))
}

fn is_error(problem: &Diagnostic) -> bool {
    problem.severity == Severity::Error
}

/// How a place is added to words.
const PLACE: &str = "\n at ";

/// What was read, or the answer that ends all reading.
type Read<T> = Result<T, Answer>;

/// A place in a text as the reference counts lines and columns.
#[derive(Clone, Copy)]
struct Place {
    /// From 1. Only line ends between tokens count: one inside of a string is a problem, and still in its line.
    line: usize,
    /// The byte at which the line starts.
    line_start: usize,
    /// The byte of the place.
    at: usize,
}
