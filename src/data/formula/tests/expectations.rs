//! Expectations that hold, that fail, and that can't be tried.

use super::site::Site;

fn table(expect: &str) -> String {
    format!(
        r#"
ordered = true
expect = [{expect}]
[columns]
title = {{ type = "text" }}
price = {{ unit = "USD" }}
share = {{ unit = "%" }}
state = {{ type = "choice", values = ["old", "new"] }}
total = {{ unit = "USD", formula = "price + 1" }}
[[row]]
id = "a"
title = "A"
price = [1, 2]
share = 40
state = "old"
[[row]]
id = "b"
title = "B"
price = [3, 4]
share = 30
state = "new"
[[row]]
id = "c"
title = "C"
price = "unstated"
share = 30
state = "new"
"#
    )
}

fn problems(expect: &str) -> Vec<String> {
    Site::new(&[("t.toml", &table(&format!("\"{expect}\"")))]).problems()
}

#[test]
fn what_is_true_says_nothing() {
    for expect in [
        "price.low < next(price.low)",
        "price.low <= price.high",
        "sum(t.*.share) = 100%",
        "sum(share) = 100%",
        "share = 30 where state = 'new'",
        "share >= 30%",
        "state <= next(state)",
        "state != 'newer'",
        "total.low = price.low + 1",
    ] {
        assert_eq!(problems(expect), [""; 0], "{expect}");
    }
}

#[test]
fn what_is_not_true_is_reported_at_the_figure() {
    assert_eq!(
        problems("price.high <= 3"),
        ["data/t.toml:19:13 expectation: `price.high <= 3` is not true: `t.b.price.high` is $4, and 3"]
    );
    assert_eq!(
        problems("sum(share) = 90%"),
        ["data/t.toml:14:9 expectation: `sum(share) = 90%` is not true: `sum(share)` is 100%, and 90%"]
    );
    assert_eq!(problems("share = 40").len(), 2);
    let fee =
        "kind = \"facts\"\nexpect = [\"fee < 1_150_000 USD/year\"]\nfee = { value = 1150001, unit = \"USD/year\" }";
    assert_eq!(
        Site::new(&[("fee.toml", fee)]).problems(),
        [
            "data/fee.toml:3:17 expectation: `fee < 1_150_000 USD/year` is not true: `fee.fee` is $1,150,001 a year, and $1.15M a year"
        ]
    );
    assert_eq!(
        problems("state = 'old' where title = 'B'"),
        [
            "data/t.toml:21:9 expectation: `state = 'old' where title = 'B'` is not true: `t.b.state` is 'new', and 'old'"
        ]
    );
}

#[test]
fn figures_that_are_known_to_disagree_are_excused() {
    let text = table("\"price.high <= 3\"");
    let excused = |ids: &[std::sync::Arc<str>]| ids.iter().any(|id| **id == *"t.b.price.high");
    assert_eq!(Site::excusing(&[("t.toml", &text)], &excused).problems(), [""; 0]);
    let other = |ids: &[std::sync::Arc<str>]| ids.iter().any(|id| **id == *"t.a.price.high");
    assert_eq!(Site::excusing(&[("t.toml", &text)], &other).problems().len(), 1);
}
