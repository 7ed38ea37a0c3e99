//! No cycles inside a room: what a file of a folder of `src/` names leads to no file that names it, over however many others.
//!
//! Read are `use` lines and paths in code, through what modules hand on. A module that only hands on takes nothing from its parts.
//! Calls of methods say nothing of the file that they are in, and are not seen.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use super::rust_files;

#[test]
fn no_room_has_a_cycle() {
    let graph = Crate::read(Path::new("src")).graph();
    let cycles = shortest_cycles(&graph);
    let broken = cycles.iter().map(|cycle| {
        let steps = cycle.iter().zip(cycle.iter().cycle().skip(1));
        let steps = steps.map(|(from, to)| format!("  {from} names {} of {to}", join(&graph[from][to])));
        format!("a cycle:\n{}", steps.collect::<Vec<_>>().join("\n"))
    });
    assert!(cycles.is_empty(), "\n{}", broken.collect::<Vec<_>>().join("\n"));
}

/// What a module names of another one in its room, by both.
type Graph = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// All modules of the crate that are not tests, by their paths: `data::formula::cells`.
struct Crate {
    modules: BTreeMap<String, Module>,
}

#[derive(Default)]
struct Module {
    items: BTreeSet<String>,
    uses: Vec<Use>,
    /// Paths of the code outside `use`, of one name or more.
    paths: Vec<Vec<String>>,
}

struct Use {
    /// What the name is here; `*` for all names.
    alias: String,
    path: Vec<String>,
    public: bool,
}

impl Crate {
    fn read(root: &Path) -> Self {
        let files = rust_files(root).into_iter().map(|file| {
            let path = file.strip_prefix(root).unwrap().with_extension("");
            let mut name: Vec<&str> = path.iter().map(|part| part.to_str().unwrap()).collect();
            if matches!(name[name.len() - 1], "mod" | "lib") {
                name.pop();
            }
            (name.join("::"), fs::read_to_string(&file).unwrap())
        });
        Self::of(files)
    }

    /// From the texts of modules.
    fn of(texts: impl Iterator<Item = (String, String)>) -> Self {
        let (mut modules, mut tests) = (BTreeMap::new(), Vec::new());
        for (name, text) in texts {
            let (tokens, test_modules) = without_tests(&tokens(&text));
            tests.extend(test_modules.iter().map(|test| format!("{name}::{test}::")));
            modules.insert(name, Module::parse(&tokens));
        }
        modules.retain(|name, _| !tests.iter().any(|test| format!("{name}::").starts_with(test)));
        Self { modules }
    }

    /// What each module names of the others in its room.
    fn graph(&self) -> Graph {
        let mut graph = Graph::new();
        for (name, module) in &self.modules {
            let used = |alias: &str| module.paths.iter().any(|path| path[0] == alias);
            // A module that hands on what its parts define takes nothing from them.
            let imports = module.uses.iter().filter(|import| !import.public || used(&import.alias));
            for path in imports.map(|import| &import.path).chain(module.paths.iter().filter(|path| 1 < path.len())) {
                let Some(Found { module: target, item: Some(item) }) = self.find(name, path, 0) else { continue };
                if target != *name && room(&target) == room(name) {
                    graph.entry(name.clone()).or_default().entry(target).or_default().insert(item);
                }
            }
        }
        graph
    }

    /// What a path leads to from a module, through what other modules hand on.
    fn find(&self, from: &str, path: &[String], depth: usize) -> Option<Found> {
        assert!(depth < 20, "{from} names {path:?}, which names itself");
        let mut at = from.to_owned();
        for (step, part) in path.iter().enumerate() {
            let (module, last) = (&self.modules[&at], step + 1 == path.len());
            let child = if at.is_empty() { part.clone() } else { format!("{at}::{part}") };
            let imported = || module.uses.iter().find(|import| import.alias == *part && import.path != path);
            match &**part {
                "crate" => at = String::new(),
                "self" => (),
                "super" => at = at.rsplit_once("::").map_or("", |(parent, _)| parent).to_owned(),
                _ if last && module.items.contains(part) && 0 < step => {
                    return Some(Found { module: at, item: Some(part.clone()) });
                }
                _ if self.modules.contains_key(&child) && (!last || imported().is_none()) => at = child,
                _ => match imported() {
                    Some(import) => return self.find(&at, &[&import.path, &path[step + 1..]].concat(), depth + 1),
                    None if step == 0 => return None,
                    None => return Some(Found { module: at, item: Some(part.clone()) }),
                },
            }
        }
        Some(Found { module: at, item: None })
    }
}

/// A module, and the name that it defines.
struct Found {
    module: String,
    item: Option<String>,
}

impl Module {
    fn parse(tokens: &[&str]) -> Self {
        let mut module = Self::default();
        let (mut at, mut depth) = (0, 0_usize);
        while let Some(token) = tokens.get(at) {
            match *token {
                "{" => depth += 1,
                "}" => depth -= 1,
                "mod" => at += 1,
                "use" if tokens.get(at + 1) != Some(&"<") => {
                    let end = at + tokens[at..].iter().position(|token| *token == ";").unwrap_or(0);
                    let public = at.checked_sub(1).is_some_and(|before| matches!(tokens[before], "pub" | ")"));
                    for (path, alias) in branches(&tokens[at + 1..end]) {
                        module.uses.push(Use { alias, path, public });
                    }
                    at = end;
                }
                "struct" | "enum" | "trait" | "type" | "const" | "static" | "fn" if depth == 0 => {
                    module.items.extend(tokens.get(at + 1).map(|name| (*name).to_owned()));
                }
                word if is_word(word) => {
                    let mut path = vec![word.to_owned()];
                    while tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2).is_some_and(|next| is_word(next)) {
                        path.push(tokens[at + 2].to_owned());
                        at += 2;
                    }
                    // A single word behind a dot or before a colon is a field.
                    let is_field = tokens.get(at + 1) == Some(&":") || 0 < at && tokens[at - 1] == ".";
                    if 1 < path.len() || !is_field {
                        module.paths.push(path);
                    }
                }
                _ => (),
            }
            at += 1;
        }
        module
    }
}

/// The paths of what follows `use`, each with its name here.
fn branches(tokens: &[&str]) -> Vec<(Vec<String>, String)> {
    let list = tokens.iter().position(|token| *token == "{");
    let path = |tokens: &[&str]| -> Vec<String> {
        tokens.iter().filter(|token| is_word(token) || **token == "*").map(|token| (*token).to_owned()).collect()
    };
    let Some(list) = list else {
        let (named, alias) = match tokens {
            [named @ .., "as", alias] => (named, Some(*alias)),
            _ => (tokens, None),
        };
        let named = path(named);
        let alias = alias.map_or_else(|| named[named.len() - 1].clone(), str::to_owned);
        return vec![(named, alias)];
    };
    let (prefix, inner) = (path(&tokens[..list]), &tokens[list + 1..tokens.len() - 1]);
    let mut depth = 0;
    let parts = inner.split(|token| {
        depth += i32::from(*token == "{") - i32::from(*token == "}");
        *token == "," && depth == 0
    });
    let parts = parts.filter(|part| !part.is_empty()).flat_map(branches);
    parts
        .map(|(named, alias)| {
            let itself = named.len() == 1 && named[0] == "self";
            let alias = if itself && alias == "self" { prefix[prefix.len() - 1].clone() } else { alias };
            ([&*prefix, if itself { &[] } else { &*named }].concat(), alias)
        })
        .collect()
}

/// The tokens without what is `#[cfg(test)]`, and the names of the modules among that.
fn without_tests<'a>(tokens: &[&'a str]) -> (Vec<&'a str>, Vec<&'a str>) {
    const TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut modules, mut at) = (Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        if !tokens[at..].starts_with(&TEST) {
            kept.push(tokens[at]);
            at += 1;
            continue;
        }
        at += TEST.len();
        let mut depth = 0;
        while let Some(token) = tokens.get(at) {
            depth += i32::from(matches!(*token, "(" | "[" | "{")) - i32::from(matches!(*token, ")" | "]" | "}"));
            if depth < 0 {
                break;
            }
            if depth == 0 && *token == "mod" {
                modules.push(tokens[at + 1]);
            }
            at += 1;
            if depth == 0 && matches!(*token, ";" | "," | "}") {
                break;
            }
        }
    }
    (kept, modules)
}

/// Words, `::`, and single other characters, without comments and texts.
fn tokens(text: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '"' {
            text_length(rest)
        } else if let Some(raw) = rest.strip_prefix("r").filter(|raw| raw.trim_start_matches('#').starts_with('"')) {
            let hashes = raw.find('"').unwrap_or(0);
            let end = format!("\"{}", "#".repeat(hashes));
            let body = &raw[hashes + 1..];
            2 + hashes + body.find(&end).map_or(body.len(), |at| at + end.len())
        } else if first == '\'' {
            character_length(rest)
        } else if 0 < word {
            found.push(&rest[..word]);
            word
        } else {
            let length = if rest.starts_with("::") { 2 } else { first.len_utf8() };
            found.extend((!first.is_whitespace()).then_some(&rest[..length]));
            length
        };
        rest = &rest[length..];
    }
    found
}

/// How long the text is that begins here with its quote.
fn text_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// How long the character is that begins here, or the quote of a lifetime.
fn character_length(text: &str) -> usize {
    let mut inner = text[1..].chars();
    match (inner.next(), inner.next()) {
        (Some('\\'), Some(escaped)) => {
            let start = 2 + escaped.len_utf8();
            start + text[start..].find('\'').map_or(0, |at| at + 1)
        }
        (Some(c), Some('\'')) => 2 + c.len_utf8(),
        _ => 1,
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or("")
}

/// The shortest cycle of each room that has one.
fn shortest_cycles(graph: &Graph) -> Vec<Vec<String>> {
    let mut shortest: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for start in graph.keys() {
        let Some(cycle) = way(graph, start, start) else { continue };
        let known = shortest.entry(room(start)).or_insert_with(|| cycle.clone());
        if cycle.len() < known.len() {
            *known = cycle;
        }
    }
    shortest.into_values().collect()
}

/// The modules on the shortest way from one to another, which may be itself, without the last.
fn way(graph: &Graph, from: &str, to: &str) -> Option<Vec<String>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut waiting = VecDeque::from([from]);
    while let Some(at) = waiting.pop_front() {
        for next in graph.get(at).into_iter().flat_map(BTreeMap::keys) {
            if next == to {
                let mut found = vec![at.to_owned()];
                while found[found.len() - 1] != from {
                    found.push(before[&*found[found.len() - 1]].to_owned());
                }
                found.reverse();
                return Some(found);
            }
            if next != from && !before.contains_key(&**next) {
                before.insert(next, at);
                waiting.push_back(next);
            }
        }
    }
    None
}

fn join(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_cycle_is_found_through_what_a_module_hands_on() {
    let texts = [
        ("", "mod room;"),
        ("room", "mod high; mod low; pub use low::{Low as Named, low}; #[cfg(test)] mod tests;"),
        (
            "room::high",
            "use super::Named; // crate::room::top::Top\nconst TEXT: &str = \"super::top::Top\"; struct High;",
        ),
        (
            "room::low",
            "pub struct Low; #[cfg(test)] use super::high::High; fn low(of: &'static High) { self.high.named() }",
        ),
        ("room::top", "use super::{high, low}; struct Top; fn top() { high::of('\"'); crate::room::low() }"),
        ("room::tests", "use super::high::High;"),
    ];
    let graph = |texts: &[(&str, &str)]| {
        Crate::of(texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))).graph()
    };
    let sound = graph(&texts);
    let edges =
        sound.iter().flat_map(|(from, to)| to.iter().map(move |(to, names)| format!("{from} {to} {}", join(names))));
    let expected = ["room::high room::low Low", "room::top room::high of", "room::top room::low low"];
    assert_eq!(edges.collect::<Vec<_>>(), expected);
    assert_eq!(shortest_cycles(&sound), Vec::<Vec<String>>::new());
    let closed = graph(&[&texts[..], &[("room::low", "fn low() { super::top::top() }")]].concat());
    assert_eq!(shortest_cycles(&closed), [["room::low", "room::top"]]);
}
