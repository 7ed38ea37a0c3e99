//! What is shown just now: the site, and what is wrong with it. It is exchanged as a whole.

use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Bytes;
use serde::Serialize;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::sending::{Load, Sending};
use super::{Desk, Limits};
use crate::diagnostic::Severity;
use crate::session::{Live, Shelf};

/// How many messages a browser may leave unread before it is given up. It comes back by itself.
const UNREAD: usize = 16;

/// A site, and what is wrong with what is on the disk.
pub(super) struct State {
    /// The last site without errors.
    pub shelf: Option<Arc<Shelf>>,
    /// The errors that keep a newer one from being shown, as texts.
    pub errors: Vec<String>,
    /// The site's folder on its host, with its slashes.
    base: String,
    /// The pages that clients are getting just now.
    pub sending: Sending,
    /// The folders that the site had since the server was started and has no more, the longest first.
    former: Vec<String>,
}

impl State {
    /// The folder below the site's own in which the server's own files are. No page can have such an address.
    pub(super) const FOLDER: &'static str = ".bandbook/";

    /// What a site has come to.
    pub(super) fn new(live: &Live, desk: &dyn Desk, sending: Sending) -> Self {
        let shelf = live.shelf().cloned();
        let errors = live.problems().iter().filter(|problem| problem.severity == Severity::Error);
        let base = shelf.as_ref().map_or_else(|| live.base(), |shelf| shelf.base());
        Self {
            errors: errors.map(|problem| desk.draw(problem)).collect(),
            base: base.to_owned(),
            former: Vec::new(),
            shelf,
            sending,
        }
    }

    /// Remembers the folders of the state before.
    fn follow(&mut self, before: &Self) {
        self.former.clone_from(&before.former);
        self.former.push(before.base.clone());
        self.former.retain(|folder| *folder != self.base);
        self.former.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        self.former.dedup();
    }

    /// The site's folder on its host, with its slashes.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// The folders that the site had before, the longest first.
    pub(super) fn former(&self) -> impl Iterator<Item = &str> {
        self.former.iter().map(String::as_str)
    }

    /// One event for browsers.
    fn message(&self) -> Bytes {
        #[derive(Serialize)]
        struct Message<'a> {
            errors: &'a [String],
            /// Where the site is now, for tabs that show it where it was.
            base: &'a str,
        }
        let json = serde_json::to_string(&Message { errors: &self.errors, base: &self.base }).unwrap_or_default();
        format!("data: {json}\n\n").into()
    }
}

/// The state, for those who answer and those who change it, and the browsers that want to hear of it.
pub(super) struct Board {
    state: Mutex<Arc<State>>,
    readers: Mutex<Vec<Sender<Bytes>>>,
    load: Arc<Load>,
    most_bytes: usize,
}

impl Board {
    /// A board that shows nothing yet.
    pub(super) fn new(limits: &Limits) -> Self {
        let (load, most_bytes) = (Arc::<Load>::default(), limits.bytes);
        let sending = Sending::new(Arc::clone(&load), most_bytes);
        let state = State { shelf: None, errors: Vec::new(), base: "/".to_owned(), former: Vec::new(), sending };
        Self { state: Mutex::new(Arc::new(state)), readers: Mutex::default(), load, most_bytes }
    }

    /// What holds the pages of another state while they are being sent.
    pub(super) fn sending(&self) -> Sending {
        Sending::new(Arc::clone(&self.load), self.most_bytes)
    }

    /// What is shown just now.
    pub(super) fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows another state, and tells every browser.
    pub(super) fn show(&self, mut state: State) {
        let message = state.message();
        let before = {
            let mut shown = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            // Before the first site there is none, and no folder that anybody could have asked for.
            if shown.shelf.is_some() {
                state.follow(&shown);
            }
            std::mem::replace(&mut *shown, Arc::new(state))
        };
        self.tell(&message);
        // Much may hang on it, and nobody has to wait until that is given back.
        drop(before);
    }

    /// A line that browsers skip, so that one which is gone is noticed.
    pub(super) fn keep_alive(&self) {
        self.tell(&Bytes::from_static(b":\n\n"));
    }

    /// Messages for one more browser, from the state as it is on.
    pub(super) fn listen(&self) -> Receiver<Bytes> {
        let (sender, receiver) = channel(UNREAD);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        // The first can't fail: nothing has been sent before.
        let _ = sender.try_send(self.state().message());
        readers.push(sender);
        receiver
    }

    fn tell(&self, message: &Bytes) {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        readers.retain(|reader| reader.try_send(message.clone()).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_never_reads_is_given_up() {
        let board = Board::new(&Limits::default());
        let state =
            |errors| State { shelf: None, errors, base: "/".to_owned(), former: Vec::new(), sending: board.sending() };
        let mut attentive = board.listen();
        let _idle = board.listen();
        for _ in 0..UNREAD {
            board.show(state(Vec::new()));
            while attentive.try_recv().is_ok() {}
        }
        assert_eq!(board.readers.lock().expect("no panic").len(), 1);
        board.show(state(vec!["a \"problem\"\nin two lines".to_owned()]));
        let last = attentive.try_recv().expect("a message");
        assert_eq!(last, "data: {\"errors\":[\"a \\\"problem\\\"\\nin two lines\"],\"base\":\"/\"}\n\n");
    }
}
