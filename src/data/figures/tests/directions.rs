//! Changes that are quoted by their direction.

use super::*;

#[test]
fn a_change_can_be_quoted_by_the_direction_that_it_has() {
    let data = all();
    let found = |id: &str| data.figures.get(id).map(written);
    for (id, up, down) in [
        ("bands.l2-to-l3.total.step", Some("49.1"), None),
        ("bands.l2-to-l3.total.median-step", Some("49"), None),
        ("bands.l1.total.median-offset", None, Some("2500")),
        ("bands.l2.total.median-offset", None, None),
        ("provider.total-gap", Some("163000"), None),
        ("provider.total-change", Some("53.4"), None),
        ("provider.fall", None, Some("163000")),
        ("provider.needed", Some("32000"), None),
        ("provider.shortfall", None, None),
        ("bands.l2.total.midpoint", None, None),
        ("bands.l2-to-l3.total.gap", None, None),
        ("provider.rest-share", None, None),
    ] {
        assert_eq!(found(&format!("{id}.up")).as_deref(), up, "{id}");
        assert_eq!(found(&format!("{id}.down")).as_deref(), down, "{id}");
    }
}

#[test]
fn a_direction_is_quoted_as_its_figure_and_is_none_of_its_own() {
    let data = all();
    let figures = &data.figures;
    let quoted = |id: &str| figures.quoted(id).map(|figure| &*figure.id);
    for side in ["", ".up", ".down"] {
        assert_eq!(quoted(&format!("provider.fall{side}")), Some("provider.fall"));
    }
    assert_eq!(quoted("provider.rest-share.up"), None);
    assert_eq!(quoted("provider.fall.high"), None);
    assert_eq!(quoted("up"), None);
    assert!(figures.iter().all(|figure| !figure.id.ends_with(".up") && !figure.id.ends_with(".down")));
    assert!(figures.directed().is_sorted_by_key(|figure| &figure.id));
    assert_eq!(figure(&data, "provider.fall.down").record_id(), "provider.fall");
    assert_eq!(figure(&data, "provider.fall").record_id(), "provider.fall");
}

#[test]
fn rows_may_be_called_up_and_down() {
    let table = "ordered = true\nderive = [\"step\"]\n[columns]\na = { title = \"A\" }\n[[row]]\nid = \"down\"\na = [1, 2]\n\
                 [[row]]\nid = \"up\"\na = [3, 4]\n";
    let data = data(&[("b", table)]);
    for (id, expected) in [
        ("b.down.a", "1..2"),
        ("b.up.a.high", "4"),
        ("b.down-to-up.a.step", "133.3"),
        ("b.down-to-up.a.step.up", "133.3"),
    ] {
        assert_eq!(written(figure(&data, id)), expected, "{id}");
    }
}
