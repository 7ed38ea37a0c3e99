//! The list of rules.

mod aliases;
mod confusable;
mod conflicts;
mod descriptions;
mod figures;
mod first_use;
#[cfg(test)]
pub(crate) mod fixture;
mod headings;
pub(in crate::check) mod images;
mod kept;
pub(in crate::check) mod links;
mod orphans;
mod same_short;
mod scopes;
mod stale;
mod terms;
mod two_values;
mod typed_figures;
mod unused;

pub use kept::lock_text;

use super::Rule;

/// Every rule, in the order in which they are run.
pub(crate) static ALL: &[&Rule] = &[
    &links::RULE,
    &links::IN_DATA,
    &figures::RULE,
    &figures::IN_DATA,
    &terms::RULE,
    &terms::IN_DATA,
    &same_short::RULE,
    &confusable::RULE,
    &first_use::RULE,
    &typed_figures::RULE,
    &typed_figures::IN_DATA,
    &aliases::RULE,
    &headings::RULE,
    &descriptions::RULE,
    &images::RULE,
    &images::IN_DATA,
    &scopes::RULE,
    &scopes::IN_DATA,
    &orphans::RULE,
    &conflicts::RULE,
    &two_values::RULE,
    &unused::RULE,
    &kept::ADDRESSES,
    &kept::ANCHORS,
    &stale::RULE,
];
