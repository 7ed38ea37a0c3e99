//! A map from paths that many threads fill at once.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

const SHARDS: usize = 64;

/// A map in many parts, so that threads seldom wait for each other.
pub(super) struct Shards<V> {
    shards: Vec<Mutex<HashMap<Box<str>, V>>>,
    hasher: RandomState,
}

impl<V> Shards<V> {
    pub(super) fn new() -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::new(HashMap::new())).collect();
        Self { shards, hasher: RandomState::new() }
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.shard(path).contains_key(path)
    }

    /// Adds a path, and says whether it is new.
    pub(super) fn insert(&self, path: &str, value: V) -> bool {
        match self.shard(path).entry(Box::from(path)) {
            Entry::Occupied(_) => false,
            Entry::Vacant(entry) => {
                entry.insert(value);
                true
            }
        }
    }

    /// Adds a path once `make` has succeeded. Other threads that ask for the same path wait until it has.
    pub(super) fn insert_with<E>(&self, path: &str, make: impl FnOnce() -> Result<V, E>) -> Result<(), E> {
        let mut shard = self.shard(path);
        if !shard.contains_key(path) {
            let value = make()?;
            shard.insert(Box::from(path), value);
        }
        Ok(())
    }

    /// All paths with their values, sorted.
    pub(super) fn into_sorted(self) -> Vec<(Box<str>, V)> {
        let maps = self.shards.into_iter().map(|shard| shard.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut all: Vec<(Box<str>, V)> = maps.flatten().collect();
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        all
    }

    fn shard(&self, path: &str) -> MutexGuard<'_, HashMap<Box<str>, V>> {
        let at = self.hasher.hash_one(path) as usize % SHARDS;
        // A thread that panicked left a whole map behind: entries are added in one step.
        self.shards[at].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
