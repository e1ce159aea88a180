//! JSON text to tokens, as the reference takes them: each call reads just as far as its parser does. After a name the
//! colon and the start of the value are read already: a number or a word as a whole, of a string its opening quote, of a
//! container its bracket. The rest of a string is read when its text is asked for, or before the next token.

use super::words;
use super::{Answer, PLACE, Place, Read};
use crate::json::Text;
use crate::limits::JSON_DEPTH;
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    StartObject,
    EndObject,
    StartArray,
    EndArray,
    Name,
    String,
    Number,
    True,
    False,
    Null,
    /// There is nothing, or nothing more, in the text.
    End,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    /// Bytes consumed.
    pub(super) at: usize,
    line: usize,
    line_start: usize,
    open: Vec<Open>,
    token: Token,
    /// The value behind a name, when the token is the name.
    ahead: Option<Token>,
    name: Range<usize>,
    /// The number, or what stands between the quotes of the string.
    pub(super) value: Range<usize>,
    /// Is the token a string whose end was not looked for yet?
    pub(super) unfinished: bool,
    /// Where the value starts.
    start: Place,
}

/// An object or array that is open.
struct Open {
    object: bool,
    empty: bool,
    start: Place,
}

impl Open {
    fn what(&self) -> &'static str {
        if self.object { "Object" } else { "Array" }
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Reader<'a> {
        Reader {
            text,
            at: 0,
            line: 1,
            line_start: 0,
            open: Vec::new(),
            token: Token::End,
            ahead: None,
            name: 0..0,
            value: 0..0,
            unfinished: false,
            start: Place { line: 1, line_start: 0, at: 0 },
        }
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Read<Token> {
        self.token = match self.ahead.take() {
            Some(value) => self.enter(value)?,
            None => self.read()?,
        };
        Ok(self.token)
    }

    /// The token that [`Reader::next`] gave.
    pub(super) fn token(&self) -> Token {
        self.token
    }

    /// The text of the token: what the string or the name says, or the token as it is written.
    pub(super) fn words(&mut self) -> Read<String> {
        let token = match self.token {
            Token::Name => return Ok(Text::decode(&self.text[self.name.clone()]).utf8().into_owned()),
            Token::String => {
                self.finish_string()?;
                return Ok(Text::decode(&self.text[self.value.clone()]).utf8().into_owned());
            }
            Token::Number => &self.text[self.value.clone()],
            Token::StartObject => "{",
            Token::EndObject => "}",
            Token::StartArray => "[",
            Token::EndArray => "]",
            Token::True => "true",
            Token::False => "false",
            Token::Null | Token::End => "null",
        };
        Ok(token.to_string())
    }

    fn read(&mut self) -> Read<Token> {
        self.finish_string()?;
        let Some(first) = self.significant()? else {
            return self.end();
        };
        if matches!(first, ']' | '}') {
            return self.close(first);
        }
        let first = self.comma(first)?;
        if !self.open.last().is_some_and(|open| open.object) {
            let value = self.value(first)?;
            return self.enter(value);
        }
        if first != '"' {
            return self.unexpected(first, "was expecting double-quote to start field name");
        }
        self.name = self.name()?;
        let first = self.colon()?;
        self.ahead = Some(self.value(first)?);
        Ok(Token::Name)
    }

    /// Goes into a container when its token is handed over.
    fn enter(&mut self, token: Token) -> Read<Token> {
        if matches!(token, Token::StartObject | Token::StartArray) {
            self.open.push(Open { object: token == Token::StartObject, empty: true, start: self.start });
            if self.open.len() > JSON_DEPTH {
                let depth = self.open.len();
                return self
                    .refuse_bare(format!("Depth ({depth}) exceeds the maximum allowed nesting depth ({JSON_DEPTH})"));
            }
        }
        Ok(token)
    }

    fn end(&self) -> Read<Token> {
        let Some(open) = self.open.last() else {
            return Ok(Token::End);
        };
        let start = words::location(self.text, open.start);
        self.ends(&format!(": expected close marker for {} (start marker at {start})", open.what()))
    }

    fn close(&mut self, bracket: char) -> Read<Token> {
        let object = bracket == '}';
        if self.open.last().is_some_and(|open| open.object == object) {
            self.open.pop();
            return Ok(if object { Token::EndObject } else { Token::EndArray });
        }
        let expected = if object { ']' } else { '}' };
        let (what, start) = match self.open.last() {
            Some(open) => (open.what(), words::location(self.text, open.start)),
            None => ("root", words::root_location(self.text)),
        };
        self.refuse_last(format!(
            "Unexpected close marker '{bracket}': expected '{expected}' (for {what} starting at {start})"
        ))
    }

    /// Past the comma before an element, if there has to be one; its first character.
    fn comma(&mut self, first: char) -> Read<char> {
        let Some(open) = self.open.last_mut() else {
            return Ok(first);
        };
        if std::mem::take(&mut open.empty) {
            return Ok(first);
        }
        let what = open.what();
        if first != ',' {
            return self.unexpected(first, &format!("was expecting comma to separate {what} entries"));
        }
        match self.significant()? {
            Some(first) => Ok(first),
            None => self.ends(&format!(" within/between {what} entries")),
        }
    }

    /// Past the colon behind a name; the first character of the value.
    fn colon(&mut self) -> Read<char> {
        match self.significant()? {
            Some(':') => {}
            Some(other) => return self.unexpected(other, "was expecting a colon to separate field name and value"),
            None => return self.ends(" within/between Object entries"),
        }
        match self.significant()? {
            Some(first) => Ok(first),
            None => self.ends(" within/between Object entries"),
        }
    }

    fn value(&mut self, first: char) -> Read<Token> {
        self.start = Place { at: self.at - first.len_utf8(), ..self.here() };
        match first {
            '"' => {
                self.value = self.at..self.at;
                self.unfinished = true;
                Ok(Token::String)
            }
            '[' => Ok(Token::StartArray),
            '{' => Ok(Token::StartObject),
            '}' => self.unexpected(first, "expected a value"),
            't' => self.word("true", 1).map(|()| Token::True),
            'f' => self.word("false", 1).map(|()| Token::False),
            'n' => self.word("null", 1).map(|()| Token::Null),
            '-' | '0'..='9' => self.number(first),
            _ => self.odd(first),
        }
    }

    /// The next character that is no white space, consumed.
    fn significant(&mut self) -> Read<Option<char>> {
        while let Some(character) = self.take() {
            match character {
                ' ' | '\t' => {}
                '\n' => self.start_line(),
                '\r' => {
                    self.at += usize::from(self.peek() == Some('\n'));
                    self.start_line();
                }
                '/' => return self.unexpected(character, COMMENT),
                '\0'..' ' => {
                    let which = words::character(character);
                    return self.refuse_last(format!("Illegal character ({which}): {SPACE}"));
                }
                _ => return Ok(Some(character)),
            }
        }
        Ok(None)
    }

    pub(super) fn start_line(&mut self) {
        self.line += 1;
        self.line_start = self.at;
    }

    pub(super) fn in_root(&self) -> bool {
        self.open.is_empty()
    }

    /// Where the value starts that is being read.
    pub(super) fn value_start(&self) -> usize {
        self.start.at
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn take(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn here(&self) -> Place {
        Place { line: self.line, line_start: self.line_start, at: self.at }
    }

    /// Ends with these words, and the place that is reached.
    pub(super) fn refuse<T>(&self, message: impl Into<String>) -> Read<T> {
        Err(self.placed(Answer { message: message.into(), at: self.at }))
    }

    /// Ends with these words, and the place of the last character.
    pub(super) fn refuse_last<T>(&self, message: String) -> Read<T> {
        let last = self.text[..self.at].chars().next_back().map_or(0, char::len_utf8);
        let place = words::location(self.text, Place { at: self.at - last, ..self.here() });
        Err(Answer { message: format!("{message}{PLACE}{place}"), at: self.at })
    }

    /// Ends with these words alone.
    pub(super) fn refuse_bare<T>(&self, message: String) -> Read<T> {
        Err(Answer { message, at: self.at })
    }

    /// The answer with the place that is reached added to it.
    pub(super) fn placed(&self, answer: Answer) -> Answer {
        let place = words::location(self.text, self.here());
        Answer { message: format!("{}{PLACE}{place}", answer.message), at: self.at }
    }

    pub(super) fn unexpected<T>(&self, character: char, why: &str) -> Read<T> {
        self.refuse_last(format!("Unexpected character ({}): {why}", words::character(character)))
    }

    /// Ends because the text does.
    pub(super) fn ends<T>(&self, what: &str) -> Read<T> {
        self.refuse(format!("Unexpected end-of-input{what}"))
    }
}

const COMMENT: &str =
    "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)";
const SPACE: &str = r"only regular white space (\r, \n, \t) is allowed between tokens";
