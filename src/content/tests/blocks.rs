//! Fences, blocks and their options; footnotes, and Markdown that is none of ours.

use super::*;

fn block(text: &str) -> BlockKind {
    let (page, diagnostics) = page(text);
    assert_eq!(diagnostics.iter().map(problem).collect::<Vec<_>>(), Vec::<String>::new(), "{text:?}");
    match page.body.into_iter().next() {
        Some(Node::Block(block)) => block.kind,
        other => panic!("{text:?}: {other:?}"),
    }
}

fn words(texts: &[crate::document::Text]) -> Vec<&str> {
    texts.iter().map(|text| &*text.text).collect()
}

#[test]
fn blocks_are_read_with_their_options() {
    let table = "```table bands\ncolumns = [\"title\", \"total.low\"]\nrows = [\"l3\"]\norder = [\"-total.low\"]\ncaption = \"All [$4](figure:a.b)\"\nnotes = [\"One.\", \"*Two*\"]\n```";
    let BlockKind::Table(table) = block(table) else { panic!("a table") };
    assert_eq!((&*table.set.text, table.set.place.text(), table.set.exact), ("bands", "bands", true));
    assert_eq!((words(&table.columns), words(&table.rows.rows)), (vec!["title", "total.low"], vec!["l3"]));
    assert_eq!(table.rows.order[0].place.text(), "-total.low");
    let caption = table.caption.expect("a caption");
    assert_eq!((tree(&caption.nodes), &*caption.plain), ("All ‹figure a.b \"$4\"›".to_owned(), "All $4"));
    assert_eq!(caption.words.runs[0].context, Context::Caption);
    assert_eq!(table.notes.iter().map(|note| tree(&note.nodes)).collect::<Vec<_>>(), ["One.", "<em>Two</em>"]);

    let BlockKind::Chart(chart) = block("```chart bands\nkind = \"range\"\ny = \"total\"\n```") else {
        panic!("a chart")
    };
    assert_eq!((&*chart.kind.text, words(&chart.y)), ("range", vec!["total"]));
    let BlockKind::List(list) = block("```list words\nrows = [\"tpgm\"]\nfields = [\"short\"]\n```") else {
        panic!("a list")
    };
    assert_eq!((words(&list.rows.rows), words(&list.fields)), (vec!["tpgm"], vec!["short"]));
    let BlockKind::Facts(facts) = block("```facts\nfigures = [\"a.b\", \"c.d\"]\n```") else { panic!("facts") };
    assert_eq!(words(&facts.figures), ["a.b", "c.d"]);
    let price = "```tool place\nset = \"bands\"\ncolumn = \"total\"\nwarn = [{ words = [\"AI\"], text = \"*Mind* the name.\" }]\n```";
    let BlockKind::Place(price) = block(price) else { panic!("a tool") };
    assert_eq!(
        (&*price.set.text, &*price.column.text, tree(&price.warn[0].text.nodes)),
        ("bands", "total", "<em>Mind</em> the name.".into())
    );
    let BlockKind::Compare(compare) = block("~~~tool compare\nset = \"bands\"\n~~~") else { panic!("a tool") };
    assert_eq!(&*compare.set.text, "bands");
    for plain in [
        "```table bands\n```",
        "````table bands\n````",
        "``` table bands\n```",
        "```table bands \n```",
        "```list bands\n\n\n```",
        "```table bands\r\n```\r\n",
    ] {
        block(plain);
    }
}

#[test]
fn other_fences_are_code() {
    for info in ["", "rust", "toml", "rust,ignore", "tables", "fact", "c++", "table-bands"] {
        let (page, diagnostics) = page(&format!("```{info}\n<b> [$4](figure: x)\n```"));
        assert!(diagnostics.is_empty(), "{info}: {diagnostics:?}");
        assert!(tree(&page.body).contains("&lt;b&gt; [$4](figure: x)"), "{info}");
    }
    check_tree("    table bands", "<pre><code>table bands</code></pre>\n");
    check_tree(
        "- ```rust\n  a\n  ```",
        "<ul>\n<li>\n<pre><code class=\"language-rust\">a\n</code></pre>\n</li>\n</ul>\n",
    );
}

#[test]
fn info_strings_that_are_nearly_blocks_are_errors() {
    for (info, column, expected) in [
        ("tabel bands", 4, "`tabel bands` is no block"),
        ("Table bands", 4, "`Table bands` is no block"),
        ("charts bands", 4, "`charts bands` is no block"),
        ("table  bands", 4, "`table  bands` is no block"),
        ("table\tbands", 4, "`table\tbands` is no block"),
        ("rust ignore", 4, "`rust` is no block"),
        ("rust ignore me", 4, "`rust` is no block"),
        ("table", 4, "`table` names no data set"),
        ("Chart", 4, "`Chart` names no data set"),
        ("tool", 4, "`tool` names no tool"),
        ("tool price", 9, "there is no tool `price`"),
        ("tool plaec", 9, "there is no tool `plaec`"),
        ("tool  compare", 4, "`tool  compare` is no block"),
        ("table bands total", 16, "`table bands total` says more than a block and a set"),
        ("table bands.toml", 10, "`bands.toml` is a file, not a data set"),
        ("table Bands", 10, "`Bands` can't be a data set"),
        ("table a_b", 10, "`a_b` can't be a data set"),
        ("table -a", 10, "`-a` can't be a data set"),
        ("facts bands", 10, "`facts` is a block by itself, and takes no name"),
        ("Facts", 4, "`Facts` is not the block `facts`"),
        ("fact bands", 4, "`fact bands` is not the block `facts`"),
    ] {
        let text = format!("a\n\n```{info}\nfigures = [\"a\"]\n```\n");
        check(&text, &[&format!("3:{column} unknown-block {expected}")]);
    }
    check_edit("```table  bands\n```", "```table bands\n```");
    check_edit("``` Chart bands\nkind = \"range\"\n```", "``` chart bands\nkind = \"range\"\n```");
    check_edit("```Facts\nfigures = [\"a.b\"]\n```", "```facts\nfigures = [\"a.b\"]\n```");
    // Another word may be another block, and another name another set.
    for info in ["tabel bands", "table bands.toml", "table Bands", "tool compar", "fact bands", "facts bands"] {
        check_undecided(&format!("```{info}\n```"));
    }
}

#[test]
fn problems_of_options_stand_at_their_own_line() {
    check("# A\n\n```table bands\nrows = [\"l3\"]\ncolums = [\"a\"]\n```\n", &["5:1 unknown-key unknown key `colums`"]);
    check("```table bands\nrows = \"l3\"\n```", &["2:8 wrong-type `rows` takes a list, not text"]);
    check("```table bands\nrows = [\n```", &["2:9 toml-syntax unclosed array, expected `]`"]);
    check("```chart bands\n```", &["1:1 missing-key `kind` is missing".replace("1:1", "2:1").as_str()]);
    check("```chart bands\nkind = \"rang\"\n```", &["2:8 wrong-type `kind` can't be \"rang\""]);
    check("```facts\n```", &["2:1 missing-key `figures` is missing"]);
    check("```tool compare\n```", &["2:1 missing-key `set` is missing"]);
    check(
        "```tool place\nset = \"a\"\ncolumn = \"b\"\nwarn = [{ word = [\"a\"], text = \"b\" }]\n```",
        &["4:11 unknown-key unknown key `word`"],
    );
    check(
        "```table bands\ncaption = \"[$4](Figure:a.b)\"\n```",
        &["2:17 link-scheme `Figure:` is written in small letters"],
    );
    check("```table bands\nnotes = [\"a\", \"[b](c:d)\"]\n```", &["2:20 link-scheme links can't start with `c:`"]);
}

#[test]
fn a_block_stands_at_the_pages_margin() {
    for (text, place) in [
        ("- ```table bands\n  ```", "1:3"),
        ("> ```table bands\n> ```", "1:3"),
        ("  ```table bands\n  ```", "1:3"),
        ("1. a\n\n   ```table bands\n   ```", "3:4"),
        ("> - ```table bands\n>   rows = 1\n>   ```", "1:5"),
        ("[^a]: b\n\n    ```table bands\n    ```\n\nc[^a]", "3:5"),
    ] {
        check(text, &[&format!("{place} block-place the block `table bands` is not at the page's margin")]);
    }
    check("- a\n\n```table bands\n```", &[]);
}

#[test]
fn fences_are_closed() {
    for text in ["```rust\na", "```", "```\na\n``", "````\na\n```", "~~~\na\n```", "```table bands\nrows = []"] {
        check(text, &["1:1 unclosed-fence the fence is never closed"]);
    }
    check("- ```\n  a\n\nb", &["1:3 unclosed-fence the fence is never closed"]);
    check("> ```\n> a\n\nb", &["1:3 unclosed-fence the fence is never closed"]);
    for text in [
        "```\n```",
        "```\na\n````",
        "```\na\n   ```",
        "> ```\n> a\n> ```",
        "- ```\n  a\n  ```",
        "~~~\n```\n~~~",
        "```\na\n```  \n",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_blocks_place_is_its_fence() {
    let (page, _) = page("a\n\n```table bands\nrows = []\n```\n\nb");
    let Some(Node::Block(block)) = page.body.get(1) else { panic!("{:?}", page.body) };
    assert_eq!(block.place.text(), "```table bands\nrows = []\n```");
}

#[test]
fn options_hold_waivers() {
    let (page, diagnostics) =
        page("```table bands\n# bandbook: allow typed-figure: a name\ncaption = \"The $1B club\"\n```");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(
        page.waivers.iter().map(|waiver| waiver.covers.text()).collect::<Vec<_>>(),
        ["caption = \"The $1B club\"\n"]
    );
}

#[test]
fn footnotes_are_numbered_by_first_mark() {
    check_tree(
        "a[^x] b[^y] c[^x]\n\n[^y]: Y\n\n[^x]: X",
        "<p>a‹mark 0.0› b‹mark 1.0› c‹mark 0.1›</p>\n‹footnotes x×2 <p>X</p>\n| y×1 <p>Y</p>\n›",
    );
    check_tree(
        "[^x]: X[^y]\n\n[^y]: Y\n\na[^z] b[^x]\n\n[^z]: Z",
        "<p>a‹mark 0.0› b‹mark 1.0›</p>\n‹footnotes z×1 <p>Z</p>\n| x×1 <p>X‹mark 2.0›</p>\n| y×1 <p>Y</p>\n›",
    );
    check_tree(
        "# A[^x]\n\n| b[^x] |\n|---|\n\n[^X]: X",
        "‹heading 0 A‹mark 0.0››‹<table><thead><tr><th>b‹mark 0.1›</th></tr></thead><tbody>\n</tbody></table>\n›‹footnotes x×2 <p>X</p>\n›",
    );
    check_tree("a[^x]\n\n[^x]: one\n\n    two", "<p>a‹mark 0.0›</p>\n‹footnotes x×1 <p>one</p>\n<p>two</p>\n›");
    check("a[^x]", &["1:2 footnote `[^x]` leads to no footnote"]);
    check("[^x]: a", &["1:1 footnote no mark leads to `[^x]`"]);
    check("a[^x]\n\n[^x]: b\n\n[^x]: c", &["5:1 footnote the footnote `[^x]` is written twice"]);
    check("[^x]: a[^x]", &["1:1 footnote no mark leads to `[^x]`"]);
    check("a\\[^x] `[^x]` [^ x] [^]", &[]);
}
