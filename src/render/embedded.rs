//! The default templates and static files, as they were when the binary was built.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
