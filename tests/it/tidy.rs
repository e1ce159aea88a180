//! What the project promises about its own texts: who uses whom, how long files are, which codes have a case, and that the
//! same thing is said the same way in two languages.

use crate::cases::files;
use crate::problems::codes_in_suites;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files below a folder that end so, with their texts.
fn below(folder: &str, extension: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                found.push((path.strip_prefix(root()).expect("below the root").to_path_buf(), text));
            }
        }
    }
    found.sort();
    found
}

/// A text without its comments; examples in comments may use whatever they like.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// Who uses whom.
const LAYERS: &[(&str, &str)] = &[
    ("text", ""),
    ("order", ""),
    ("limits", ""),
    ("diagnostic", "text"),
    ("codes", "diagnostic"),
    ("json", "text limits diagnostic"),
    ("value", ""),
    ("event", "text order limits diagnostic json value"),
    ("operators", "text order diagnostic json value"),
    ("pattern", "text order limits diagnostic json value event operators"),
    ("explain", "text order limits diagnostic json value event operators pattern"),
    ("machine", "text order limits value event operators pattern"),
    ("transform", "text limits diagnostic json event"),
    ("lint", "text order limits diagnostic json value event operators pattern transform"),
    ("rules", "event pattern explain machine"),
    ("carrier", ""),
    ("wasm", "text diagnostic codes json event pattern explain machine transform lint rules"),
];

/// The rooms that a text names with `crate::`.
fn used(text: &str) -> BTreeSet<String> {
    let first = |path: &str| path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut rooms = BTreeSet::new();
    for after in code(text).split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => drop(rooms.insert(first(after))),
            Some(list) => {
                let mut depth = 0;
                let mut name = String::new();
                for character in list.chars() {
                    depth += i32::from(character == '{') - i32::from(character == '}');
                    if depth < 0 || (depth == 0 && character == ',') {
                        rooms.insert(first(&name));
                        name.clear();
                    } else {
                        name.push(character);
                    }
                    if depth < 0 {
                        break;
                    }
                }
            }
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

fn room(path: &Path) -> String {
    let name = path.components().nth(1).expect("src/room").as_os_str().to_string_lossy();
    name.trim_end_matches(".rs").to_string()
}

#[test]
fn rooms_use_only_what_is_below_them() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in below("src", "rs") {
        let room = room(&path);
        if room == "lib" {
            continue;
        }
        // What lib.rs re-exports is not for the rooms; only the doors for JavaScript may come in by the front.
        let front = |used: &String| room == "wasm" && LAYERS.iter().all(|(room, _)| room != used);
        let used = used(&text).into_iter().filter(|used| *used != room && !front(used));
        edges.entry(room.clone()).or_default().extend(used);
    }
    let rooms: BTreeSet<&str> = LAYERS.iter().map(|(room, _)| *room).collect();
    assert_eq!(edges.keys().map(String::as_str).collect::<BTreeSet<_>>(), rooms, "the rooms of src and of the table");
    for (at, (room, allowed)) in LAYERS.iter().enumerate() {
        let allowed: BTreeSet<&str> = allowed.split_whitespace().collect();
        let found: BTreeSet<&str> = edges[*room].iter().map(String::as_str).collect();
        assert_eq!(found, allowed, "what `{room}` uses, and what it may use");
        let below: BTreeSet<&str> = LAYERS[..at].iter().map(|(room, _)| *room).collect();
        assert!(allowed.is_subset(&below), "`{room}` uses a room above it");
    }
    assert!(
        !edges["machine"].contains("explain") && !edges["explain"].contains("machine"),
        "each is the other's judge"
    );
}

/// The table of rooms in lib.rs is the one of this test, in an order in which each room uses only those above it.
#[test]
fn the_map_shows_the_rooms() {
    let text = read("src/lib.rs");
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | ")).filter_map(|row| row.split(" |").next());
    let shown: Vec<&str> = rows.map(|cell| cell.trim_matches(['[', ']', '`'])).filter(|room| *room != "room").collect();
    let position = |room: &str| shown.iter().position(|other| *other == room);
    for (room, allowed) in LAYERS {
        let at = position(room).unwrap_or_else(|| panic!("the map of lib.rs has no `{room}`"));
        assert!(
            allowed.split_whitespace().all(|used| position(used) < Some(at)),
            "the map shows `{room}` above a room that it uses"
        );
    }
    assert_eq!(shown.len(), LAYERS.len(), "{shown:?}");
}

#[test]
fn nothing_is_left_to_do() {
    let never = [".unwrap()", "todo!", "unimplemented!", "TODO", "FIXME", "XXX", "#[ignore", "#[should_panic"];
    for (path, text) in below("src", "rs").into_iter().chain(below("src", "ts")) {
        let code = code(&text);
        for word in never {
            assert!(!code.contains(word), "{}: {word}", path.display());
        }
        let comments = text.lines().filter(|line| line.trim_start().starts_with("//")).collect::<String>();
        assert!(!comments.contains("TODO") && !comments.contains("FIXME"), "{}", path.display());
    }
    for (path, text) in below("tests/it", "rs") {
        let ignored =
            text.lines().any(|line| ["#[ignore", "#[should_panic"].iter().any(|a| line.trim_start().starts_with(a)));
        assert!(!ignored, "{}", path.display());
    }
}

/// The only `cfg` for a target is the one of the doors for JavaScript. The one feature decides which doors there are, and
/// whether problems come with advice; no verdict depends on it.
#[test]
fn builds_differ_in_their_doors() {
    for (path, text) in below("src", "rs") {
        let code = code(&text);
        if path.ends_with("src/json/simd.rs") {
            // Three versions of four lines, and a test that holds them together.
            continue;
        }
        let allowed = if path.ends_with("src/lib.rs") { 1 } else { 0 };
        assert_eq!(code.matches("cfg(target_arch").count(), allowed, "{}", path.display());
        let feature = code.matches("feature = ").count();
        // Of `carrier`, which is no part of this crate, the features are its two forms.
        let known = [("src/wasm/mod.rs", 3), ("src/diagnostic.rs", 1), ("src/carrier/lib.rs", 2)];
        let features = known.iter().find(|(file, _)| path.ends_with(file));
        assert_eq!(feature, features.map_or(0, |(_, count)| *count), "{}", path.display());
        assert!(!code.contains("cfg(not("), "{}", path.display());
    }
}

/// Lines of a file at which it is long.
const LONG: usize = 400;

#[test]
fn files_are_short() {
    let files = below("src", "rs").into_iter().chain(below("tests/it", "rs")).chain(below("www/src", "ts"));
    let long: Vec<String> = files
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            (lines > LONG).then(|| format!("{} has {lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// The codes that the problems of `src` can have: the strings behind `=>` in every `fn code`.
fn codes_of_problems() -> BTreeMap<String, PathBuf> {
    let mut codes = BTreeMap::new();
    for (path, text) in below("src", "rs") {
        for body in code(&text).split("fn code(&self) -> &'static str {").skip(1) {
            let body = body.split("\n    }\n").next().expect("the end of the function");
            for arm in body.split("=>").skip(1) {
                let Some(literal) = arm.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                let known = codes.insert(literal.to_string(), path.clone());
                assert!(known.is_none_or(|known| known == path), "{literal} is a code of two rooms");
            }
        }
    }
    codes
}

#[test]
fn every_code_has_a_case() {
    let codes = codes_of_problems();
    let shown = codes_in_suites();
    let without: Vec<_> = codes.iter().filter(|(code, _)| !shown.contains(code.as_str())).collect();
    assert!(without.is_empty(), "no case in tests/cases/problem: {without:?}");
    let unknown: Vec<_> = shown.iter().filter(|code| !codes.contains_key(**code)).collect();
    assert!(unknown.is_empty(), "in tests/cases/problem, and no code of a problem: {unknown:?}");
    assert!(codes.len() > 90, "{}", codes.len());
}

#[test]
fn every_code_is_described() {
    let described: BTreeSet<&str> = eventbridge_rules::codes::all().map(|code| code.name).collect();
    let without: Vec<_> = codes_of_problems().into_keys().filter(|code| !described.contains(code.as_str())).collect();
    assert!(without.is_empty(), "no description in src/codes: {without:?}");
}

/// Words: lower case or a name, no full stop, no "you".
#[test]
fn messages_are_worded_alike() {
    let codes = codes_of_problems();
    for (path, text) in files("problem", "txt") {
        for line in text.lines() {
            let plain = ["warning ", "info ", "hint "].iter().fold(line, |line, word| line.trim_start_matches(word));
            let Some((code, message)) = plain.split_once(": ") else {
                continue;
            };
            if !codes.contains_key(code) {
                continue;
            }
            assert!(!message.ends_with('.') && !message.contains(" you"), "{}: {line}", path.display());
            let first = message.split(' ').next().unwrap_or("");
            let name = first.chars().skip(1).any(char::is_uppercase) || first.starts_with('`');
            assert!(name || !first.starts_with(char::is_uppercase), "{}: {line}", path.display());
        }
    }
}

/// The first capture of `before…after` in a text.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("there is no {before}"));
    rest.split(after).next().expect("a piece")
}

#[test]
fn versions_are_written_once() {
    let manifest = read("Cargo.toml");
    let version = between(&manifest, "\nversion = \"", "\"");
    let lock = read("Cargo.lock");
    assert_eq!(between(&lock, "name = \"eventbridge-rules\"\nversion = \"", "\""), version);
    assert_eq!(env!("CARGO_PKG_VERSION"), version);
    // The package takes its version from Cargo.toml, so its own manifest has none.
    let package: serde_json::Value = serde_json::from_str(&read("pkg.json")).expect("JSON");
    assert!(package["version"].is_null(), "pkg.json has a version of its own");
    assert_eq!(package["name"], env!("CARGO_PKG_NAME"));
    assert_eq!(package["license"], between(&manifest, "\nlicense = \"", "\""));
    // The glue and its command must be of one version: pinned here, and read from here by the build.
    let pinned = between(&manifest, "\nwasm-bindgen = \"=", "\"");
    assert_eq!(between(&lock, "name = \"wasm-bindgen\"\nversion = \"", "\""), pinned);
    let places = read("www/tasks/places.mjs");
    assert!(places.contains("wasmBindgenVersion = fromCargoToml("), "the build does not read the pinned version");
    for (path, text) in below("www/tasks", "mjs") {
        assert!(!text.contains(pinned), "{} repeats the version of wasm-bindgen", path.display());
    }
}

/// The interfaces of `types.ts`: name, and its own fields with `?` where they may be missing.
fn interfaces() -> BTreeMap<String, BTreeSet<String>> {
    let text = code(&read("src/wasm/types.ts")).replace("\n   */", "");
    let mut found = BTreeMap::new();
    for body in text.split("export interface ").skip(1) {
        let name: String = body.chars().take_while(|c| c.is_alphanumeric()).collect();
        let body = body.split("{\n").nth(1).and_then(|body| body.split("\n}").next()).expect("a body");
        let lines = body.lines().filter(|line| line.starts_with("  ") && !line.trim_start().starts_with(['/', '*']));
        let fields = lines.filter_map(|line| line.trim().split_once(": ")).map(|(field, _)| field.to_string());
        found.insert(name, fields.collect());
    }
    found
}

/// The objects that `dto.rs` and `explanations.rs` write, in the same form, and which of them begin with a span. What one
/// is called stands behind its begin; a member after an `if` or written by `optional` may be missing.
fn written() -> BTreeMap<String, (BTreeSet<String>, bool)> {
    let text = read("src/wasm/dto.rs") + &read("src/wasm/explanations.rs");
    let mut found: BTreeMap<String, (BTreeSet<String>, bool)> = BTreeMap::new();
    let mut open: Vec<String> = Vec::new();
    let mut before = "";
    for line in text.lines() {
        if line.contains(" fn span(") {
            open.push("TextSpan".to_string());
        }
        let optional = if before.trim().starts_with("if ") || line.contains(".optional(\"") { "?" } else { "" };
        let writers = [".key(\"", ".optional(\"", ".position(\"", " place(json, \""];
        for member in writers.iter().filter_map(|writer| line.split_once(writer)?.1.split_once('"')) {
            let name = open.last().unwrap_or_else(|| panic!("{line}: a member of nothing"));
            found.entry(name.clone()).or_default().0.insert(format!("{}{optional}", member.0));
        }
        if line.contains(".span(") {
            found.entry(open.last().expect("a span of an object").clone()).or_default().1 = true;
        }
        if let Some((_, name)) = line.split_once(".open('{');") {
            let name = name.strip_prefix(" // ").unwrap_or_else(|| panic!("{line}: what is it called?"));
            open.push(name.to_string());
        }
        if line.contains(".close('}')") || (line == "    }" && open.last().is_some_and(|name| name == "TextSpan")) {
            open.pop().expect("something is open");
        }
        before = line;
    }
    assert!(open.is_empty(), "{open:?} stay open");
    // One is made by serde.
    for part in text.split("#[derive(Serialize)]\n").skip(1) {
        let (head, body) = part.split_once("{\n").expect("a struct");
        let mut fields = BTreeSet::new();
        let mut optional = "";
        for line in body.split("\n}").next().expect("a body").lines().map(str::trim) {
            match line.split_once(": ") {
                _ if line.starts_with("#[serde(skip_serializing_if") => optional = "?",
                Some((field, _)) => {
                    assert!(fields.insert(format!("{field}{}", std::mem::take(&mut optional))), "{line}")
                }
                None => panic!("{line}: what is it?"),
            }
        }
        found.insert(between(head, "struct ", " ").to_string(), (fields, false));
    }
    // Other names than those of interfaces begin small.
    found.retain(|name, _| name.starts_with(char::is_uppercase));
    found
}

#[test]
fn shapes_are_the_same_on_both_sides() {
    let interfaces = interfaces();
    let written = written();
    let types = read("src/wasm/types.ts");
    let mut compared = 0;
    for (name, (fields, flattened)) in &written {
        let declared = interfaces.get(name).unwrap_or_else(|| panic!("types.ts has no {name}"));
        assert_eq!(declared, fields, "{name}: types.ts and dto.rs");
        assert_eq!(types.contains(&format!("interface {name} extends TextSpan ")), *flattened, "{name} is a TextSpan");
        compared += 1;
    }
    assert!(compared >= 13, "{compared}");
    // What JavaScript gives and Rust reads is not written.
    let given = ["TargetInputSettings", "InputTransformer", "TargetContext"];
    let only: Vec<&String> = interfaces.keys().filter(|name| !written.contains_key(*name)).collect();
    assert_eq!(only.len(), given.len(), "{only:?}");
    assert!(only.iter().all(|name| given.contains(&name.as_str())), "{only:?}");
}

#[test]
fn links_of_the_readme_lead_somewhere() {
    let text = read("README.md");
    let mut links = 0;
    for after in text.split("](").skip(1) {
        let link = after.split([')', ' ', '#']).next().unwrap_or("");
        if link.is_empty() || link.contains("://") {
            continue;
        }
        links += 1;
        assert!(root().join(link).exists(), "README.md links to {link}");
    }
    eprintln!("{links} links");
}

/// Every file of cases belongs to a suite: none is forgotten.
#[test]
fn every_operator_has_a_file_of_cases() {
    let cases: BTreeSet<String> = files("match", "json")
        .iter()
        .filter_map(|(path, _)| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    for operator in eventbridge_rules::operators::OPERATORS {
        let file = operator.manual.name.replace('-', "_");
        assert!(cases.contains(&file), "tests/cases/match has no {file}.json");
    }
}
