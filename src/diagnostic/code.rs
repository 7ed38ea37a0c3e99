//! The kinds of problem, each with its own explanation.

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Reported nowhere.
    Off,
    /// Reported, and never in the way of a build.
    Warning,
    /// Nothing is written while one stands.
    Error,
}

/// One kind of problem. A room declares its codes as statics beside the code that raises them.
#[derive(Debug)]
pub struct Code {
    /// Kebab-case, unique: what `[rules]`, waivers and `explain` call it.
    pub name: &'static str,
    /// How bad it is where the site says nothing else.
    pub severity: Severity,
    /// Whether it is a rule, so that a site may change its severity and an author may waive it.
    /// What is not a rule is a fault that leaves nothing to build.
    pub rule: bool,
    /// What is wrong, in one or two sentences.
    pub what: &'static str,
    /// Why it matters to a reader or an editor.
    pub why: &'static str,
    /// Text that raises it, as an editor would have typed it.
    pub example: &'static str,
    /// What to do about it.
    pub mend: &'static str,
}
