//! Dates of four precisions, and units of duration.

/// A date as precise as the source states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Date {
    /// `2026`
    Year(u16),
    /// `2026-Q1`
    Quarter(u16, u8),
    /// `2026-01`
    Month(u16, u8),
    /// `2026-01-31`
    Day(u16, u8, u8),
}

/// A unit of duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Span {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}
