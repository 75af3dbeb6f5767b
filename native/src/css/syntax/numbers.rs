//! Numbers: layout needs short ones. The same as `_css/numbers.py`.

const MOST: usize = 6;
const LARGEST: &str = "999999";
const LARGEST_OF_32_BITS: &str = "2147483647";

/// Cut a number to six digits before the point and four after it.
pub fn layout_number(number: &str) -> String {
    cut(number, Some(4))
}

/// Cut a number to six digits in all.
pub fn short_number(number: &str) -> String {
    cut(number, None)
}

/// Write zeros for the digits of a number.
pub fn zeros(number: &str) -> String {
    let zero = |c: char| if c.is_ascii_digit() { '0' } else { c };
    number.chars().map(zero).collect()
}

/// Count the digits of a number as it is written once it is cut.
pub fn digits_of(number: &str) -> usize {
    if is_largest(number) {
        return 0;
    }
    let short = short_number(number);
    MOST.min(short.bytes().filter(u8::is_ascii_digit).count())
}

fn is_largest(number: &str) -> bool {
    number.trim_start_matches(['+', '-']) == LARGEST_OF_32_BITS
}

struct Parts<'a> {
    sign: &'a str,
    whole: &'a str,
    /// The point and what is behind it.
    fraction: &'a str,
    /// The letter and the sign.
    e: &'a str,
    exponent: &'a str,
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

fn parts(number: &str) -> Parts<'_> {
    let (sign, rest) = number.split_at(usize::from(number.starts_with(['+', '-'])));
    let (whole, rest) = split_digits(rest);
    let end = rest.find(['e', 'E']).unwrap_or(rest.len());
    let (fraction, rest) = rest.split_at(end);
    let start = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (e, exponent) = rest.split_at(start);
    Parts {
        sign,
        whole,
        fraction,
        e,
        exponent,
    }
}

fn cut(number: &str, decimals: Option<usize>) -> String {
    if is_largest(number) {
        return number.to_owned();
    }
    let Parts {
        sign,
        whole,
        fraction,
        e,
        exponent,
    } = parts(number);
    let (point, fraction) = fraction.split_at(usize::from(!fraction.is_empty()));
    let exponent = if exponent.len() > 2 { "99" } else { exponent };
    let most = MOST - decimals.map_or(exponent.len(), |_| 0);
    let mut found = (whole.to_owned(), fraction.to_owned());
    if whole.len() > most {
        found = (LARGEST[..most].to_owned(), String::new());
    }
    let room = decimals.unwrap_or(most - found.0.len());
    if found.1.len() > room {
        found = rounded(&found.0, &found.1, room);
    }
    if !point.is_empty() && found.1.is_empty() {
        found.1.push('0');
    }
    format!("{sign}{}{point}{}{e}{exponent}", found.0, found.1)
}

/// Round to so many decimals; down, if there would be one digit more.
fn rounded(whole: &str, fraction: &str, decimals: usize) -> (String, String) {
    let kept = &fraction[..decimals];
    let down = (whole.to_owned(), kept.to_owned());
    if fraction.as_bytes()[decimals] < b'5' {
        return down;
    }
    let width = whole.len() + decimals;
    let value: u64 = format!("0{whole}{kept}").parse().unwrap_or(0);
    let digits = format!("{:0width$}", value + 1);
    if digits.len() > width {
        return down;
    }
    let (whole, fraction) = digits.split_at(whole.len());
    (whole.to_owned(), fraction.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_cut() {
        for (number, layout, short) in [
            ("25.3313211", "25.3313", "25.3313"),
            ("-4711123.5", "-999999.0", "-999999.0"),
            ("1e400", "1e99", "1e99"),
            ("2147483647", "2147483647", "2147483647"),
            ("999999.99999", "999999.9999", "999999.0"),
            (".99999", ".9999", ".99999"),
            ("1.42857143", "1.4286", "1.42857"),
            ("12345e10", "12345e10", "9999e10"),
        ] {
            assert_eq!(layout_number(number), layout);
            assert_eq!(short_number(number), short);
        }
    }
}
