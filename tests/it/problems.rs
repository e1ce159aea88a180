//! The words of problems, as texts in `tests/cases/problem`: what is read, and what is said about which piece of it.
//!
//! A section begins with `--- name`. Then comes the text that is read, up to an empty line or a line of `^`; then, for
//! each problem in its order, a line of `^` under its place (with the line of the text above it, where there are several)
//! and its code and message. `UPDATE=1` writes what is said now into the files.
//!
//! In the text `«x*20»` stands for twenty times `x`, `«+feff»` for a character and `«!ff»` for a byte by its number,
//! `«»` for nothing. What the
//! text is depends on the file: a pattern, an event (`event.txt`), an event for TestEventPattern (`envelope.txt`), settings
//! of a target (`target.txt`). A line `event: …` before the text is an event that goes with it, `pattern: …` a pattern.

use crate::cases::{files, folder};
use eventbridge_rules::diagnostic::{Diagnostic, Severity};
use eventbridge_rules::rules::TestEventPatternError;
use eventbridge_rules::text::{LineIndex, Span};
use eventbridge_rules::transform::{ApplyError, Context, Setting, SettingProblem, Settings, TargetInput};
use eventbridge_rules::{EventPattern, event, lint, test_event_pattern};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

/// A problem, the text in which its place is counted, and the name of that text if it has one.
pub(crate) struct Said {
    problem: Diagnostic,
    text: String,
    name: Option<&'static str>,
}

fn said(text: &str) -> impl Fn(Diagnostic) -> Said {
    move |problem| Said { problem, text: text.to_string(), name: None }
}

/// A section: its lines up to the expectations.
struct Section<'a> {
    name: &'a str,
    head: Vec<&'a str>,
    input: Vec<&'a str>,
}

fn sections(file: &str) -> Vec<Section<'_>> {
    let begins = |line: &str| line.starts_with("--- ");
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut reading = false;
    for line in file.lines() {
        if begins(line) {
            sections.push(Section { name: &line[4..], head: Vec::new(), input: Vec::new() });
            reading = true;
        } else if let Some(section) = sections.last_mut().filter(|_| reading) {
            if line.is_empty() || (line.contains('^') && line.trim_matches([' ', '\t', '^']).is_empty()) {
                reading = false;
            } else if section.input.is_empty() && (line.starts_with("event: ") || line.starts_with("pattern: ")) {
                section.head.push(line);
            } else {
                section.input.push(line);
            }
        }
    }
    sections
}

/// The text that is meant: `«…»` replaced.
fn expand(input: &str) -> String {
    String::from_utf8(expand_bytes(input)).expect("UTF-8")
}

fn expand_bytes(input: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = input;
    while let Some((before, after)) = rest.split_once('«') {
        let (inside, behind) = after.split_once('»').expect("« is closed");
        let number = |digits| u32::from_str_radix(digits, 16).expect("a number");
        out.extend_from_slice(before.as_bytes());
        match (inside.split_at_checked(1), inside.rsplit_once('*')) {
            (Some(("+", digits)), _) => {
                out.extend_from_slice(char::from_u32(number(digits)).expect("a character").to_string().as_bytes());
            }
            (Some(("!", digits)), _) => out.push(number(digits) as u8),
            (_, Some((text, times))) => out.extend(text.repeat(times.parse().expect("how many times")).bytes()),
            _ => assert_eq!(inside, "", "{input}"),
        }
        rest = behind;
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

fn of_section(file: &str, section: &Section<'_>) -> Vec<Said> {
    let input = section.input.join("\n");
    if let Err(error) = event::text(&expand_bytes(&input)) {
        return error.diagnostics.into_iter().map(said("")).collect();
    }
    let text = expand(&input);
    let head = |key: &str| section.head.iter().find_map(|line| line.strip_prefix(key)).map(expand);
    match file {
        "event" => event::lint(&text).into_iter().chain(asked(head("pattern: "), &text)).map(said(&text)).collect(),
        "envelope" => match test_event_pattern(r#"{"a": [{"exists": false}]}"#, &text) {
            Ok(_) => Vec::new(),
            Err(TestEventPatternError::Event(error)) => error.diagnostics.into_iter().map(said(&text)).collect(),
            Err(TestEventPatternError::Pattern(error)) => panic!("{error}"),
        },
        "target" => of_target(&text, head("event: ")),
        "lint" => {
            let sample = head("event: ");
            lint::pattern(&text, sample.as_deref().as_slice()).into_iter().map(said(&text)).collect()
        }
        _ => lint::pattern(&text, &[]).into_iter().filter(|p| p.severity == Severity::Error).map(said(&text)).collect(),
    }
}

fn asked(pattern: Option<String>, event: &str) -> Vec<Diagnostic> {
    let Some(pattern) = pattern else {
        return Vec::new();
    };
    let pattern = EventPattern::new(&pattern).expect("a valid pattern");
    let problems = pattern.matches(event).map_or_else(|error| error.diagnostics, |_| Vec::new());
    assert_eq!(problems, pattern.explain(event).map_or_else(|error| error.diagnostics, |_| Vec::new()));
    problems
}

/// The problems of settings; if there are none, the problem of the event that they would lose.
fn of_target(text: &str, event: Option<String>) -> Vec<Said> {
    let (settings, broken) = Settings::from_json(text);
    if !broken.is_empty() {
        return broken.into_iter().map(|SettingProblem { diagnostic, .. }| said(text)(diagnostic)).collect();
    }
    let in_setting = |problem: SettingProblem| in_setting(&settings, problem);
    let mut found: Vec<Said> =
        lint::target(&settings, event.as_deref().as_slice()).into_iter().map(in_setting).collect();
    match TargetInput::new(settings.clone()) {
        Err(error) => assert_eq!(error.problems.len(), errors(&found), "{text}"),
        Ok(target) => {
            assert_eq!(errors(&found), 0, "{text}");
            if let Some(Err(ApplyError::Undeliverable { problems, .. })) =
                event.map(|event| target.apply(event, &Context::default()))
            {
                let new = |said: &Said| found.iter().all(|known| known.problem.code != said.problem.code);
                let new: Vec<Said> = problems.into_iter().map(in_setting).filter(new).collect();
                found.extend(new);
            }
        }
    }
    found
}

fn errors(found: &[Said]) -> usize {
    found.iter().filter(|said| said.problem.severity == Severity::Error).count()
}

fn in_setting(settings: &Settings, SettingProblem { setting, diagnostic }: SettingProblem) -> Said {
    let transformer = settings.input_transformer.as_ref();
    let text = match setting {
        Setting::Whole => String::new(),
        Setting::Input => settings.input.clone().unwrap_or_default(),
        Setting::InputPath => settings.input_path.clone().unwrap_or_default(),
        Setting::InputTemplate => transformer.and_then(|t| t.input_template.clone()).unwrap_or_default(),
        Setting::InputPathsMap => {
            let paths = transformer.map_or(&[][..], |t| &t.input_paths_map).iter();
            let object: serde_json::Map<String, serde_json::Value> =
                paths.map(|(name, path)| (name.clone(), path.as_str().into())).collect();
            serde_json::Value::from(object).to_string()
        }
    };
    Said { problem: diagnostic, text, name: Some(setting.name().unwrap_or("settings")) }
}

/// What is said about a section, in the form of the files.
fn picture(section: &Section<'_>, said: &[Said]) -> String {
    let mut out = String::new();
    let input = section.input.join("\n");
    let drawn = !input.contains('«') && section.input.len() == 1 && said.iter().all(|said| said.name.is_none());
    for line in section.head.iter().chain(&section.input) {
        let _ = writeln!(out, "{line}");
    }
    if !drawn && !said.is_empty() {
        out.push('\n');
    }
    for Said { problem, text, name } in said {
        let name = name.map_or(String::new(), |name| format!("{name}: "));
        let span = problem.span;
        if drawn {
            let _ = writeln!(out, "{}", carets(text, span));
        } else if text.chars().count() > 200 {
            let _ = writeln!(out, "{name}{} to {}", span.start, span.end);
        } else if !text.is_empty() {
            let start = LineIndex::new(text).position(span.start).line as usize;
            let line = text.split('\n').nth(start).expect("a line of the text");
            let before: usize = text.split('\n').take(start).map(|line| line.len() + 1).sum();
            let inside = |at: u32| (at as usize).saturating_sub(before).min(line.len());
            let carets = carets(line, Span::new(inside(span.start), inside(span.end)));
            let line = line.replace('\0', "␀");
            let _ = writeln!(out, "{name}{line}\n{}{carets}", " ".repeat(name.len()));
        }
        let severity = match problem.severity {
            Severity::Error => "",
            Severity::Warning => "warning ",
            Severity::Info => "info ",
            Severity::Hint => "hint ",
        };
        let _ = writeln!(out, "{severity}{}: {}", problem.code, problem.message);
    }
    out
}

/// A line of `^` under a piece of a line; one behind it for an empty piece.
fn carets(line: &str, span: Span) -> String {
    let width = |piece: &str| piece.chars().count();
    let before: String = line[..span.start as usize].chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    format!("{before}{}", "^".repeat(width(span.of(line)).max(1)))
}

/// The suites, and the messages that we are not proud of.
fn suites() -> Vec<(PathBuf, String)> {
    let bad = folder("bad_messages.txt");
    let text = std::fs::read_to_string(&bad).expect("a file of cases");
    files("problem", "txt").into_iter().chain([(bad, text)]).collect()
}

#[test]
fn words_of_problems() {
    let mut wrong = Vec::new();
    for (path, text) in suites() {
        let file = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let preface: String = text.split_inclusive('\n').take_while(|line| !line.starts_with("--- ")).collect();
        let mut names = BTreeSet::new();
        let mut now = preface;
        for section in sections(&text) {
            assert!(names.insert(section.name), "{file}: two sections are called {}", section.name);
            let said = of_section(&file, &section);
            let _ = write!(now, "--- {}\n{}\n", section.name, picture(&section, &said));
        }
        let now = format!("{}\n", now.trim_end());
        if now != text {
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, &now).expect("a file that can be written");
            }
            let differ = now.lines().zip(text.lines()).enumerate().find(|(_, (now, was))| now != was);
            wrong.push(format!("{}: {differ:?}", path.display()));
        }
    }
    assert!(
        wrong.is_empty() || std::env::var_os("UPDATE").is_some(),
        "not as expected, see UPDATE=1\n{}",
        wrong.join("\n")
    );
}

/// All codes that the suites show.
pub(crate) fn codes_in_suites() -> BTreeSet<&'static str> {
    let mut codes = BTreeSet::new();
    for (path, text) in files("problem", "txt") {
        let file = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for section in sections(&text) {
            codes.extend(of_section(&file, &section).iter().map(|said| said.problem.code));
        }
    }
    codes
}
