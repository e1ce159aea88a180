//! Strings, numbers and words, as the reference takes them.

use super::Read;
use super::reader::{Reader, Token};
use super::words;
use crate::limits::JSON_NUMBER_LENGTH;
use std::ops::Range;

/// What a quoted text is, in the words of messages.
struct Quoted {
    /// When it does not end.
    unclosed: &'static str,
    /// When a control character is in it.
    name: &'static str,
}

const NAME: Quoted = Quoted { unclosed: " in field name", name: "name" };
const VALUE: Quoted = Quoted { unclosed: ": was expecting closing quote for a string value", name: "string value" };

/// Units of an unknown word that a message shows.
const WORD_SHOWN: usize = 256;

impl Reader<'_> {
    /// The name whose opening quote was taken.
    pub(super) fn name(&mut self) -> Read<Range<usize>> {
        self.quoted(&NAME)
    }

    /// Reads the rest of a string of which only the quote was taken.
    pub(super) fn finish_string(&mut self) -> Read<()> {
        if std::mem::take(&mut self.unfinished) {
            self.value = self.quoted(&VALUE)?;
        }
        Ok(())
    }

    fn quoted(&mut self, what: &Quoted) -> Read<Range<usize>> {
        let start = self.at;
        loop {
            match self.take() {
                Some('"') => return Ok(start..self.at - 1),
                Some('\\') => self.escape()?,
                Some(control @ '\0'..' ') => {
                    return self.refuse_last(format!(
                        "Illegal unquoted character ({}): has to be escaped using backslash to be included in {}",
                        words::character(control),
                        what.name
                    ));
                }
                Some(_) => {}
                None => return self.ends(what.unclosed),
            }
        }
    }

    fn escape(&mut self) -> Read<()> {
        const CUT: &str = " in character escape sequence";
        match self.take() {
            Some('b' | 't' | 'n' | 'f' | 'r' | '"' | '/' | '\\') => return Ok(()),
            Some('u') => {}
            Some(other) => {
                return self.refuse_last(format!("Unrecognized character escape {}", words::character(other)));
            }
            None => return self.ends(CUT),
        }
        for _ in 0..4 {
            match self.take() {
                Some('0'..='9' | 'a'..='f' | 'A'..='F') => {}
                Some(other) => return self.unexpected(other, "expected a hex-digit for character escape sequence"),
                None => return self.ends(CUT),
            }
        }
        Ok(())
    }

    /// The rest of a word that the first `known` bytes of `word` began.
    pub(super) fn word(&mut self, word: &str, known: usize) -> Read<()> {
        for expected in word[known..].chars() {
            if self.peek() != Some(expected) {
                return self.unrecognized();
            }
            self.at += 1;
        }
        // What sorts before the digits, a `$` too, is left to whatever comes next.
        if self.peek().is_some_and(|next| next >= '0' && words::continues_word(next)) {
            return self.unrecognized();
        }
        Ok(())
    }

    /// The word that began with the value is none of JSON.
    fn unrecognized<T>(&mut self) -> Read<T> {
        let start = self.value_start();
        let mut units: usize = self.text[start..self.at].chars().map(char::len_utf16).sum();
        let mut dots = "";
        while self.peek().is_some_and(words::continues_word) {
            self.take();
            units += 1;
            if units >= WORD_SHOWN {
                dots = "...";
                break;
            }
        }
        let word = &self.text[start..self.at];
        self.refuse(format!(
            "Unrecognized token '{word}{dots}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
        ))
    }

    /// A value that starts like none of JSON.
    pub(super) fn odd(&mut self, first: char) -> Read<Token> {
        match first {
            'N' => self.not_standard("NaN", 1),
            'I' => self.not_standard("Infinity", 1),
            '+' => self.no_number('+'),
            _ if words::starts_word(first) => self.unrecognized(),
            _ => self.unexpected(
                first,
                "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            ),
        }
    }

    fn not_standard<T>(&mut self, word: &str, known: usize) -> Read<T> {
        self.word(word, known)?;
        self.refuse(format!("Non-standard token '{word}': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow"))
    }

    /// A sign without a digit behind it.
    fn no_number<T>(&mut self, sign: char) -> Read<T> {
        let mut next = self.after_sign()?;
        if next == 'I' {
            next = self.after_sign()?;
            match next {
                'N' => return self.not_standard(&format!("{sign}INF"), 3),
                'n' => return self.not_standard(&format!("{sign}Infinity"), 3),
                _ => {}
            }
        }
        if sign == '+' {
            return self.not_in_number('+', "JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow");
        }
        self.not_in_number(next, "expected digit (0-9) to follow minus sign, for valid numeric value")
    }

    fn after_sign(&mut self) -> Read<char> {
        match self.take() {
            Some(character) => Ok(character),
            None => self.ends(" in a Number value"),
        }
    }

    pub(super) fn number(&mut self, first: char) -> Read<Token> {
        let start = self.value_start();
        if first == '-' {
            match self.peek() {
                Some('0'..='9') => self.at += 1,
                Some('.') => {
                    self.at += 1;
                    return self.odd('.');
                }
                Some(_) => return self.no_number('-'),
                None => return self.ends("No digit following minus sign"),
            }
        }
        let zero = self.text[..self.at].ends_with('0');
        if zero && self.peek().is_some_and(|next| next.is_ascii_digit()) {
            return self.refuse("Invalid numeric value: Leading zeroes not allowed");
        }
        self.digits();
        self.fraction_and_exponent(zero)?;
        self.value = start..self.at;
        self.number_ends()?;
        let length = self.value.len();
        if length > JSON_NUMBER_LENGTH {
            return self
                .refuse_bare(format!("Number length ({length}) exceeds the maximum length ({JSON_NUMBER_LENGTH})"));
        }
        Ok(Token::Number)
    }

    /// `zero`: is the whole part a zero? The reference then reads more carefully and has consumed the character that is
    /// wrong; else it stands where the whole part had led it.
    fn fraction_and_exponent(&mut self, zero: bool) -> Read<()> {
        let mut stands = None;
        if self.peek() == Some('.') {
            self.at += 1;
            stands = Some(self.at);
            if self.digits() == 0 {
                return self.digit_missing(zero, self.at, "Decimal point not followed by a digit");
            }
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.at += 1;
            let stands = stands.unwrap_or(self.at);
            self.at += usize::from(matches!(self.peek(), Some('+' | '-')));
            if self.peek().is_none() {
                return self.ends("expected a digit for number exponent");
            }
            if self.digits() == 0 {
                return self.digit_missing(zero, stands, "Exponent indicator not followed by a digit");
            }
        }
        Ok(())
    }

    fn digit_missing<T>(&mut self, zero: bool, stands: usize, why: &str) -> Read<T> {
        let wrong = self.take();
        if !zero && wrong.is_some() {
            self.at = stands;
        }
        self.not_in_number(wrong.unwrap_or('.'), why)
    }

    /// How many there are.
    fn digits(&mut self) -> usize {
        let count = self.text[self.at..].bytes().take_while(u8::is_ascii_digit).count();
        self.at += count;
        count
    }

    /// A number that is the whole text must be followed by white space, which is consumed.
    fn number_ends(&mut self) -> Read<()> {
        if !self.in_root() || matches!(self.peek(), None | Some('\r')) {
            return Ok(());
        }
        match self.take() {
            Some('\n') => self.start_line(),
            Some(other) if !matches!(other, ' ' | '\t') => {
                return self.unexpected(other, "Expected space separating root-level values");
            }
            _ => {}
        }
        Ok(())
    }

    fn not_in_number<T>(&self, character: char, why: &str) -> Read<T> {
        self.refuse_last(format!("Unexpected character ({}) in numeric value: {why}", words::character(character)))
    }
}
