//! The codes of the room's files in one list.

use super::{former, formula, read};
use crate::diagnostic::Code;

/// The codes that this room raises.
pub static CODES: &[&Code] = &ALL;

const LISTS: &[&[&[&Code]]] = &[read::CODES, &[former::CODES, formula::CODES]];
const ALL: [&Code; count(LISTS)] = joined(LISTS);

const fn count(lists: &[&[&[&Code]]]) -> usize {
    let (mut sum, mut list) = (0, 0);
    while list < lists.len() {
        let mut file = 0;
        while file < lists[list].len() {
            sum += lists[list][file].len();
            file += 1;
        }
        list += 1;
    }
    sum
}

const fn joined<const COUNT: usize>(lists: &[&[&[&'static Code]]]) -> [&'static Code; COUNT] {
    let mut all = [lists[0][0][0]; COUNT];
    let (mut next, mut list) = (0, 0);
    while list < lists.len() {
        let mut file = 0;
        while file < lists[list].len() {
            let mut at = 0;
            while at < lists[list][file].len() {
                all[next] = lists[list][file][at];
                next += 1;
                at += 1;
            }
            file += 1;
        }
        list += 1;
    }
    all
}
