//! Settings and an event, a line feed between them: nothing panics, and what is delivered for a JSON template is JSON.

#![no_main]

use eventbridge_rules::transform::{Context, Settings, TargetInput};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let cut = input.iter().position(|b| *b == b'\n').unwrap_or(input.len());
    let (settings, event) = (&input[..cut], input.get(cut + 1..).unwrap_or(&[]));
    let Ok(settings) = std::str::from_utf8(settings) else { return };
    let (settings, _) = Settings::from_json(settings);
    let text_template = settings.input_transformer.as_ref().and_then(|t| t.input_template.as_ref()).is_some_and(|t| t.trim_start().starts_with('"'));
    let Ok(target) = TargetInput::new(settings) else { return };
    let Ok(output) = target.apply(event, &Context::default()) else { return };
    if !text_template {
        assert!(eventbridge_rules::json::parse(&output).1.is_empty(), "{output}");
    }
});
