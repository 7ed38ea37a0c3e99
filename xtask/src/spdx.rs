//! SPDX license expressions, as crates write them in their manifests: whether one can be met with what is accepted.

/// Whether `expression` can be met with licenses that `accepted` knows. One that can't be read is not met.
///
/// An exception belongs to its license's name, as in `Apache-2.0 WITH LLVM-exception`. `/` is an older `OR`.
pub(crate) fn allows(expression: &str, accepted: impl Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut reader = Reader { words: spaced.split_whitespace().collect(), at: 0, accepted: &accepted };
    let met = reader.any();
    met && reader.at == reader.words.len()
}

struct Reader<'a> {
    words: Vec<&'a str>,
    at: usize,
    accepted: &'a dyn Fn(&str) -> bool,
}

impl<'a> Reader<'a> {
    fn any(&mut self) -> bool {
        let mut met = self.all();
        while self.take("OR") {
            met |= self.all();
        }
        met
    }

    fn all(&mut self) -> bool {
        let mut met = self.one();
        while self.take("AND") {
            met &= self.one();
        }
        met
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let met = self.any();
            return self.take(")") && met;
        }
        let Some(name) = self.next() else { return false };
        if !self.take("WITH") {
            return (self.accepted)(name);
        }
        self.next().is_some_and(|exception| (self.accepted)(&format!("{name} WITH {exception}")))
    }

    fn next(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.at).copied()?;
        self.at += 1;
        Some(word)
    }

    fn take(&mut self, expected: &str) -> bool {
        let found = self.words.get(self.at) == Some(&expected);
        self.at += usize::from(found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_spdx_has_them() {
        let accepted = ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"];
        let cases = [
            ("MIT", true),
            ("GPL-3.0", false),
            ("", false),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0/MIT", true),
            ("GPL-3.0 / MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("Unicode-3.0 AND (GPL-2.0 OR (MIT))", true),
            ("GPL-3.0 OR MIT AND MPL-2.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("Apache-2.0", false),
            ("MIT MIT", false),
            ("(MIT", false),
        ];
        for (expression, expected) in cases {
            assert_eq!(allows(expression, |name| accepted.contains(&name)), expected, "{expression:?}");
        }
    }
}
