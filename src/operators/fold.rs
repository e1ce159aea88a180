//! Text in any case, as EventBridge folds it: only the pattern is folded, one UTF-16 unit at a time.
//!
//! Each unit stands for its full lower and upper case mapping by itself, which may have several characters (`ß` and
//! `SS`); a value passes if it is a row of such forms. Half a surrogate pair turns into `?` (AWS, observed:
//! `oddity-astral`), so a character outside of the Basic Multilingual Plane stands for `??`.

use super::case;

/// A text of a pattern, ready to be compared in any case.
#[derive(Clone, Debug)]
pub struct Folded {
    text: String,
    /// None for ASCII, whose forms are ASCII of the same length.
    forms: Option<Vec<Forms>>,
}

equal_by_text!(Folded);

/// The one or two forms of a unit.
#[derive(Clone, Debug)]
struct Forms {
    lower: String,
    upper: String,
}

impl Folded {
    /// Folds a text of a pattern.
    ///
    /// ```
    /// use eventbridge_rules::operators::fold::Folded;
    /// assert!(Folded::new("ß").equals("SS"));
    /// assert!(!Folded::new("SS").equals("ß"));
    /// assert!(Folded::new(".PNG").ends("a.png"));
    /// ```
    pub fn new(text: &str) -> Folded {
        let forms = || {
            let mut all = Vec::new();
            text.chars().for_each(|character| add_forms(character, &mut all));
            all
        };
        Folded { text: text.to_string(), forms: (!text.is_ascii()).then(forms) }
    }

    /// As the pattern has it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Is the whole of `value` a form of this text?
    pub fn equals(&self, value: &str) -> bool {
        match &self.forms {
            None => value.eq_ignore_ascii_case(&self.text),
            Some(forms) => reach(forms, value.as_bytes(), vec![0]).contains(&value.len()),
        }
    }

    /// Does `value` begin with a form of this text? The closing quote counts as its last character (`oddity-quote`).
    pub fn starts(&self, value: &str) -> bool {
        match &self.forms {
            None => {
                let head = value.as_bytes().get(..self.text.len());
                head.is_some_and(|head| head.eq_ignore_ascii_case(self.text.as_bytes()))
                    || self.text.strip_suffix('"').is_some_and(|text| value.eq_ignore_ascii_case(text))
            }
            Some(forms) => !reach(forms, format!("{value}\"").as_bytes(), vec![0]).is_empty(),
        }
    }

    /// Does `value` end with a form of this text? The opening quote counts as its first character (`oddity-quote`).
    pub fn ends(&self, value: &str) -> bool {
        match &self.forms {
            None => {
                let tail = value.len().checked_sub(self.text.len()).and_then(|at| value.as_bytes().get(at..));
                tail.is_some_and(|tail| tail.eq_ignore_ascii_case(self.text.as_bytes()))
                    || self.text.strip_prefix('"').is_some_and(|text| value.eq_ignore_ascii_case(text))
            }
            Some(forms) => {
                let value = format!("\"{value}");
                let longest: usize = forms.iter().map(|f| f.lower.len().max(f.upper.len())).sum();
                let starts = value.len().saturating_sub(longest)..=value.len();
                reach(forms, value.as_bytes(), starts.collect()).contains(&value.len())
            }
        }
    }
}

fn add_forms(character: char, all: &mut Vec<Forms>) {
    let (text, count) = if character.len_utf16() == 2 { ("?".into(), 2) } else { (character.to_string(), 1) };
    (0..count).for_each(|_| all.push(Forms { lower: case::lower(&text), upper: case::upper(&text) }));
}

/// The places in `value` where the forms can end when they begin at one of `places`; in ascending order.
fn reach(forms: &[Forms], value: &[u8], mut places: Vec<usize>) -> Vec<usize> {
    for form in forms {
        let mut next = Vec::with_capacity(places.len());
        for place in places {
            for text in [&form.lower, &form.upper] {
                if value[place..].starts_with(text.as_bytes()) {
                    next.push(place + text.len());
                }
            }
        }
        crate::order::sort_by(&mut next, |a, b| a < b);
        next.dedup();
        if next.is_empty() {
            return next;
        }
        places = next;
    }
    places
}
