//! `completions`: scripts for shells.

use crate::project::Project;

#[test]
fn each_shell_gets_a_script_that_knows_the_verbs() {
    let project = Project::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        project.run(&format!("completions {shell}")).succeeds().prints("figures").prints("serve").prints("dry-run");
    }
    project.run("completions").is_refused().says("SHELL");
    project.run("completions tcsh").is_refused().says("possible values");
}
