//! `schema`: JSON Schema of what editors write, and the copy of it that is checked in.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::project::Project;

#[test]
fn the_schemas_that_are_checked_in_are_those_of_the_field_tables() {
    let project = Project::empty();
    project.run("schema --write schema").succeeds();
    let names = |folder: &Path| -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    let (fresh, kept) = (project.path("schema"), Path::new("schema"));
    assert_eq!(names(kept), names(&fresh), "run `bandbook schema --write schema`");
    for name in names(&fresh) {
        let [kept, fresh] = [kept, &fresh].map(|folder| fs::read_to_string(folder.join(&name)).unwrap());
        assert!(kept == fresh, "schema/{name} is out of date: run `bandbook schema --write schema`");
    }
}

#[test]
fn all_schemas_are_one_document_too() {
    let run = Project::empty().run("schema");
    run.succeeds();
    let whole: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(whole["$schema"], "http://json-schema.org/draft-07/schema#");
    for (name, key, about) in [
        ("site", "title", "The site's title."),
        ("front-matter", "weight", "Its place among its neighbors; lighter first."),
        ("table", "key", "The columns that make a row's id; without it each row has an `id`."),
    ] {
        assert_eq!(whole["definitions"][name]["properties"][key]["description"], about);
    }
    assert_eq!(whole["definitions"]["facts"]["properties"]["kind"]["const"], "facts");
    let rules = &whole["definitions"]["site"]["properties"]["rules"]["properties"];
    assert_eq!(rules["typed-figure"]["enum"], serde_json::json!(["error", "warn", "off"]));
    assert!(rules["toml-syntax"].is_null(), "what is no rule can't be set");
}

#[test]
fn a_fact_and_a_cell_hold_exactly_one_of_their_alternatives() {
    let whole: Value = serde_json::from_str(&Project::empty().run("schema").stdout).unwrap();
    let alternatives = |schema: &Value| -> Vec<String> {
        let named = |choice: &Value| {
            let [name] = choice["required"].as_array().unwrap().as_slice() else { panic!("{choice}") };
            name.as_str().unwrap().to_owned()
        };
        schema["oneOf"].as_array().map(|choices| choices.iter().map(named).collect()).unwrap_or_default()
    };
    let facts = &whole["definitions"]["facts"];
    assert_eq!(alternatives(&facts["additionalProperties"]), ["value", "formula"]);
    let cells = &whole["definitions"]["table"]["properties"]["row"]["items"]["additionalProperties"]["anyOf"];
    let table = cells.as_array().unwrap().iter().find(|choice| choice["type"] == "object").unwrap();
    assert_eq!(alternatives(table), ["range", "value", "low"]);
    assert!(alternatives(facts).is_empty());
}

#[test]
fn every_key_is_described() {
    fn look(schema: &Value, path: &str, silent: &mut Vec<String>) {
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            if property["description"].as_str().is_none_or(str::is_empty) {
                silent.push(format!("{path}.{key}"));
            }
            look(property, &format!("{path}.{key}"), silent);
        }
        for inner in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(inner) {
                look(inner, path, silent);
            }
        }
        schema["anyOf"].as_array().into_iter().flatten().for_each(|choice| look(choice, path, silent));
    }
    let whole: Value = serde_json::from_str(&Project::empty().run("schema").stdout).unwrap();
    let mut silent = Vec::new();
    for (name, schema) in whole["definitions"].as_object().unwrap().iter().filter(|(name, _)| *name != "data") {
        look(schema, name, &mut silent);
    }
    assert!(silent.is_empty(), "{silent:#?}");
}
