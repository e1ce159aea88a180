//! JSON text to a tree, always: what is broken is named, mended in the most likely way and read on. Used for patterns,
//! which are short and need spans, and for the words about any text that [`super::scan`] refuses.

use super::{Member, Node, NodeKind, Problem, Text, fixes, number};
use crate::diagnostic::{ADVICE, Diagnostic, Problem as _};
use crate::limits::JSON_DEPTH;
use crate::text::{Span, part};

/// Reads the first value of `text`. What follows it is not looked at. No problems if and only if the value is JSON.
///
/// ```
/// let (node, problems) = eventbridge_rules::json::parse(r#"{"a": [1, 2,], b: 3}"#);
/// let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
/// assert_eq!(codes, ["json-trailing-comma", "json-key-quotes"]);
/// assert_eq!(node.what(), "an object");
/// ```
pub fn parse(text: &str) -> (Node, Vec<Diagnostic>) {
    let mut reader =
        Reader { text, bytes: text.as_bytes(), at: 0, depth: 0, open: [0, 0], lost: false, problems: Vec::new() };
    if text.starts_with('\u{feff}') {
        reader.at = 3;
        reader.report(Problem::ByteOrderMark, Span::new(0, 3));
    }
    reader.space();
    if reader.byte().is_none() && reader.problems.is_empty() {
        reader.report(Problem::Empty, Span::new(0, text.len()));
        return (reader.missing(), reader.problems);
    }
    let node = reader.value();
    (node, reader.problems)
}

/// A text that is no JSON at all has a problem in every word; nobody reads further than this.
const MOST_PROBLEMS: usize = 200;

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// How many brackets are open.
    depth: usize,
    /// The innermost one, behind the one around it; 0 where there is none.
    open: [u8; 2],
    /// Is what follows only a consequence of what was said already?
    lost: bool,
    problems: Vec<Diagnostic>,
}

/// Texts nest a thousand levels deep, and some hosts have a stack of less than a megabyte: what `value` and `container`
/// call on the way is kept out of their frames by `inline(never)`.
impl Reader<'_> {
    fn value(&mut self) -> Node {
        self.space();
        match self.byte() {
            Some(b'{') => self.container(b'{'),
            Some(b'[') => self.container(b'['),
            Some(b'"') => self.string(b'"'),
            Some(b'\'') => {
                let node = self.string(b'\'');
                self.report(Problem::SingleQuotes, node.span);
                node
            }
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.number(),
            Some(b) if is_word(b) => self.word(),
            Some(b',' | b':' | b'}' | b']') | None => {
                let span = Span::new(self.at, (self.at + 1).min(self.bytes.len()));
                self.report(Problem::ValueExpected, span);
                self.missing()
            }
            Some(_) => {
                self.stray();
                self.missing()
            }
        }
    }

    fn container(&mut self, open: u8) -> Node {
        let start = self.at;
        if self.depth == JSON_DEPTH {
            self.report(Problem::Depth, Span::new(start, start + 1));
            self.at = self.bytes.len();
            self.lost = true;
            return self.missing();
        }
        let around = self.open;
        self.open = [around[1], open];
        self.depth += 1;
        self.at += 1;
        let kind = if open == b'{' { self.members(start) } else { self.elements(start) };
        self.depth -= 1;
        self.open = around;
        Node { span: Span::new(start, self.at), kind }
    }

    fn members(&mut self, start: usize) -> NodeKind {
        let mut members = Vec::new();
        let mut comma = None;
        while self.another(start, b'{', comma, members.is_empty()) {
            let before = self.at;
            let Some((key, key_span)) = self.key() else {
                comma = self.comma();
                if self.at == before {
                    self.stray();
                }
                continue;
            };
            self.space();
            if self.byte() == Some(b':') {
                self.at += 1;
            } else {
                self.report(Problem::ColonExpected, key_span);
            }
            let value = self.value();
            members.push(Member { key, key_span, value });
            comma = self.comma();
        }
        NodeKind::Object(members)
    }

    fn elements(&mut self, start: usize) -> NodeKind {
        let mut elements = Vec::new();
        let mut comma = None;
        while self.another(start, b'[', comma, elements.is_empty()) {
            elements.push(self.value());
            comma = self.comma();
            if comma.is_none() && self.byte() == Some(b':') {
                self.stray();
            }
        }
        NodeKind::Array(elements)
    }

    /// Does another member or element begin here? Closes the container that `open` at `start` opened if not. `comma` is
    /// where the one before it stands.
    #[inline(never)]
    fn another(&mut self, start: usize, open: u8, comma: Option<usize>, first: bool) -> bool {
        self.space();
        let close = if open == b'{' { b'}' } else { b']' };
        match self.byte() {
            None => {
                self.report(Problem::Unclosed(open as char), Span::new(start, start + 1));
                false
            }
            Some(b @ (b'}' | b']')) => {
                if let Some(comma) = comma {
                    self.report(Problem::TrailingComma, Span::new(comma, comma + 1));
                }
                if b != close && self.closes_around(b) {
                    self.report(Problem::Unclosed(open as char), Span::new(start, start + 1));
                    return false;
                }
                if b != close {
                    self.report(Problem::Mismatch(open as char, b as char), Span::new(self.at, self.at + 1));
                }
                self.at += 1;
                false
            }
            Some(_) => {
                if !first && comma.is_none() {
                    let end = self.at + self.character().map_or(0, char::len_utf8);
                    self.report(Problem::CommaExpected, Span::new(self.at, end));
                }
                true
            }
        }
    }

    /// Does this bracket close the container around the innermost one?
    fn closes_around(&self, close: u8) -> bool {
        self.open[0] == if close == b'}' { b'{' } else { b'[' }
    }

    /// The comma behind a member or an element, and what has no place before it.
    fn comma(&mut self) -> Option<usize> {
        self.space();
        while self.byte().is_some_and(|b| !begins(b)) {
            self.stray();
            self.space();
        }
        (self.byte() == Some(b',')).then(|| {
            self.at += 1;
            self.at - 1
        })
    }

    #[inline(never)]
    fn key(&mut self) -> Option<(Text, Span)> {
        let start = self.at;
        match self.byte() {
            Some(quote @ (b'"' | b'\'')) => {
                let (key, span) = self.quoted(quote);
                if quote == b'\'' {
                    self.report(Problem::SingleQuotes, span);
                }
                Some((key, span))
            }
            Some(b) if is_word(b) || b.is_ascii_digit() => {
                while self.byte().is_some_and(|b| is_word(b) || b.is_ascii_digit() || b == b'-') {
                    self.at += 1;
                }
                let span = Span::new(start, self.at);
                let key = span.of(self.text).to_string();
                let text = Text::from(key.as_str());
                self.report(Problem::KeyQuotes(key), span);
                Some((text, span))
            }
            Some(b'{' | b'[') => {
                let node = self.value();
                self.report(Problem::KeyExpected, node.span);
                Some((Text::default(), node.span))
            }
            _ => {
                let end = start + self.character().map_or(0, char::len_utf8);
                self.report(Problem::KeyExpected, Span::new(start, end));
                if self.byte() == Some(b':') {
                    return Some((Text::default(), Span::new(start, start)));
                }
                None
            }
        }
    }

    #[inline(never)]
    fn string(&mut self, quote: u8) -> Node {
        let (text, span) = self.quoted(quote);
        Node { span, kind: NodeKind::String(text) }
    }

    /// From the quote at the cursor to the next one like it, or to the end of the line if there is none.
    fn quoted(&mut self, quote: u8) -> (Text, Span) {
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        let end = loop {
            let rest = &self.bytes[self.at..];
            self.at += rest.iter().position(|b| *b == quote || *b == b'\\' || *b < 0x20).unwrap_or(rest.len());
            match self.byte() {
                Some(b'\\') => {
                    escaped = true;
                    self.escape(quote);
                }
                Some(b'\n' | b'\r') | None => {
                    self.report(Problem::UnclosedString, Span::new(start, self.at));
                    self.lost |= self.byte().is_none();
                    break self.at;
                }
                Some(b) if b == quote => {
                    self.at += 1;
                    break self.at - 1;
                }
                Some(control) => {
                    self.report(Problem::ControlCharacter(control as char), Span::new(self.at, self.at + 1));
                    self.at += 1;
                }
            }
        };
        let raw = part(self.text, start + 1..end);
        (if escaped { Text::decode(raw) } else { Text::from(raw) }, Span::new(start, self.at))
    }

    fn escape(&mut self, quote: u8) {
        let start = self.at;
        self.at += 1;
        match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                let digits = self.bytes[self.at..].iter().take(4).take_while(|b| b.is_ascii_hexdigit()).count();
                self.at += digits;
                if digits < 4 {
                    self.report(Problem::UnicodeEscape, Span::new(start, self.at));
                }
            }
            Some(b) if b == quote => {
                self.at += 1;
                self.report(Problem::Escape, Span::new(start, self.at));
            }
            Some(b'\n' | b'\r') | None => {}
            Some(_) => {
                self.at += self.character().map_or(0, char::len_utf8);
                self.report(Problem::Escape, Span::new(start, self.at));
            }
        }
    }

    #[inline(never)]
    fn number(&mut self) -> Node {
        let start = self.at;
        while self.byte().is_some_and(|b| matches!(b, b'+' | b'-' | b'.') || b.is_ascii_alphanumeric()) {
            self.at += 1;
        }
        let span = Span::new(start, self.at);
        let text = span.of(self.text);
        if let Some(problem) = number::problem(text) {
            self.report(problem, span);
            return Node { span, kind: NodeKind::Missing };
        }
        Node { span, kind: NodeKind::Number(text.to_string()) }
    }

    #[inline(never)]
    fn word(&mut self) -> Node {
        let start = self.at;
        while self.byte().is_some_and(|b| is_word(b) || b.is_ascii_digit()) {
            self.at += 1;
        }
        let span = Span::new(start, self.at);
        let kind = match span.of(self.text) {
            "true" => NodeKind::Bool(true),
            "false" => NodeKind::Bool(false),
            "null" => NodeKind::Null,
            word => {
                self.report(Problem::Word(word.to_string()), span);
                NodeKind::Missing
            }
        };
        Node { span, kind }
    }

    /// White space, and comments, which are a problem. Most often there is none.
    fn space(&mut self) {
        if !matches!(self.byte(), Some(b'!'..=b'.' | b'0'..=0x7f)) {
            self.spaces();
        }
    }

    #[inline(never)]
    fn spaces(&mut self) {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                Some(b'/') if matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => {
                    let rest = &self.bytes[self.at..];
                    let line = rest.starts_with(b"//");
                    let length = match line {
                        true => rest.iter().position(|b| *b == b'\n'),
                        false => rest.windows(2).position(|pair| pair == b"*/").map(|n| n + 2),
                    };
                    let end = self.at + length.unwrap_or(rest.len());
                    self.report(Problem::Comment, Span::new(self.at, end));
                    self.lost |= length.is_none() && !line;
                    self.at = end;
                }
                Some(b) if b >= 0x80 && self.character().is_some_and(is_space) => self.stray(),
                _ => return,
            }
        }
    }

    /// Names the character at the cursor as out of place and goes past it.
    #[inline(never)]
    fn stray(&mut self) {
        if let Some(character) = self.character() {
            let end = self.at + character.len_utf8();
            self.report(Problem::Character(character), Span::new(self.at, end));
            self.at = end;
        }
    }

    fn missing(&self) -> Node {
        Node { span: Span::new(self.at, self.at), kind: NodeKind::Missing }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline(never)]
    fn character(&self) -> Option<char> {
        part(self.text, self.at..).chars().next()
    }

    #[inline(never)]
    fn report(&mut self, problem: Problem, span: Span) {
        if self.problems.len() < MOST_PROBLEMS && !self.lost {
            let fixes = if ADVICE { fixes::of(&problem, span, self.text) } else { Vec::new() };
            self.problems.push(Diagnostic { fixes, ..problem.at(span) });
        }
    }
}

/// White space of other alphabets and of word processors.
fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{feff}')
}

/// Can a value, a key or a sign of JSON begin with this?
fn begins(b: u8) -> bool {
    let sign = matches!(b, b'"' | b'\'' | b'{' | b'}' | b'[' | b']' | b',' | b':' | b'+' | b'-' | b'.');
    sign || is_word(b) || b.is_ascii_digit()
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphabetic() || matches!(b, b'_' | b'$') || b >= 0x80
}
