//! The shapes of `types.ts`, written as JSON from those of the core. Positions turn from bytes into UTF-16 here, and
//! nowhere else. Behind the begin of each object stands what `types.ts` calls it; a test compares the members.

use crate::diagnostic::{self, Severity};
use crate::json::quote;
use crate::text::{LineIndex, Position, Span};
use crate::transform::{self, Setting, SettingProblem};

/// JSON being written, by hand: what `serde` makes of these shapes is some 4 kB more of the core.
#[derive(Default)]
pub(super) struct Json(String);

impl Json {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// A comma, if something stands before what comes next.
    fn separate(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }

    /// Begins an object or a list.
    pub(super) fn open(&mut self, bracket: char) {
        self.separate();
        self.0.push(bracket);
    }

    pub(super) fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    /// Begins a member of an object; its value comes next.
    pub(super) fn key(&mut self, name: &str) -> &mut Json {
        self.text(name);
        self.0.push(':');
        self
    }

    #[inline(never)]
    pub(super) fn text(&mut self, text: &str) {
        self.raw(&quote(text));
    }

    pub(super) fn number(&mut self, number: u32) {
        self.raw(&number.to_string());
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.raw(if flag { "true" } else { "false" });
    }

    /// What is JSON already.
    #[inline(never)]
    pub(super) fn raw(&mut self, json: &str) {
        self.separate();
        self.0.push_str(json);
    }

    pub(super) fn list<T>(&mut self, items: &[T], each: impl FnMut(&mut Json, &T)) {
        let mut each = each;
        self.open('[');
        items.iter().for_each(|item| each(self, item));
        self.close(']');
    }

    /// A member that is only there if there is a text.
    pub(super) fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.key(name).text(text);
        }
    }

    fn position(&mut self, name: &str, at: Position) {
        self.key(name).open('{'); // Position
        self.key("line").number(at.line);
        self.key("character").number(at.character);
        self.close('}');
    }

    /// The members of an object that stands somewhere.
    #[inline(never)]
    pub(super) fn span(&mut self, span: Span, places: &Places<'_>) {
        self.key("from").number(places.0.utf16(span.start));
        self.key("to").number(places.0.utf16(span.end));
        self.key("range").open('{'); // Range
        self.position("start", places.0.position(span.start));
        self.position("end", places.0.position(span.end));
        self.close('}');
    }

    pub(super) fn fix(&mut self, of: &diagnostic::Fix, places: &Places<'_>) {
        self.open('{'); // Fix
        self.key("title").text(&of.title);
        self.key("edits").list(&of.edits, |json, edit| {
            json.open('{'); // TextEdit
            json.span(edit.span, places);
            json.key("newText").text(&edit.text);
            json.close('}');
        });
        self.close('}');
    }

    fn diagnostic(&mut self, of: &diagnostic::Diagnostic, setting: Option<&str>, places: &Places<'_>) {
        self.open('{'); // Diagnostic
        self.span(of.span, places);
        self.key("severity").text(severity(of.severity));
        self.key("code").text(of.code);
        self.key("source").text("eventbridge-rules");
        self.key("message").text(&of.message);
        self.optional("awsMessage", of.aws_message.as_deref());
        self.optional("setting", setting);
        if !of.fixes.is_empty() {
            self.key("fixes").list(&of.fixes, |json, fix| json.fix(fix, places));
        }
        self.close('}');
    }
}

/// Problems of one text.
pub(super) fn diagnostics(of: &[diagnostic::Diagnostic], text: &str) -> Json {
    let (mut json, places) = (Json::default(), Places::of(text));
    json.list(of, |json, problem| json.diagnostic(problem, None, &places));
    json
}

/// Converts the positions of one text.
pub(super) struct Places<'a>(LineIndex<'a>);

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Places<'a> {
        Places(LineIndex::new(text))
    }
}

pub(super) fn severity(of: Severity) -> &'static str {
    match of {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Hint => "hint",
    }
}

/// The texts of the settings of a target, in which places are counted.
pub(super) struct SettingTexts {
    input: String,
    input_path: String,
    input_paths_map: String,
    pub(super) input_template: String,
    /// The settings as a whole, as JSON.
    whole: String,
}

impl SettingTexts {
    pub(super) fn of(settings: &transform::Settings, whole: &str) -> SettingTexts {
        let transformer = settings.input_transformer.clone().unwrap_or_default();
        let mut paths = Json::default();
        paths.open('{'); // paths by their names
        transformer.input_paths_map.iter().for_each(|(name, path)| paths.key(name).text(path));
        paths.close('}');
        SettingTexts {
            input: settings.input.clone().unwrap_or_default(),
            input_path: settings.input_path.clone().unwrap_or_default(),
            input_paths_map: paths.0,
            input_template: transformer.input_template.unwrap_or_default(),
            whole: whole.to_string(),
        }
    }

    fn text(&self, setting: Setting) -> &str {
        match setting {
            Setting::Whole => &self.whole,
            Setting::Input => &self.input,
            Setting::InputPath => &self.input_path,
            Setting::InputPathsMap => &self.input_paths_map,
            Setting::InputTemplate => &self.input_template,
        }
    }

    pub(super) fn diagnostics(&self, problems: &[SettingProblem]) -> Json {
        let mut json = Json::default();
        json.list(problems, |json, problem| {
            json.diagnostic(&problem.diagnostic, problem.setting.name(), &Places::of(self.text(problem.setting)));
        });
        json
    }
}
