//! `man`: the manual's pages.

use crate::project::Project;

#[test]
fn the_manual_has_a_page_for_the_program_and_for_each_verb() {
    let project = Project::empty();
    project.run("man").succeeds().prints(".TH bandbook 1").prints("fix").prints(".SH");
    for (verb, words) in
        [("fix", "\\-\\-dry\\-run"), ("serve", "\\-\\-drafts"), ("diff", "\\-\\-markdown"), ("figures", "ID")]
    {
        let run = project.run(&format!("man {verb}"));
        run.succeeds().prints(&format!("bandbook\\-{verb}")).prints(words);
    }
    project.run("man fixx").is_refused().says("bandbook man fix");
}
