//! The integration tests, in one binary so that they link once.

#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod build;
mod charts;
mod checks;
mod cli;
mod completions;
mod corpus;
mod dates;
mod diff;
mod docs;
mod examples;
mod exceptions;
mod figures;
mod fix;
mod gone;
mod guides;
mod hostile;
mod init;
mod injection;
mod live;
mod man;
mod models;
mod project;
mod records;
mod schema;
mod serve;
mod tables;
mod tasks;
mod tidy;
mod tools;
