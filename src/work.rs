//! Counts the steps of loops over what a site holds, so that tests can hold that cost grows with the site and not with its square.
//!
//! Nothing is counted outside of tests.

/// Counts some steps of a loop: names compared, figures gone through, characters read.
#[cfg(not(test))]
#[inline]
pub(crate) fn steps(_: usize) {}

#[cfg(test)]
pub(crate) use counted::{growth, steps};

#[cfg(test)]
mod counted {
    use std::cell::Cell;

    /// More than the names among which each is compared with each.
    const SIZE: usize = 400;

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn steps(count: usize) {
        STEPS.with(|steps| steps.set(steps.get() + count));
    }

    /// Holds that some work takes at most five times the steps for four times the size. It is done on one thread, so that all its
    /// steps are counted.
    pub(crate) fn growth(what: &str, work: impl Fn(usize) + Sync) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be started");
        let steps_of = |size| {
            pool.install(|| {
                STEPS.set(0);
                work(size);
                STEPS.get()
            })
        };
        let (few, many) = (steps_of(SIZE), steps_of(4 * SIZE));
        assert!(0 < few && many <= 5 * few, "{what}: {few} steps for {SIZE}, {many} for {}", 4 * SIZE);
    }
}
