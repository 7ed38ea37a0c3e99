//! Ids that figures had: what they lead to, and names that can't be followed.

use super::*;

const PLANS: &str = "was = [\"prices\"]\nordered = true\nunit = \"USD\"\n\
    [columns]\nserver = { title = \"Server\", was = [\"machine\"], derive = [\"step\"], signed = true }\n\
    [[row]]\nid = \"small\"\nserver = [1, 2]\n\
    [[row]]\nid = \"medium\"\nwas = [\"mid\", \"m\"]\nserver = [2, 4]\n";

#[track_caller]
fn leads(files: &[(&str, &str)], old: &str, now: Option<&str>) {
    let sources: Vec<_> = files.iter().map(|(name, text)| Source::new(*name, *text)).collect();
    let mut diagnostics = Vec::new();
    let data = read(&sources, &[], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{:#?}", lines(&diagnostics));
    assert_eq!(data.figures.get(old).map(|figure| &*figure.id), now, "{old}");
    assert_eq!(data.figures.renamed(old).is_some(), now.is_some_and(|now| now != old), "{old}");
}

#[test]
fn old_ids_lead_to_the_figures_of_now() {
    let files = [("plans.toml", PLANS)];
    for (old, now) in [
        ("plans.medium.server", Some("plans.medium.server")),
        ("plans.mid.server", Some("plans.medium.server")),
        ("plans.m.server.low", Some("plans.medium.server.low")),
        ("plans.medium.machine.high", Some("plans.medium.server.high")),
        ("prices.m.machine", Some("plans.medium.server")),
        ("prices.small-to-mid.machine.step", Some("plans.small-to-medium.server.step")),
        ("plans.small-to-m.server.step.up", Some("plans.small-to-medium.server.step.up")),
        ("plans.big.server", None),
    ] {
        leads(&files, old, now);
    }
}

#[test]
fn facts_and_rows_of_several_keys_and_combined_ones_have_a_past_too() {
    let facts = "kind = \"facts\"\nwas = [\"old\"]\n[cpu]\ntitle = \"CPU\"\nvalue = 4\nwas = [\"cores\"]\n";
    leads(&[("limits.toml", facts)], "old.cores", Some("limits.cpu"));
    let keyed = "key = [\"plan\", \"place\"]\nordered = \"plan\"\nderive = [\"step\"]\n[columns]\n\
        plan = { title = \"Plan\", type = \"text\" }\nplace = { title = \"Place\", type = \"text\" }\nhour = { title = \"Hour\" }\n\
        [[row]]\nplan = \"a\"\nplace = \"x\"\nhour = 1\n[[row]]\nplan = \"b\"\nplace = \"x\"\nhour = 2\nwas = [\"c.x\", \"c\"]\n";
    leads(&[("p.toml", keyed)], "p.c.x.hour", Some("p.b.x.hour"));
    leads(&[("p.toml", keyed)], "p.c.hour", Some("p.b.x.hour"));
    leads(&[("p.toml", keyed)], "p.a-to-c.x.hour.step", Some("p.a-to-b.x.hour.step"));
    let one = "[columns]\nhour = { title = \"Hour\" }\n[[row]]\nid = \"a\"\nwas = [\"z\"]\nhour = 2\n";
    let all = "key = [\"l\", \"r\"]\ncombine = [\"one\", \"one\"]\n[columns]\nl = { title = \"L\", type = \"text\" }\n\
        r = { title = \"R\", type = \"text\" }\nboth = { title = \"Both\", formula = \"one.{l}.hour + one.{r}.hour\" }\n";
    leads(&[("all.toml", all), ("one.toml", one)], "all.a.z.both", Some("all.a.a.both"));
    let csv = "id,was,hour\na,z,3\n";
    let toml = "rows = \"csv\"\n[columns]\nhour = { title = \"Hour\" }\n";
    leads(&[("t.toml", toml), ("t.csv", csv)], "t.z.hour", Some("t.a.hour"));
}

#[test]
fn a_name_that_leads_to_two_things_is_an_error() {
    let set =
        |own: &str| format!("{own}\n[columns]\na = {{ title = \"A\" }}\nb = {{ title = \"B\", was = [\"c\"] }}\n");
    let rows = "[[row]]\nid = \"x\"\na = 1\nb = 1\n[[row]]\nid = \"y\"\na = 1\nb = 1\n";
    let both = |own: &str, from: &str, to: &str| format!("{}{}", set(own), rows.replacen(from, to, 1));
    check(
        &[("s.toml", &both("was = [\"s\", \"t\"]", "", "")), ("t.toml", &both("was = [\"Old Name\"]", "", ""))],
        &[
            "s.toml:1:9 old-name `s` is the name that the set has",
            "s.toml:1:14 old-name there is a set `t`, so the set `s` can't have been called so",
            "t.toml:1:9 old-name `Old Name` can't be the name of a set",
        ],
    );
    let columns = set("").replace("title = \"A\"", "title = \"A\", was = [\"c\", \"b\"]");
    check(
        &[("s.toml", &format!("{columns}{rows}"))],
        &[
            "s.toml:3:33 old-name there is a column `b`, so the column `a` can't have been called so",
            "s.toml:4:28 old-name two columns were called `c`",
        ],
    );
    check(
        &[("s.toml", &both("", "id = \"x\"", "id = \"x\"\nwas = [\"y\"]"))],
        &["s.toml:7:9 old-name there is a row `y`, so the row `x` can't have been called so"],
    );
}

#[test]
fn data_that_name_an_old_id_are_warned_and_followed() {
    let conflict = "kind = \"conflicts\"\n[odd]\ntitle = \"Odd\"\nkind = \"gap\"\nfigures = [\"prices.mid.server\"]\n\
        explanation = \"E.\"\nstatus = \"open\"\n";
    let files = [("odd.toml", conflict), ("plans.toml", PLANS)];
    check(&files, &["odd.toml:5:13 figure-renamed `prices.mid.server` is called `plans.medium.server` now"]);
    let sources = files.map(|(name, text)| Source::new(name, text));
    let data = read(&sources, &[], &mut Vec::new());
    let Contents::Conflicts(entries) = &data.sets[0].contents else { panic!("{:?}", data.sets) };
    assert_eq!(&*entries[0].figures[0].text, "plans.medium.server");
}
