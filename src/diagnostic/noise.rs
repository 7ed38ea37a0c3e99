//! For tests: words in which no message can be recognized, to show that nothing decides by the words of one.

use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher};

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
}

/// Replaces the words of all problems that this thread makes from now on.
pub(crate) fn start() {
    IS_ON.set(true);
}

/// The words, or noise: the same for the same words.
pub(super) fn or(words: String) -> String {
    if !IS_ON.get() {
        return words;
    }
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
