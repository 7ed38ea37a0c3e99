//! The `bandbook` binary.

fn main() {}
