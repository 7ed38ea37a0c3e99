//! Embeds the default templates and static files.

fn main() {}
