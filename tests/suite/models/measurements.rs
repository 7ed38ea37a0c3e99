//! Ten thousand rows as a machine would write them, the same on every machine.

use std::fmt::Write;

const STATIONS: usize = 100;
const DAYS: usize = 100;
const KINDS: [&str; 4] = ["air", "road", "soil", "water"];
const MONTHS: [usize; 4] = [31, 28, 31, 30];

/// A linear congruential generator with Knuth's constants for 64 bits.
struct Draws(u64);

impl Draws {
    /// The next number below `n`.
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// The CSV files of the case: name and text.
pub(super) fn files() -> [(String, String); 3] {
    let mut draws = Draws(20_261_101);
    let mut measurements = "id,station,day,kind,temperature_c,visits\n".to_owned();
    for at in 0..STATIONS * DAYS {
        let kind = KINDS[draws.below(4) as usize];
        let tenths = draws.below(600) as i64 - 250;
        // About one in fifty is missing.
        let visits = if draws.below(50) == 0 { String::new() } else { draws.below(2_000).to_string() };
        let sign = if tenths < 0 { "-" } else { "" };
        let (station, day) = (station(at % STATIONS), day(at / STATIONS));
        let temperature = format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10);
        writeln!(measurements, "m{:05},{station},{day},{kind},{temperature},{visits}", at + 1).unwrap();
    }
    let list = |header: &str, count: usize, line: fn(usize) -> String| {
        (0..count).fold(format!("{header}\n"), |text, at| text + &line(at) + "\n")
    };
    [
        ("measurements.csv".to_owned(), measurements),
        ("stations.csv".to_owned(), list("station", STATIONS, station)),
        ("days.csv".to_owned(), list("day", DAYS, day)),
    ]
}

fn station(at: usize) -> String {
    format!("st-{:03}", at + 1)
}

/// The day so many days after the first of January 2026.
fn day(mut after: usize) -> String {
    let month = MONTHS.iter().position(|days| {
        let is_it = after < *days;
        if !is_it {
            after -= days;
        }
        is_it
    });
    format!("2026-{:02}-{:02}", month.unwrap() + 1, after + 1)
}
