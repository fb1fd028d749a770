//! What binding oneself takes off, and what is bound already.

use jiff::civil::date;

use super::{TOKYO, book, environment, policy, pricing, rows, today_under, usd};
use crate::price::{
    AlternativeKind, Bill, BillKey, Regions, SpotHours, commitment_lines, term_lines,
};
use crate::units::Quantity;

fn regions() -> Regions<'static> {
    Regions::from([("shop", TOKYO), ("stg", TOKYO)])
}

fn terms(text: &str, bill: &Bill, interruptible: &[SpotHours]) -> Bill {
    let policy = policy(text);
    let book = book(&policy);
    Bill::new(
        BillKey::TermsOf(AlternativeKind::AsIs),
        term_lines(bill, &regions(), interruptible, &pricing(&book, &policy)),
    )
}

#[test]
fn a_term_takes_its_discount_off_the_hours_that_it_covers() {
    // Four m5.large: 2,920 h, 80 % of them 2,336; 37.0 % of 0.124 is 0.04588. t3.small: 37.1 % of 0.0272.
    let bill = today_under(
        "",
        &[environment("shop", &[("m5.large", 4), ("t3.small", 1)])],
    );
    let terms = terms("", &bill, &[]);
    assert_eq!(
        rows(&terms),
        [
            "ap-northeast-1: 2336 instance-hour of m5.large, one-year term = -107.18",
            "ap-northeast-1: 584 instance-hour of t3.small, one-year term = -5.89",
        ]
    );
}

#[test]
fn the_policy_knows_its_discounts_better_and_one_that_nobody_knows_is_no_discount_of_nothing() {
    let bill = today_under(
        "",
        &[environment("shop", &[("m5.large", 1), ("c5d.large", 1)])],
    );
    let own = terms(
        "[prices.terms]\nterm = \"three-years\"\ncoverage = 1.0\ndiscounts = { m5 = 0.5 }\n",
        &bill,
        &[],
    );
    // 730 x 0.062
    assert_eq!(
        rows(&own),
        [
            "ap-northeast-1: 730 instance-hour of c5d.large, three-year term = unknown",
            "ap-northeast-1: 730 instance-hour of m5.large, three-year term = -45.26",
        ]
    );
    assert_eq!(own.unpriced_lines, 1);
    assert_eq!(
        terms("[prices.terms]\nterm = \"none\"\n", &bill, &[])
            .lines
            .len(),
        0
    );
}

#[test]
fn what_is_interruptible_is_spot_and_is_not_bound_as_well() {
    let bill = today_under("", &[environment("stg", &[("m5.large", 2)])]);
    let hours = Quantity::from(730_u32);
    let part = SpotHours {
        subject: "stg".to_owned(),
        instance_type: "m5.large".to_owned(),
        hours,
    };
    // 730 x 0.6 x 0.124 off; 80 % of the other 730 bound.
    assert_eq!(
        rows(&terms("", &bill, &[part])),
        [
            "ap-northeast-1: 584 instance-hour of m5.large, one-year term = -26.79",
            "stg: 730 instance-hour of m5.large on the spot market = -54.31",
        ]
    );
}

#[test]
fn a_stated_price_of_the_term_wins_over_discounts() {
    let stated = "[prices]\noverrides = { \"ap-northeast-1/ec2-one-year/m5.large\" = \"0.093\" }\n[prices.terms]\ndiscounts = { m5 = 0.9 }\n";
    let bill = today_under(stated, &[environment("shop", &[("m5.large", 1)])]);
    let terms = terms(stated, &bill, &[]);
    // (0.124 - 0.093) / 0.124 = 25 %: 584 x 0.031 = 18.10.
    assert_eq!(
        rows(&terms),
        ["ap-northeast-1: 584 instance-hour of m5.large, one-year term = -18.10"]
    );
    assert!(
        terms.lines[0]
            .source
            .to_string()
            .contains("ec2-one-year/m5.large"),
        "{}",
        terms.lines[0].source
    );
}

#[test]
fn windows_licences_have_no_terms() {
    let mut iis = environment("shop", &[("m5.large", 1)]);
    "Windows Server 2022".clone_into(&mut iis.platform);
    // 584 x 0.04588, as for Linux.
    assert_eq!(
        terms("", &today_under("", &[iis]), &[]).total,
        usd("-26.79")
    );
}

const BOUND: &str = "[[prices.commitments]]\nname = \"ri\"\nregion = \"ap-northeast-1\"\ninstance_type = \"m5.large\"\ncount = 4\nusd_per_hour = \"0.0864\"\nuntil = \"2027-03-31\"\n";

fn commitments(text: &str, types: &[(&str, u32)], day: jiff::civil::Date) -> Vec<String> {
    let policy = policy(text);
    let book = book(&policy);
    let bill = today_under("", &[environment("shop", types)]);
    rows(&Bill::new(
        BillKey::CommitmentsOf(AlternativeKind::AsIs),
        commitment_lines(&bill, &regions(), day, &pricing(&book, &policy)),
    ))
}

#[test]
fn what_is_bound_and_used_is_cheaper_and_what_is_not_used_is_paid_for_nothing() {
    let today = date(2026, 11, 15);
    // m5.xlarge costs as two m5.large: one of them uses two of the four.
    assert_eq!(
        commitments(BOUND, &[("m5.xlarge", 1)], today),
        [
            "ri: 1460 instance-hour of m5.large bound and not used = 126.14",
            "ri: 1460 instance-hour of m5.large covered = -54.90",
        ]
    );
    assert_eq!(
        commitments(BOUND, &[("m5.large", 9)], today),
        ["ri: 2920 instance-hour of m5.large covered = -109.79"]
    );
    assert_eq!(
        commitments(BOUND, &[("c5.large", 9)], today),
        ["ri: 2920 instance-hour of m5.large bound and not used = 252.29"]
    );
    // A Compute Savings Plan covers any family.
    let any = BOUND.replace("until", "any_family = true\nuntil");
    assert_eq!(
        commitments(&any, &[("c5.large", 9)], today),
        ["ri: 2920 instance-hour of m5.large covered = -109.79"]
    );
}

#[test]
fn a_commitment_ends() {
    assert_eq!(
        commitments(BOUND, &[("m5.large", 4)], date(2027, 3, 31)),
        Vec::<String>::new()
    );
}
