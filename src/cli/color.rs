//! Whether to color, from what was typed, the environment and the terminal.

use std::ffi::OsString;

/// What `--color` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Choice {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Choice {
    /// Whether to color a stream. What was typed comes first, then `NO_COLOR`, `CLICOLOR_FORCE` and `CLICOLOR`
    /// (<https://no-color.org>, <https://bixense.com/clicolors>), then what the stream is.
    pub fn colors(self, is_terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
        let set = |name| variable(name).is_some_and(|value| !value.is_empty());
        let is = |name, expected: &str| variable(name).is_some_and(|value| value == *expected);
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if set("NO_COLOR") => false,
            Self::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
            Self::Auto => is_terminal && !is("CLICOLOR", "0") && set("TERM") && !is("TERM", "dumb"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Choice::{self, Always, Auto, Never};

    #[test]
    fn what_was_typed_comes_before_the_environment_and_that_before_the_terminal() {
        type Variables = &'static [(&'static str, &'static str)];
        let cases: &[(Choice, bool, Variables, bool)] = &[
            (Auto, true, &[("TERM", "xterm")], true),
            (Auto, false, &[("TERM", "xterm")], false),
            (Auto, true, &[("TERM", "dumb")], false),
            (Auto, true, &[], false),
            (Auto, true, &[("TERM", "xterm"), ("NO_COLOR", "1")], false),
            (Auto, true, &[("TERM", "xterm"), ("NO_COLOR", "")], true),
            (Auto, true, &[("TERM", "xterm"), ("CLICOLOR", "0")], false),
            (Auto, false, &[("CLICOLOR_FORCE", "1")], true),
            (Auto, false, &[("CLICOLOR_FORCE", "0")], false),
            (Auto, false, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
            (Always, false, &[("NO_COLOR", "1")], true),
            (Never, true, &[("TERM", "xterm"), ("CLICOLOR_FORCE", "1")], false),
        ];
        for (choice, is_terminal, variables, expected) in cases {
            let variable = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into());
            assert_eq!(choice.colors(*is_terminal, variable), *expected, "{choice:?} {is_terminal} {variables:?}");
        }
    }
}
