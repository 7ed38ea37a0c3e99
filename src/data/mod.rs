//! Data sets: typed values with units and records, ids of every figure, and what is calculated from them.
//!
//! This room knows nothing of pages. It reads `content/data/*.toml`, and the words in which a figure is written.

pub mod notation;

mod absence;
mod codes;
mod currency;
mod derive;
mod difference;
mod fields;
mod figure;
mod ids;
mod number;
mod read;
mod set;
mod values;

pub use codes::CODES;
pub use difference::{Change, Shift, difference};
pub use fields::{KINDS, Kind};
pub use figure::{
    Amount, Aspect, Bound, Confidence, Direction, Figure, Figures, Inputs, Record, RowName, Signing, Unit,
};
pub use ids::Ids;
pub use number::{Number, NumberProblem};
pub use read::{LostFile, read};
pub use set::{
    BandRow, Bands, Cell, ConflictEntry, Contents, Data, DataSet, Ladder, Measure, Median, Ratio, RecordColumn,
    RecordRow, Records, Release, ReleaseChange, Rung, SourceEntry, TermEntry,
};
