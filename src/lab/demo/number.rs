//! Numbers as people write them: `1,000`, `2_500`, `1 000 000`, `1.5`, `1,5`, full-width digits. A text that could
//! be two different numbers is refused.

/// A whole number.
pub fn whole(text: &str) -> Option<i128> {
    let (sign, body) = plain(text)?;
    let digits = match body.rsplit_once('.') {
        None => ungrouped(&body)?,
        Some((before, after)) if is_digits(after) && !before.contains('.') => {
            let is_zero = after.bytes().all(|digit| digit == b'0');
            // 10.000 is ten to some and ten thousand to others.
            let is_clear = after.len() != 3 || before.contains([' ', ',']);
            ungrouped(before).filter(|_| is_zero && is_clear)?
        }
        Some(_) => ungrouped(&body)?,
    };
    digits.parse::<i128>().ok().map(|number| sign * number)
}

/// A number that may have decimals.
pub fn decimal(text: &str) -> Option<f64> {
    let Some((sign, body)) = plain(text) else {
        // 1e9, as programs write them.
        let number = text.trim().parse::<f64>().ok();
        return number.filter(|number| number.is_finite());
    };
    let number = match body.rfind(['.', ',']) {
        // A single comma three digits before the end, as in 1,000, can only separate groups.
        Some(at)
            if body[at..].starts_with(',')
                && ungrouped(&body).is_some_and(|_| body.len() - at == 4) =>
        {
            ungrouped(&body)?.parse().ok()?
        }
        Some(at) if body.matches(&body[at..=at]).count() == 1 => {
            let (before, after) = (ungrouped(&body[..at])?, &body[at + 1..]);
            if !after.is_empty() && !is_digits(after) {
                return None;
            }
            format!("{before}.{after}").parse().ok()?
        }
        _ => ungrouped(&body)?.parse::<f64>().ok()?,
    };
    let number = sign as f64 * number;
    number.is_finite().then_some(number)
}

/// The sign, and the rest in ASCII, each kind of space, `_` and `'` as a space.
fn plain(text: &str) -> Option<(i128, String)> {
    let ascii = text.trim().chars().map(|letter| match letter {
        '０'..='９' => char::from_digit(letter as u32 - '０' as u32, 10).unwrap_or(letter),
        '．' => '.',
        '，' => ',',
        '－' | '−' => '-',
        '＋' => '+',
        '_' | '\'' | '’' | '＿' => ' ',
        space if space.is_whitespace() => ' ',
        other => other,
    });
    let ascii: String = ascii.collect();
    let (sign, body) = match ascii.strip_prefix('-') {
        Some(body) => (-1, body),
        None => (1, ascii.strip_prefix('+').unwrap_or(&ascii)),
    };
    let is_number = body.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && body
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b" .,".contains(&byte));
    is_number.then(|| (sign, body.to_owned()))
}

/// The digits without the separators between groups: groups of three, or of four as the Chinese count.
fn ungrouped(body: &str) -> Option<String> {
    if body.is_empty() || is_digits(body) {
        return Some(body.to_owned());
    }
    let separator = body.chars().find(|letter| !letter.is_ascii_digit())?;
    let groups: Vec<&str> = body.split(separator).collect();
    let (first, others) = groups.split_first()?;
    let are_of = |length: usize| {
        (1..=length).contains(&first.len()) && others.iter().all(|group| group.len() == length)
    };
    let are_groups = groups.iter().all(|group| is_digits(group))
        && !first.starts_with('0')
        && (are_of(3) || are_of(4) && separator != '.');
    are_groups.then(|| groups.concat())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_as_they_are_meant_or_not_at_all() {
        for (text, number) in [
            ("12", 12),
            (" 12 ", 12),
            ("1,000", 1_000),
            ("2_500", 2_500),
            ("1 000 000", 1_000_000),
            ("100\u{a0}000\u{a0}000", 100_000_000),
            ("1'000", 1_000),
            ("1.000.000", 1_000_000),
            ("10.0", 10),
            ("1,000.00", 1_000),
            ("１００", 100),
            ("１，０００", 1_000),
            ("10,0000", 100_000),
            ("-1", -1),
            ("−5", -5),
            ("+7", 7),
            ("007", 7),
        ] {
            assert_eq!(whole(text), Some(number), "{text}");
        }
        for text in [
            "",
            "-",
            "twelve",
            "10.000",
            "1.500",
            "1.5",
            "1,5",
            "1,00",
            "1,",
            ",000",
            "1,000,00",
            "1 2",
            "0,500",
            "1,000.5",
            "1,000_000",
            "1e3",
            "0x10",
            "1..0",
            "--1",
            "1-2",
            "NaN",
            "inf",
            "½",
            "十",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_may_have_a_comma() {
        for (text, number) in [
            ("1.5", 1.5),
            ("1,5", 1.5),
            ("１．５", 1.5),
            ("10.000", 10.0),
            ("1,000", 1000.0),
            ("0,500", 0.5),
            ("0.1", 0.1),
            (".5", 0.5),
            ("5.", 5.0),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1 234,5", 1234.5),
            ("1_000", 1000.0),
            ("1,000,000", 1e6),
            ("-2.5", -2.5),
            ("600", 600.0),
        ] {
            assert_eq!(decimal(text), Some(number), "{text}");
        }
        for text in [
            "", ".", "-", "1.5.2", "1,5,2", "1,5.2.3", "NaN", "inf", "-inf", "ten", "1.5s", "1,,5",
            ",5",
        ] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
