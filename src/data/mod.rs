//! Data sets: typed values with units and records, ids of every figure, and what is calculated from them.
//!
//! This room knows nothing of pages. It reads `content/data/*.toml`, and the words in which a figure is written.

pub mod notation;

mod absence;
mod codes;
mod currency;
mod difference;
mod fields;
mod figure;
mod figures;
mod formula;
mod ids;
mod number;
mod read;
mod set;
mod table;
pub mod unit;
mod values;

pub use codes::CODES;
pub use difference::{Change, Shift, difference};
pub use fields::{KINDS, Kind};
pub use figure::{Amount, Aspect, Bound, Confidence, Direction, Figure, Figures, Inputs, Record, RowName, Signing};
pub use ids::Ids;
pub use number::{Number, NumberProblem};
pub use read::{LostFile, read};
pub use set::{ConflictEntry, ConflictKind, Contents, Data, DataSet, Release, ReleaseChange, SourceEntry, TermEntry};
pub use table::{
    Cell, CellValue, Column, ColumnKind, ColumnUnit, Derived, Digits, End, Ends, Order, RecordPages, Row, Table, Typed,
};
pub use unit::{Base, Dimensions, Measure, Thing, Unit, UnitProblem};
