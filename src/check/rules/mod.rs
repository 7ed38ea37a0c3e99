//! The list of rules.

mod aliases;
mod confusable;
mod conflicts;
mod derived;
mod descriptions;
mod figures;
mod first_use;
#[cfg(test)]
pub(crate) mod fixture;
mod gaps;
mod headings;
pub(in crate::check) mod images;
mod kept;
mod levels;
pub(in crate::check) mod links;
mod medians;
mod orphans;
mod parts;
mod percentiles;
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
    &percentiles::RULE,
    &percentiles::IN_DATA,
    &scopes::RULE,
    &orphans::RULE,
    &conflicts::RULE,
    &parts::RULE,
    &levels::RULE,
    &gaps::RULE,
    &derived::RULE,
    &medians::RULE,
    &two_values::RULE,
    &unused::RULE,
    &kept::ADDRESSES,
    &kept::ANCHORS,
    &stale::RULE,
];
