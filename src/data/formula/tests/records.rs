//! What is said of calculated figures, and inputs that don't belong together.

use super::site::Site;

const FACTS: &str = r#"
kind = "facts"
sources = ["a"]
as_of = "2026-10"
confidence = "high"
one = { value = 1, badge = "provisional" }
two = { value = 2, sources = ["b", "a"], as_of = "2025", confidence = "low" }
three = { formula = "one + two" }
four = { formula = "three * 2" }
"#;

#[test]
fn a_calculated_figure_has_all_sources_the_lowest_confidence_and_the_oldest_date() {
    let site = Site::new(&[("facts.toml", FACTS)]);
    for id in ["facts.three", "facts.four"] {
        let record = site.outcome(id).as_ref().unwrap().record.clone().unwrap();
        let sources: Vec<&str> = record.sources.iter().map(|source| &*source.text).collect();
        assert_eq!(sources, ["a", "b"]);
        assert_eq!(record.confidence, Some(crate::data::record::Confidence::Low));
        assert_eq!(record.as_of.as_ref().unwrap().0.to_string(), "2025");
        assert_eq!(record.badge.as_ref().map(|badge| &*badge.text), Some("provisional"));
    }
}

#[test]
fn inputs_of_different_subject_or_scope_need_compare() {
    let text = |compare: &str| {
        format!(
            "kind = \"facts\"\none = {{ value = 1, scope = \"market\" }}\ntwo = {{ value = 2, scope = \"company\" }}\n\
             three = {{ formula = \"one + two\"{compare} }}\nfour = {{ formula = \"three + one\" }}"
        )
    };
    let site = Site::new(&[("facts.toml", &text(""))]);
    assert_eq!(
        site.problems(),
        ["data/facts.toml:4:28 formula-compare: the scope of the inputs differs: market, and company"]
    );
    let site = Site::new(&[("facts.toml", &text(", compare = true"))]);
    assert_eq!(site.problems(), [""; 0]);
    assert_eq!(site.value("facts.three"), "3");
    assert!(site.outcome("facts.three").as_ref().unwrap().record.as_ref().unwrap().scope.is_none());
}
