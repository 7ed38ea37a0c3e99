//! The list of rules.

mod aliases;
mod figures;
mod links;
mod terms;
mod typed_figures;

use super::Rule;

/// Every rule, in the order in which they are run.
pub(crate) static ALL: &[&Rule] = &[
    &links::RULE,
    &figures::RULE,
    &figures::IN_DATA,
    &terms::RULE,
    &typed_figures::RULE,
    &typed_figures::IN_DATA,
    &aliases::RULE,
];
