//! Input templates: text with `<name>` where a value goes.

use super::problem::Problem;
use crate::diagnostic::{Diagnostic, Edit, Fix, Problem as _};
use crate::json;
use crate::text::{Span, part};

/// Variables that need no entry in `InputPathsMap`.
pub static RESERVED: [&str; 5] = [
    "aws.events.rule-arn",
    "aws.events.rule-name",
    "aws.events.event.ingestion-time",
    "aws.events.event",
    "aws.events.event.json",
];

/// How values go into a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It begins with a quote: the output is that text, quotes included.
    Text,
    /// Anything else: the output is JSON.
    Json,
}

/// `<name>` in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The name.
    pub name: String,
    /// With `<` and `>`.
    pub span: Span,
    /// Does it stand inside of a JSON string?
    pub quoted: bool,
    /// Is it a key of an object, or part of one?
    key: bool,
}

/// A template, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The text.
    pub text: String,
    /// How values go into it.
    pub kind: Kind,
    /// In the order of the text.
    pub placeholders: Vec<Placeholder>,
}

impl Template {
    /// Takes a template apart. Any text is one; [`Template::problems`] says whether EventBridge would take it.
    pub fn parse(text: &str) -> Template {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let kind = if text.trim_start_matches(blank).starts_with('"') { Kind::Text } else { Kind::Json };
        Template { text: text.to_string(), kind, placeholders: placeholders(text) }
    }

    /// What EventBridge would refuse, `defined` telling the names in `InputPathsMap`.
    pub fn problems(&self, defined: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for placeholder in &self.placeholders {
            let name = &placeholder.name;
            if !defined(name) && !RESERVED.contains(&name.as_str()) {
                problems.push(Problem::InvalidPlaceholder(name.clone()).at(placeholder.span));
            }
            if placeholder.key && self.kind == Kind::Json {
                problems.push(Problem::PlaceholderAsKey(name.clone()).at(placeholder.span));
            }
        }
        if self.kind == Kind::Json {
            problems.extend(self.json_problems());
        }
        problems
    }

    /// A JSON template is JSON with any values in it: strings, or numbers where a sign stands before one.
    fn json_problems(&self) -> Vec<Diagnostic> {
        let with_strings = whole_json(&self.filled("\"\""));
        if with_strings.is_empty() || whole_json(&self.filled("0 ")).is_empty() {
            return Vec::new();
        }
        let begin = self.text.trim_start().chars().next();
        if !matches!(begin, Some('{' | '[' | '-' | '0'..='9') | None) && !self.is_word() {
            return vec![self.needs_quotes()];
        }
        with_strings.into_iter().map(|p| Problem::TemplateNotJson(p.message).at(p.span)).collect()
    }

    fn is_word(&self) -> bool {
        matches!(self.text.trim(), "true" | "false" | "null")
    }

    fn needs_quotes(&self) -> Diagnostic {
        let length = self.text.len();
        let mut problem = Problem::TemplateNeedsQuotes.at(Span::new(0, length));
        let quote = |at| Edit { span: Span::new(at, at), text: "\"".to_string() };
        problem.fixes.push(Fix {
            title: "put the text into double quotes".to_string(),
            edits: vec![quote(0), quote(self.text.trim_end().len())],
        });
        problem
    }

    /// The template with a value in each place, every byte where it was: values are filled up with blanks.
    fn filled(&self, value: &str) -> String {
        let mut filled = String::with_capacity(self.text.len());
        let mut at = 0;
        for placeholder in &self.placeholders {
            let range = placeholder.span.range();
            filled.push_str(part(&self.text, at..range.start));
            let length = range.len();
            let (start, rest) = if placeholder.quoted { ("", 'x') } else { (value, ' ') };
            filled.push_str(start);
            (start.len()..length).for_each(|_| filled.push(rest));
            at = range.end;
        }
        filled + part(&self.text, at..)
    }
}

/// Why a text is not JSON from its beginning to its end.
pub(super) fn whole_json(text: &str) -> Vec<Diagnostic> {
    let (node, mut problems) = json::parse(text);
    let rest = part(text, node.span.end as usize..).trim_start_matches([' ', '\t', '\n', '\r']);
    if let (true, Some(character)) = (problems.is_empty(), rest.chars().next()) {
        let at = text.len() - rest.len();
        problems.push(json::Problem::Character(character).at(Span::new(at, at + character.len_utf8())));
    }
    problems
}

fn placeholders(text: &str) -> Vec<Placeholder> {
    let bytes = text.as_bytes();
    let mut found: Vec<Placeholder> = Vec::new();
    let mut in_string = false;
    // The first placeholder of the string that the reader is in.
    let mut string_first = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_string => at += 1,
            b'"' => {
                in_string = !in_string;
                if in_string {
                    string_first = found.len();
                } else if before_colon(text, at + 1) {
                    found[string_first..].iter_mut().for_each(|placeholder| placeholder.key = true);
                }
            }
            b'<' => {
                if let Some(name) = name(part(text, at + 1..)) {
                    let span = Span::new(at, at + name.len() + 2);
                    let key = !in_string && before_colon(text, span.end as usize);
                    found.push(Placeholder { name: name.to_string(), span, quoted: in_string, key });
                    at = span.end as usize - 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn before_colon(text: &str, at: usize) -> bool {
    part(text, at..).trim_start().starts_with(':')
}

/// The name of a placeholder whose `<` stands before `rest`.
fn name(rest: &str) -> Option<&str> {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')))?;
    (end > 0 && rest.as_bytes()[end] == b'>').then(|| part(rest, ..end))
}
