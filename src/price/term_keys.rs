//! Under which keys a price book has the prices of terms.

use crate::policy::Term;

/// The kinds of keys under which an hour of an instance under a term stands: what is paid upfront is spread over
/// the hours of the term.
pub(super) const TERM_KEYS: [&str; 4] = [
    "ec2-one-year",
    "ec2-one-year-convertible",
    "ec2-three-years",
    "ec2-three-years-all-upfront",
];

/// The one of `term`.
pub(super) const fn term_key(term: Term) -> Option<&'static str> {
    let [one_year, convertible, three_years, all_upfront] = TERM_KEYS;
    match term {
        Term::None => None,
        Term::OneYear => Some(one_year),
        Term::OneYearConvertible => Some(convertible),
        Term::ThreeYears => Some(three_years),
        Term::ThreeYearsAllUpfront => Some(all_upfront),
    }
}
