//! Whole examples from seven fields, with the exact values of what they calculate: `expected.txt` has an id and its value in each line.

use super::site::{Site, words};
use crate::data::table::Derived;

/// A test of a case, from its files and from what they give.
macro_rules! case {
    ($case:ident: $($name:literal)*) => {
        #[test]
        fn $case() {
            let files = [$(($name, include_str!(concat!("cases/", stringify!($case), "/", $name)))),*];
            check(&files, include_str!(concat!("cases/", stringify!($case), "/expected.txt")));
        }
    };
}

case!(foods: "facts.toml" "foods.csv" "foods.toml" "reference.csv" "reference.toml");
case!(parts: "facts.toml" "parts.csv" "parts.toml");
case!(fee: "facts.toml" "levels.csv" "levels.toml" "fee.toml" "places.csv" "places.toml" "rates.csv" "rates.toml" "roles.csv" "roles.toml");
case!(prices: "facts.toml" "functions.csv" "functions.toml" "storage.csv" "storage.toml" "vm.csv" "vm.toml");
case!(survey: "answers.csv" "answers.toml" "facts.toml" "questions.csv" "questions.toml");
case!(taxes: "brackets.csv" "brackets.toml" "facts.toml" "taxes.toml");
case!(wind: "facts.toml" "wind.csv" "wind.toml");

fn check(files: &[(&str, &str)], expected: &str) {
    let site = Site::new(files);
    assert_eq!(site.problems(), [""; 0]);
    for line in expected.lines() {
        let (id, value) = line.split_once(" = ").unwrap();
        let side = id.rsplit('.').next().unwrap();
        let is_derived = Derived::ALL.iter().any(|(_, name)| *name == side);
        let own = if is_derived { site.derived(id).map(words) } else { Some(site.value(id)) };
        assert_eq!(own.as_deref(), Some(value), "{id}");
    }
}
