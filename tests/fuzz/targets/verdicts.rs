//! A pattern and an event, a line feed between them: both evaluators answer alike, and what they offer holds.

#![no_main]

use eventbridge_rules::EventPattern;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let cut = input.iter().position(|b| *b == b'\n').unwrap_or(input.len());
    let (pattern, event) = (&input[..cut], input.get(cut + 1..).unwrap_or(&[]));
    let Ok(pattern) = std::str::from_utf8(pattern) else { return };
    let Ok(pattern) = EventPattern::new(pattern) else { return };
    let matches = pattern.matches(event).ok();
    let explained = pattern.explain(event).ok();
    assert_eq!(matches, explained.as_ref().map(|why| why.matches));
    let Some(fix) = explained.and_then(|why| why.nearest).and_then(|nearest| nearest.in_event) else { return };
    let mut changed = String::from_utf8_lossy(event).into_owned();
    for edit in fix.edits.iter().rev() {
        changed.replace_range(edit.span.range(), &edit.text);
    }
    assert_eq!(pattern.matches(&changed).ok(), Some(true), "{changed}");
});
