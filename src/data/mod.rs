//! Data sets: typed values with units and records, ids of every figure, and what is calculated from them.
//!
//! This room knows nothing of pages. It reads `content/data/*.toml`, and the words in which a figure is written.

pub mod notation;

mod absence;
mod amount;
mod broken;
mod codes;
mod currency;
mod difference;
mod fields;
mod figure;
mod figures;
mod former;
mod formula;
mod ids;
mod number;
mod read;
mod record;
mod set;
mod table;
mod picked;
pub mod unit;
mod values;

pub use amount::{Amount, Bound, Digits, Direction, Ends, Signing};
pub use codes::CODES;
pub use difference::{Change, Shift, difference};
pub use fields::{KINDS, Kind};
pub use figure::{Aspect, Figure, Figures, Inputs, RowCount, RowName};
pub use ids::Ids;
pub use number::{Number, NumberProblem};
pub use read::{LostFile, read};
pub use record::{Confidence, Record};
pub use set::{ConflictEntry, ConflictKind, Contents, Data, DataSet, Release, ReleaseChange, SourceEntry, TermEntry};
pub use table::{Cell, CellValue, Column, ColumnKind, Derived, End, Order, RecordPages, Row, Table, Typed};
pub use unit::{Base, ColumnUnit, Dimensions, Measure, Thing, Unit, UnitProblem};
