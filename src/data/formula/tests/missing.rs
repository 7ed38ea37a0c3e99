//! Values that don't exist, and their reasons.

use super::site::Site;

const TABLE: &str = r#"
[columns]
title = { type = "text" }
server = { unit = "USD", words = ["unlimited"], blank = "no data" }
storage = { unit = "USD" }
total = { unit = "USD", formula = "server + storage" }
twice = { unit = "USD", formula = "total * 2" }
ratio = { formula = "server / storage" }
later = { formula = "ratio * 2" }
[[row]]
id = "small"
title = "Small"
server = 4
storage = "unstated"
[[row]]
id = "medium"
title = "Medium"
server = "no data"
storage = 2
[[row]]
id = "large"
title = "Large"
server = "unlimited"
storage = 2
[[row]]
id = "free"
title = "Free"
server = 4
storage = 0
"#;

#[test]
fn a_missing_input_leaves_no_value_and_says_why() {
    let site = Site::new(&[("plans.toml", TABLE)]);
    assert_eq!(site.problems(), [""; 0]);
    let check = |id: &str, expected: &str| assert_eq!(site.value(id), format!("none: {expected}"), "{id}");
    check("plans.small.total", "`plans.small.storage` is not stated");
    check("plans.small.twice", "`plans.small.total` needs `plans.small.storage`, which is not stated");
    check("plans.medium.total", "`plans.medium.server` is \"no data\"");
    check("plans.medium.twice", "`plans.medium.total` needs `plans.medium.server`, which is \"no data\"");
    check("plans.free.ratio", "`plans.free.storage` is zero");
    check("plans.free.later", "`plans.free.ratio` has no value: `plans.free.storage` is zero");
}

#[test]
fn the_reason_has_the_place_and_the_word_of_the_input() {
    let site = Site::new(&[("plans.toml", TABLE)]);
    let gap = |id: &str| site.outcome(id).as_ref().unwrap().amount.clone().unwrap_err();
    assert_eq!(gap("plans.small.twice").place.text(), "\"unstated\"");
    assert_eq!(gap("plans.small.twice").word(), None);
    assert_eq!(gap("plans.medium.twice").place.text(), "\"no data\"");
    assert_eq!(gap("plans.medium.twice").word().map(|word| &**word), Some("no data"));
    assert_eq!(gap("plans.large.total").word().map(|word| &**word), Some("unlimited"));
    assert_eq!(gap("plans.free.later").word(), None);
}

#[test]
fn a_comparison_may_ask_for_the_word() {
    let facts = |test: &str| format!("kind = \"facts\"\nn = {{ formula = \"count(plans.*.title where {test})\" }}");
    let check = |test: &str, expected: &str| {
        let site = Site::new(&[("plans.toml", TABLE), ("facts.toml", &facts(test))]);
        assert_eq!(site.problems(), [""; 0]);
        assert_eq!(site.value("facts.n"), expected, "{test}");
    };
    check("server = 'no data'", "1");
    check("server != 'no data'", "3");
    check("storage = 'unstated'", "1");
    check("server > 1", "2");
    check("total = 'no data'", "1");
}

#[test]
fn what_depends_on_a_problem_is_silent() {
    let text = "kind = \"facts\"\na = { formula = \"b + nothing\" }\nb = { value = 1 }\nc = { formula = \"a * 2\" }\nd = { formula = \"max(c, b)\" }";
    let site = Site::new(&[("facts.toml", text)]);
    assert_eq!(site.codes(), ["formula-name"]);
    assert_eq!(site.value("facts.c"), "reported");
    assert_eq!(site.value("facts.d"), "reported");
}
