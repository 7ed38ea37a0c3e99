//! The threads that a build runs on: as many as can be had.

use std::num::NonZeroUsize;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The most threads that are used, whatever is asked for. More of them only wait for each other.
pub const MOST_THREADS: usize = 512;

/// How much stack a thread has. Without a size of our own it would depend on the system.
const STACK: usize = 8 * 1024 * 1024;

/// Does some work on that many threads, or on one for each processor. Where the system doesn't allow as many, it takes fewer, and
/// in the end only the current one. Inside a pool of the caller's, that one does the work: a thread that waited for another pool
/// would take more of its own pool's work meanwhile, one call inside the other.
pub(crate) fn with_threads<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> T {
    if rayon::current_thread_index().is_some() {
        return work();
    }
    let wanted = threads.or_else(|| thread::available_parallelism().ok().map(NonZeroUsize::get)).unwrap_or(1);
    match pool(wanted, |builder| builder.stack_size(STACK).build().ok()) {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// The largest pool up to a size that can be built.
fn pool(wanted: usize, build: impl Fn(ThreadPoolBuilder) -> Option<ThreadPool>) -> Option<ThreadPool> {
    let mut count = wanted.clamp(1, MOST_THREADS);
    loop {
        match build(ThreadPoolBuilder::new().num_threads(count)) {
            Some(pool) => return Some(pool),
            None if count > 1 => count /= 2,
            None => return build(ThreadPoolBuilder::new().num_threads(1).use_current_thread()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn fewer_threads_are_taken_where_as_many_cannot_be_had() {
        for (wanted, most, expected) in [(8, 8, 8), (8, 7, 4), (3, 1, 1), (0, 4, 1), (usize::MAX, 4, 4)] {
            let tried = RefCell::new(Vec::new());
            let pool = pool(wanted, |builder| {
                let pool = builder.build().ok()?;
                tried.borrow_mut().push(pool.current_num_threads());
                (pool.current_num_threads() <= most).then_some(pool)
            });
            assert_eq!(pool.map(|pool| pool.current_num_threads()), Some(expected), "{wanted}: {tried:?}");
            assert!(tried.borrow().iter().all(|count| *count <= MOST_THREADS));
        }
    }

    #[test]
    fn the_pool_of_the_caller_is_used() {
        let pool = ThreadPoolBuilder::new().num_threads(3).build().expect("a pool");
        assert_eq!(pool.install(|| with_threads(Some(1), rayon::current_num_threads)), 3);
        assert_eq!(with_threads(Some(2), rayon::current_num_threads), 2);
    }

    #[test]
    fn without_any_other_thread_the_current_one_does_the_work() {
        // A thread of its own, since it stays part of its pool.
        let done = thread::spawn(|| {
            let twice = || {
                let refused =
                    pool(4, |builder| builder.spawn_handler(|_| Err(std::io::Error::other("none"))).build().ok());
                let work = || rayon::join(|| thread::current().id(), || thread::current().id());
                match refused {
                    Some(pool) => pool.install(work),
                    None => work(),
                }
            };
            let own = thread::current().id();
            [twice(), twice()].map(|(one, other)| one == own && other == own)
        });
        assert_eq!(done.join().expect("no panic"), [true, true]);
    }
}
