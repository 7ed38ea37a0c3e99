//! bandbook: a static documentation-site generator that does not publish a number which disagrees with its data.
