//! Text that does not compare as it looks.

use super::{Look, Problem};
use crate::diagnostic::Fix;
use crate::json::{Node, NodeKind, place_in_string, quote};
use crate::operators::Test;
use crate::operators::anything_but::AnythingBut;
use crate::operators::case::{lower, upper};
use crate::operators::equals::Equals;
use crate::operators::prefix::Affix;
use crate::pattern::List;
use crate::pattern::fixes::accepted;
use crate::text::Span;

pub(super) fn look(look: &mut Look<'_>) {
    let pattern = look.pattern;
    for list in pattern.lists() {
        for (test, span) in &list.tests {
            match test {
                Test::Equals(equals) => plain(look, equals, *span),
                Test::Prefix(prefix) => affix(look, "prefix", &prefix.text, *span),
                Test::Suffix(suffix) => affix(look, "suffix", &suffix.text, *span),
                Test::EqualsIgnoreCase(text) => ignore_case(look, text.text.text(), *span),
                Test::AnythingBut(test) => anything_but(look, list, test, *span),
                _ => {}
            }
        }
    }
}

fn plain(look: &mut Look<'_>, equals: &Equals, span: Span) {
    match equals {
        Equals::Address { text, .. } => {
            let fix = Fix::one("compare the text", span, format!("{{\"exactly\": {}}}", quote(text)));
            look.report(&Problem::AddressString(text.clone()), span, Some(fix));
        }
        Equals::Number(number) if number.amount().is_none() => {
            look.report(&Problem::NumberSpelling(shortened(number.text())), span, None);
        }
        Equals::String(text) => {
            star(look, text, span);
            blanks(look, text, span);
        }
        _ => {}
    }
}

fn shortened(number: &str) -> String {
    if number.len() > 40 { format!("{}…", &number[..40]) } else { number.to_string() }
}

/// `"us-*"`
fn star(look: &mut Look<'_>, text: &str, span: Span) {
    if !text.contains('*') {
        return;
    }
    let shape = crate::pattern::fixes::single(&text.replace('\\', "\\\\"));
    let element = format!("{{\"wildcard\": {}}}", quote(&shape));
    let fix = accepted(&element).then(|| Fix::one("use `wildcard`", span, element));
    look.report(&Problem::WildcardInPlainString, span, fix);
}

fn blanks(look: &mut Look<'_>, text: &str, span: Span) {
    let trimmed = text.trim();
    if trimmed.len() == text.len() || trimmed.is_empty() {
        return;
    }
    let fix = Fix::one("remove the blanks", span, quote(trimmed));
    look.report(&Problem::StringBlanks, span, Some(fix));
}

fn affix(look: &mut Look<'_>, operator: &'static str, affix: &Affix, span: Span) {
    match affix {
        Affix::Plain(text) => quotes(look, operator, std::slice::from_ref(text), span),
        Affix::IgnoreCase(folded) => {
            quotes(look, operator, &[folded.text().to_string()], span);
            ignore_case(look, folded.text(), span);
        }
    }
}

fn anything_but(look: &mut Look<'_>, list: &List, test: &AnythingBut, span: Span) {
    match test {
        AnythingBut::Prefix(texts) => quotes(look, "prefix", texts, span),
        AnythingBut::Suffix(texts) => quotes(look, "suffix", texts, span),
        AnythingBut::IgnoreCase(texts) => texts.iter().for_each(|text| ignore_case(look, text.text(), span)),
        _ => {}
    }
    let path = list.path.utf8();
    if path == "resources" || look.samples.has_values_in_array(&path) {
        look.report(&Problem::AnythingButArray(path.into_owned()), span, None);
    }
}

/// A quote where it can stand for the end of the whole value.
fn quotes(look: &mut Look<'_>, operator: &'static str, texts: &[String], span: Span) {
    for text in texts {
        let without = if operator == "prefix" { text.trim_end_matches('"') } else { text.trim_start_matches('"') };
        if without.len() == text.len() {
            continue;
        }
        let Some(node) = look.string(span, text) else { continue };
        let fix = (!without.is_empty()).then(|| Fix::one("remove the quote", node.span, quote(without)));
        let at = if operator == "prefix" { text.len() - 1 } else { 0 };
        let place = place_in_string(look.text, node.span, at, at + 1);
        look.report(&Problem::QuoteAffix(operator), place, fix);
    }
}

/// Characters that do not fold as people expect.
fn ignore_case(look: &mut Look<'_>, text: &str, span: Span) {
    if text.is_ascii() {
        return;
    }
    let Some(node) = look.string(span, text) else { return };
    let mut known = Vec::new();
    for (at, character) in text.char_indices() {
        if known.contains(&character) {
            continue;
        }
        let place = place_in_string(look.text, node.span, at, at + character.len_utf8());
        if character.len_utf16() == 2 {
            look.report(&Problem::IgnoreCaseAstral(character), place, None);
        } else if let Some(forms) = odd_forms(character) {
            look.report(&Problem::IgnoreCaseOdd { character, forms }, place, None);
        } else {
            continue;
        }
        known.push(character);
    }
}

/// What passes for a character whose upper and lower case do not lead back to each other.
fn odd_forms(character: char) -> Option<String> {
    let text = character.to_string();
    let (small, large) = (lower(&text), upper(&text));
    let same = upper(&small) == large && lower(&large) == small;
    let itself = [&small, &large].contains(&&text);
    let single = small.chars().count() == 1 && large.chars().count() == 1;
    if same && itself && single || character.is_ascii() {
        return None;
    }
    Some(if small == large { format!("`{small}`") } else { format!("`{small}` or `{large}`") })
}

impl<'a> Look<'a> {
    /// The string with this text in the element at `span`.
    fn string(&self, span: Span, text: &str) -> Option<&'a Node> {
        find(self.element(span)?.node(), text)
    }
}

fn find<'a>(node: &'a Node, text: &str) -> Option<&'a Node> {
    match &node.kind {
        NodeKind::String(found) => (found.utf8() == text).then_some(node),
        NodeKind::Array(items) => items.iter().find_map(|item| find(item, text)),
        NodeKind::Object(members) => members.iter().find_map(|member| find(&member.value, text)),
        _ => None,
    }
}
