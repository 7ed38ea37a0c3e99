//! Pages that are being sent. Clients that ask for the same page share its bytes, and there is a bound on the bytes of all of
//! them: many clients that never read must not fill the memory.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use hyper::body::Bytes;

/// How many bytes were made for clients that have not got them yet.
#[derive(Debug, Default)]
pub(super) struct Load {
    bytes: AtomicUsize,
}

/// A page with what counts it. It is counted until the last client has it.
#[derive(Debug)]
struct Page {
    bytes: Vec<u8>,
    status: u16,
    load: Arc<Load>,
}

impl AsRef<[u8]> for Page {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.load.bytes.fetch_sub(self.bytes.len(), Ordering::Relaxed);
    }
}

/// What clones of the bytes share.
struct Held(Arc<Page>);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

/// The pages of one state of the site that are being sent.
#[derive(Debug)]
pub(super) struct Sending {
    load: Arc<Load>,
    /// The most bytes that there may be before another page is made.
    most: usize,
    pages: Mutex<HashMap<String, Weak<Page>>>,
}

impl Sending {
    /// None so far.
    pub(super) fn new(load: Arc<Load>, most: usize) -> Self {
        Self { load, most, pages: Mutex::default() }
    }

    /// The status and the bytes of a page by its name: those that another client is being sent, or else those that are made now.
    /// `None` where too much is being sent already.
    pub(super) fn page(&self, name: &str, make: impl FnOnce() -> (u16, Vec<u8>)) -> Option<(u16, Bytes)> {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let page = match pages.get(name).and_then(Weak::upgrade) {
            Some(page) => page,
            None if self.load.bytes.load(Ordering::Relaxed) >= self.most => return None,
            None => {
                let (status, bytes) = make();
                self.load.bytes.fetch_add(bytes.len(), Ordering::Relaxed);
                let page = Arc::new(Page { bytes, status, load: Arc::clone(&self.load) });
                pages.retain(|_, page| page.strong_count() > 0);
                pages.insert(name.to_owned(), Arc::downgrade(&page));
                page
            }
        };
        Some((page.status, Bytes::from_owner(Held(page))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_made_once_for_all_who_ask_and_no_more_are_made_than_there_is_room_for() {
        let load = Arc::new(Load::default());
        let sending = Sending::new(Arc::clone(&load), 10);
        let made = |text: &str| (200, text.as_bytes().to_vec());
        let first = sending.page("a", || made("six by")).expect("room");
        let second = sending.page("a", || unreachable!("the first is still being sent")).expect("the same");
        assert_eq!(first, second);
        assert_eq!(first.1.as_ptr(), second.1.as_ptr());
        let other = sending.page("b", || made("tenbytes++")).expect("a page more than fits");
        assert_eq!(sending.page("c", || made("c")), None);
        // Another state of the site counts with this one.
        let later = Sending::new(Arc::clone(&load), 10);
        assert_eq!(later.page("a", || made("new")), None);
        drop(other);
        assert_eq!(later.page("a", || made("new")).expect("room").1, "new");
        drop((first, second));
        assert_eq!(load.bytes.load(Ordering::Relaxed), 0);
    }
}
