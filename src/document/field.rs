//! Field tables: the keys that a table may hold, and the shape of their values.

/// One key that a table may hold.
#[derive(Debug)]
pub struct Field {
    /// The key as typed.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// Whether the table is incomplete without it.
    pub required: bool,
    /// Whether it is one of the table's alternatives, of which exactly one must be there. Their reader holds that, who can
    /// say more about it than a table can.
    pub alternative: bool,
    /// One sentence for the schema and for help texts.
    pub about: &'static str,
}

/// What a value looks like.
#[derive(Debug)]
pub enum Shape {
    /// A string, taken as it is.
    Text,
    /// A string that holds inline Markdown.
    Markdown,
    /// A string that is an id: `[a-z0-9]+(-[a-z0-9]+)*` with dots between parts.
    Id,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A whole or decimal number.
    Number,
    /// A TOML date, or a string that is one: `2026`, `2026-Q1`, `2026-01`, `2026-01-31`. A bare year may be an integer.
    Date,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A list of one shape.
    List(&'static Shape),
    /// A list that names things: at least one, and each once.
    Names(&'static Shape),
    /// Any of these shapes.
    Either(&'static [Shape]),
    /// A table with known keys.
    Table(&'static [Field]),
    /// A table with known keys, beside which the author's own ids may stand. Their values should have the second shape;
    /// that is held by the reader, who can say more about them.
    Open(&'static [Field], &'static Shape),
    /// A table whose keys are the author's ids and whose values have one shape.
    Map(&'static Shape),
    /// A value that its reader holds against this shape, since it can say more about what is wrong than a shape can.
    ByReader(&'static Shape),
    /// Anything at all, such as `[extra]`.
    Anything,
}

impl Field {
    /// A key that may be left out.
    pub const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, required: false, alternative: false, about }
    }

    /// A key that must be there.
    pub const fn required(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, required: true, alternative: false, about }
    }

    /// A key that stands for others: exactly one of the table's alternatives must be there.
    pub const fn alternative(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, required: false, alternative: true, about }
    }
}
