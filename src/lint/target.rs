//! The settings of a target: variables nobody uses, text that arrives with quotes, and what samples say.

use super::TargetProblem as Problem;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::event;
use crate::json::{Node, NodeKind, quote};
use crate::limits;
use crate::operators::case::lower;
use crate::text::{Span, distance};
use crate::transform::path::Path;
use crate::transform::template::{Kind, Placeholder, RESERVED, Template};
use crate::transform::{self, Context, InputTransformer, Setting, SettingProblem, Settings, TargetInput};

pub(super) fn problems(settings: &Settings, samples: &[&str]) -> Vec<SettingProblem> {
    let mut problems = transform::lint(settings);
    problems.iter_mut().for_each(|problem| mend(settings, problem));
    let mut look = Look { problems };
    let trees: Vec<(&str, Node)> =
        samples.iter().filter_map(|text| event::tree(text).ok().map(|tree| (*text, tree))).collect();
    if let Some(transformer) = &settings.input_transformer {
        look.transformer(transformer);
        look.missing(transformer, &trees);
    }
    look.applied(settings, &trees);
    look.problems
}

/// Fixes for what PutTargets refuses.
fn mend(settings: &Settings, problem: &mut SettingProblem) {
    let transformer = settings.input_transformer.as_ref();
    let span = problem.diagnostic.span;
    let fix = match (problem.setting, problem.diagnostic.code) {
        (Setting::InputPath, "path-syntax") => settings.input_path.as_deref().and_then(|path| mended_path(path, 0)),
        (Setting::InputPathsMap, "path-syntax") => transformer.and_then(|transformer| {
            let entry = entries(transformer).into_iter().find(|entry| holds(entry.value, span))?;
            mended_path(entry.path, entry.value.start + 1)
        }),
        (Setting::InputTemplate, "placeholder-undefined") => {
            transformer.and_then(|transformer| near_variable(transformer, span))
        }
        _ => None,
    };
    problem.diagnostic.fixes.extend(fix);
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// A path as EventBridge writes it, if it is one then: `['x']` as `.x`, and `$.` at the beginning.
fn mended_path(path: &str, offset: u32) -> Option<Fix> {
    let mut text = path.replace(".[", "[");
    for quote in ['\'', '"'] {
        text = text.replace(&format!("[{quote}"), ".").replace(&format!("{quote}]"), "");
    }
    if !text.starts_with('$') {
        text = format!("$.{}", text.trim_start_matches('.'));
    } else if !text.starts_with("$.") && text.len() > 1 {
        text = format!("$.{}", &text[1..]);
    }
    let span = Span { start: offset, end: offset + path.len() as u32 };
    (text != path && Path::parse(&text).is_ok()).then(|| Fix::one(format!("write `{text}`"), span, text))
}

/// The variable that a placeholder was meant to be.
fn near_variable(transformer: &InputTransformer, span: Span) -> Option<Fix> {
    let name = span.of(transformer.input_template.as_deref()?).trim_matches(['<', '>']).to_string();
    let plain = |text: &str| lower(text).replace(['-', '_'], "");
    let off = |known: &&str| if plain(known) == plain(&name) { 0 } else { distance(known, &name) };
    let variables = transformer.input_paths_map.iter().map(|(known, _)| known.as_str());
    let meant = variables.chain(RESERVED).min_by_key(off)?;
    let far = if name.len() < 4 { 1 } else { 2 };
    (off(&meant) <= far).then(|| Fix::one(format!("use `<{meant}>`"), span, format!("<{meant}>")))
}

/// An entry of `InputPathsMap`, and where it stands in the text of the map.
struct Entry<'a> {
    name: &'a str,
    path: &'a str,
    key: Span,
    value: Span,
}

fn entries(transformer: &InputTransformer) -> Vec<Entry<'_>> {
    let mut at = 1;
    let mut all = Vec::new();
    for (name, path) in &transformer.input_paths_map {
        let key = Span::new(at, at + quote(name).len());
        let start = key.end as usize + 1;
        let value = Span::new(start, start + quote(path).len());
        at = value.end as usize + 1;
        all.push(Entry { name, path, key, value });
    }
    all
}

struct Look {
    problems: Vec<SettingProblem>,
}

impl Look {
    fn report(&mut self, setting: Setting, problem: &Problem, span: Span, fix: Option<Fix>) {
        self.problems.push(SettingProblem { setting, diagnostic: problem.found(span, fix) });
    }

    fn transformer(&mut self, transformer: &InputTransformer) {
        let text = transformer.input_template.as_deref().unwrap_or("");
        let template = Template::parse(text);
        self.unused(transformer, &template);
        match template.kind {
            Kind::Text if !text.is_empty() => self.text(&template),
            _ => self.json(&template),
        }
        let near = |length: usize, most: usize| length > most / 10 * 9 && length <= most;
        if near(transformer.input_paths_map.len(), limits::INPUT_PATHS) {
            let problem = Problem::NearLimit { setting: "InputPathsMap", most: limits::INPUT_PATHS, unit: "entries" };
            self.report(Setting::InputPathsMap, &problem, Span::default(), None);
        }
        if near(text.chars().count(), limits::INPUT_LENGTH) {
            let problem =
                Problem::NearLimit { setting: "InputTemplate", most: limits::INPUT_LENGTH, unit: "characters" };
            self.report(Setting::InputTemplate, &problem, Span::new(0, text.len()), None);
        }
    }

    fn unused(&mut self, transformer: &InputTransformer, template: &Template) {
        let all = entries(transformer);
        for (at, entry) in all.iter().enumerate() {
            if template.placeholders.iter().any(|placeholder| placeholder.name == entry.name) {
                continue;
            }
            let place = match (at.checked_sub(1), all.get(at + 1)) {
                (Some(before), _) => Span { start: all[before].value.end, end: entry.value.end },
                (None, Some(after)) => Span { start: entry.key.start, end: after.key.start },
                (None, None) => Span { start: entry.key.start, end: entry.value.end },
            };
            let problem = Problem::VariableUnused(entry.name.to_string());
            self.report(Setting::InputPathsMap, &problem, entry.key, Some(Fix::one("remove it", place, "")));
        }
    }

    /// A template that begins with a quote.
    fn text(&mut self, template: &Template) {
        let begin = template.text.len() - template.text.trim_start().len();
        self.report(Setting::InputTemplate, &Problem::TextQuotes, Span::new(begin, begin + 1), None);
        let quoted = |line: &str| line.len() > 1 && line.starts_with('"') && line.ends_with('"');
        let bare = template.text.trim().lines().map(str::trim).find(|line| !line.is_empty() && !quoted(line));
        if let Some(line) = bare.filter(|_| template.text.trim().contains('\n')) {
            let start = template.text.find(line).unwrap_or(0);
            self.report(Setting::InputTemplate, &Problem::SeveralLines, Span::new(start, start + line.len()), None);
        }
        for placeholder in template.placeholders.iter().filter(|placeholder| is_object(&placeholder.name)) {
            let problem = Problem::ObjectInText(placeholder.name.clone());
            self.report(Setting::InputTemplate, &problem, placeholder.span, None);
        }
    }

    /// A template of JSON: reserved variables that are objects in every event must not stand in quotes.
    fn json(&mut self, template: &Template) {
        for placeholder in template.placeholders.iter().filter(|p| p.quoted && is_object(&p.name)) {
            let problem = Problem::ObjectInQuotes(placeholder.name.clone());
            self.report(Setting::InputTemplate, &problem, placeholder.span, without_quotes(template, placeholder));
        }
    }

    /// Paths that select nothing in a sample.
    fn missing(&mut self, transformer: &InputTransformer, trees: &[(&str, Node)]) {
        for entry in entries(transformer) {
            let Ok(path) = Path::parse(entry.path) else { continue };
            let Some((_, tree)) = trees.iter().find(|(_, tree)| path.select(tree).is_none()) else { continue };
            let meant = near_path(tree, entry.path);
            let inside = Span { start: entry.value.start + 1, end: entry.value.end - 1 };
            let fix = meant.clone().map(|meant| Fix::one(format!("use `{meant}`"), inside, meant));
            let problem = Problem::PathMissing { path: entry.path.to_string(), name: entry.name.to_string(), meant };
            self.report(Setting::InputPathsMap, &problem, inside, fix);
        }
    }

    /// What would be lost without a word, sample by sample.
    fn applied(&mut self, settings: &Settings, trees: &[(&str, Node)]) {
        let Ok(target) = TargetInput::new(settings.clone()) else { return };
        let template = settings.input_transformer.as_ref().and_then(|t| t.input_template.as_deref()).unwrap_or("");
        let template = Template::parse(template);
        for (text, tree) in trees {
            let problems = target.explain(text, &Context::default()).map_or(Vec::new(), |outcome| outcome.problems);
            for mut problem in problems {
                let at = |known: &SettingProblem| {
                    let same = known.diagnostic.span == problem.diagnostic.span && known.setting == problem.setting;
                    same && (known.diagnostic.code == problem.diagnostic.code
                        || known.diagnostic.code == "reserved-object-quoted")
                };
                if self.problems.iter().any(at) {
                    continue;
                }
                problem.diagnostic.severity = Severity::Warning;
                problem.diagnostic.fixes.extend(delivered(&template, settings, tree, &problem.diagnostic));
                self.problems.push(problem);
            }
        }
    }
}

fn is_object(name: &str) -> bool {
    matches!(name, "aws.events.event" | "aws.events.event.json")
}

/// The quotes around a placeholder that is the whole of its string.
fn without_quotes(template: &Template, placeholder: &Placeholder) -> Option<Fix> {
    let span = placeholder.span;
    let around = Span { start: span.start.checked_sub(1)?, end: span.end + 1 };
    let text = around.of(&template.text);
    let alone = text.starts_with('"') && text.ends_with('"') && text.len() > 1;
    let edit = |start, end| Edit { span: Span { start, end }, text: String::new() };
    alone.then(|| Fix {
        title: format!("remove the quotes around `<{}>`", placeholder.name),
        edits: vec![edit(around.start, span.start), edit(span.end, around.end)],
    })
}

/// A change after which the sample would be delivered.
fn delivered(template: &Template, settings: &Settings, tree: &Node, problem: &Diagnostic) -> Option<Fix> {
    match problem.code {
        "path-selects-nothing" => {
            let path = settings.input_path.as_deref()?;
            let meant = near_path(tree, path)?;
            Some(Fix::one(format!("use `{meant}`"), Span::new(0, path.len()), meant))
        }
        _ => without_quotes(template, template.placeholders.iter().find(|p| p.span == problem.span)?),
    }
}

/// The path with its first step that leads nowhere renamed to a near key that is there.
fn near_path(tree: &Node, path: &str) -> Option<String> {
    let ends: Vec<usize> = path.match_indices(['.', '[']).map(|(at, _)| at).skip(1).chain([path.len()]).collect();
    let broken = *ends.iter().find(|end| Path::parse(&path[..**end]).is_ok_and(|path| path.select(tree).is_none()))?;
    let start = path[..broken].rfind('.')? + 1;
    let parent = Path::parse(&path[..start - 1]).ok()?.select(tree)?;
    let NodeKind::Object(members) = &parent.kind else {
        return None;
    };
    let name = &path[start..broken];
    let plain = |text: &str| lower(text).replace(['-', '_'], "");
    let off = |key: &str| if plain(key) == plain(name) { 0 } else { distance(key, name) };
    let keys: Vec<_> = members.iter().map(|member| member.key.utf8()).collect();
    let meant = keys.iter().min_by_key(|key| off(key))?;
    let mended = format!("{}{meant}{}", &path[..start], &path[broken..]);
    let far = if name.len() < 4 { 1 } else { 2 };
    let selects = Path::parse(&mended).is_ok_and(|path| path.select(tree).is_some());
    (off(meant) <= far && selects).then_some(mended)
}
