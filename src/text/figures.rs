//! Numbers as people write them, the same in every language.

/// Three significant digits, more only before the point: 0.0121, 1.01, 15.7, 1234. A number that has fewer, as those
/// have that people set, is written with these: 0.1, 10.
pub fn significant(number: f64) -> String {
    let exact = number.to_string();
    let rounded = with_digits(number, 3);
    if exact.len() < rounded.len() || number.fract() == 0.0 {
        exact
    } else {
        rounded
    }
}

/// A figure with all digits that were measured: nine of them are a nanosecond in a second.
pub fn measured(number: f64) -> String {
    let rounded = format!("{number:.8e}").parse().unwrap_or(number);
    if rounded.fract() == 0.0 {
        grouped(rounded as i128)
    } else {
        rounded.to_string()
    }
}

/// Two significant digits, for estimates and for figures that differ from run to run: 0.033, 1.0, 10, 123.
pub fn approximate(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else {
        with_digits(number, 2)
    }
}

fn with_digits(number: f64, digits: i32) -> String {
    // The power of ten after rounding: 9.996 has one digit before the point, 10.0 has two.
    let rounded = format!("{number:.*e}", digits as usize - 1);
    let power = rounded
        .split_once('e')
        .and_then(|(_, power)| power.parse::<i32>().ok());
    let decimals = usize::try_from(digits - 1 - power.unwrap_or(0)).unwrap_or(0);
    format!("{number:.decimals$}")
}

/// Digits in threes, with a space that never breaks, from five digits on.
pub fn grouped(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    if digits.len() < 5 {
        return number.to_string();
    }
    let sign = if number < 0 { "-" } else { "" };
    let first = digits.len() % 3;
    let groups = (0..digits.len().div_ceil(3)).map(|group| {
        let end = if first == 0 {
            (group + 1) * 3
        } else {
            first + group * 3
        };
        &digits[end.saturating_sub(3)..end]
    });
    format!("{sign}{}", groups.collect::<Vec<_>>().join("\u{a0}"))
}

/// A factor of speed: two significant digits, for the next run differs in the third; whole factors as they are.
pub(super) fn ratio_figure(ratio: f64) -> String {
    if ratio.fract() == 0.0 {
        ratio.to_string()
    } else {
        approximate(ratio)
    }
}

/// Two significant digits, and noughts behind them: 1.2, 1, 46 000.
pub(super) fn two_digits(number: f64) -> String {
    let power = number.abs().log10().floor() as i32 - 1;
    if power < 0 {
        // 1.0 says no more than 1 where it is an estimate anyway.
        let figure = approximate(number);
        figure.strip_suffix(".0").unwrap_or(&figure).to_owned()
    } else {
        let last = 10f64.powi(power);
        grouped(((number / last).round() * last) as i128)
    }
}

/// A factor as people write it: 300, 1.5.
pub fn factor(number: f64) -> String {
    if number >= 10.0 {
        grouped(number.round() as i128)
    } else {
        format!("{number}")
    }
}

/// A size in the unit that fits: 763 MiB.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let power = (0..UNITS.len() - 1)
        .find(|power| bytes >> (10 * (power + 1)) == 0)
        .unwrap_or(UNITS.len() - 1);
    format!(
        "{}\u{a0}{}",
        significant(bytes as f64 / (1u64 << (10 * power)) as f64),
        UNITS[power]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_people_do() {
        assert_eq!(significant(0.012_14), "0.0121");
        assert_eq!(significant(1.009), "1.01");
        assert_eq!(significant(10.0), "10");
        assert_eq!(significant(9.999), "10.0");
        assert_eq!(significant(-0.099_96), "-0.100");
        assert_eq!(significant(1234.5), "1234");
        assert_eq!(measured(34.612_345), "34.612345");
        assert_eq!(measured(0.1 + 0.2), "0.3");
        assert_eq!(measured(12_345.0), "12\u{a0}345");
        assert_eq!(approximate(0.033_04), "0.033");
        assert_eq!(approximate(1.0), "1.0");
        assert_eq!(approximate(123.4), "123");
        assert_eq!(approximate(9.99), "10");
        assert_eq!(approximate(0.0), "0");
        assert_eq!(grouped(9999), "9999");
        assert_eq!(grouped(100_000_000), "100\u{a0}000\u{a0}000");
        assert_eq!(grouped(-12_345), "-12\u{a0}345");
        assert_eq!(size(800_000_000), "763\u{a0}MiB");
        assert_eq!(size(0), "0\u{a0}B");
    }
}
