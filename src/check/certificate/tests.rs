//! Certificates by hand, each way of being wrong, and prices judged by trying every content of a bin.

use proptest::prelude::*;

use super::*;
use crate::plan::{EqualBins, PriceBound, PricedItem};

fn item(sizes: &[u64], demand: u32, price: u64) -> PricedItem {
    PricedItem {
        name: String::new(),
        sizes: sizes.to_vec(),
        demand,
        price,
    }
}

/// The worked example of docs/METHOD.md: five items of 35 into bins of 100, two to a bin; a price of half
/// a bin each proves three bins.
fn valid() -> Certificate {
    Certificate {
        format: CERTIFICATE_FORMAT.to_owned(),
        subject: "by hand".to_owned(),
        capacity: vec![100, 10],
        items: vec![item(&[35, 1], 4, 1), item(&[35, 2], 1, 1)],
        packing: vec![
            EqualBins {
                bins: 2,
                content: vec![(0, 2)],
            },
            EqualBins {
                bins: 1,
                content: vec![(1, 1)],
            },
        ],
        bound: PriceBound {
            bins: 3,
            rule: "by hand".to_owned(),
            best_pattern: 2,
            weights: vec![1, 1],
        },
    }
}

#[test]
fn a_valid_certificate_proves_what_it_says() {
    let proven = verify(&valid()).expect("accepted");
    assert_eq!(proven, ProvenCertificate { bins: 3, bound: 3 });
    assert!(proven.is_optimal());
}

#[test]
fn every_number_that_is_wrong_is_refused() {
    type Change = fn(&mut Certificate);
    let cases: [(&str, Change); 17] = [
        ("its format is", |it| {
            it.format = "eb2eks-certificate/0".to_owned()
        }),
        ("weights of 1 numbers", |it| it.bound.weights = vec![1]),
        ("item 1 of 3 numbers", |it| {
            it.items[1].sizes = vec![35, 2, 0]
        }),
        ("a capacity is larger", |it| it.capacity[0] = u64::MAX),
        ("the price of item 0 is larger", |it| {
            it.items[0].price = u64::MAX
        }),
        ("a bin holds item 2; there are 2", |it| {
            it.packing[1].content[0].0 = 2
        }),
        ("a bin holds 105 of resource 1 and offers 100", |it| {
            it.packing[0].content[0].1 = 3
        }),
        ("a bin holds 70 of resource 1 and offers 69", |it| {
            it.capacity[0] = 69
        }),
        ("item 0 is packed 2 times, its demand is 4", |it| {
            it.packing[0].bins = 1
        }),
        ("item 0 is packed 4 times, its demand is 5", |it| {
            it.items[0].demand = 5
        }),
        ("item 1 is packed 0 times", |it| it.packing[1].bins = 0),
        ("it claims a bound of 4 bins", |it| it.bound.bins = 4),
        ("it claims a bound of 2 bins", |it| it.bound.bins = 2),
        (
            "it claims a bound of 3 bins; prices that add up to 5 over 0",
            |it| it.bound.best_pattern = 0,
        ),
        (
            "it claims a bound of 3 bins; prices that add up to 6 over 1",
            |it| {
                it.items[1].price = 2;
                it.bound.best_pattern = 1;
            },
        ),
        (
            "a bin can hold items of 2 in prices, more than the claimed 1",
            |it| {
                it.bound.best_pattern = 1;
                it.bound.bins = 5;
            },
        ),
        (
            "a bin can hold items of 3 in prices, more than the claimed 2",
            |it| {
                it.items[1].price = 2;
            },
        ),
    ];
    for (message, change) in cases {
        let mut certificate = valid();
        change(&mut certificate);
        let refused = verify(&certificate).expect_err(message).to_string();
        assert!(refused.starts_with(message), "{refused}");
    }
}

#[test]
fn work_without_end_is_called_unsettled() {
    let mut certificate = valid();
    certificate.capacity = vec![MOST, MOST];
    certificate.items = vec![item(&[1, 1], u32::MAX, 1), item(&[1, 1], u32::MAX, 2)];
    certificate.packing = vec![EqualBins {
        bins: 1,
        content: vec![(0, u32::MAX), (1, u32::MAX)],
    }];
    certificate.bound = PriceBound {
        bins: u32::MAX,
        rule: String::new(),
        best_pattern: 3,
        weights: vec![1, 1],
    };
    assert!(matches!(
        verify(&certificate),
        Err(CertificateError::Unsettled { .. } | CertificateError::Dearer { .. })
    ));
}

#[test]
fn without_prices_no_table_is_made_however_large_a_bin_is() {
    let mut certificate = valid();
    certificate.capacity = vec![MOST, MOST];
    certificate.items.iter_mut().for_each(|item| item.price = 0);
    certificate.bound = PriceBound {
        bins: 0,
        rule: String::new(),
        best_pattern: 1,
        weights: vec![1, 1],
    };
    assert_eq!(
        verify(&certificate),
        Ok(ProvenCertificate { bins: 3, bound: 0 })
    );
    // One price, and sizes that no unit makes small.
    certificate.items[0] = item(&[MOST / 2 - 1, 1], 4, 3);
    certificate.packing[0].content = vec![(0, 2)];
    assert!(!single::holds(&certificate));
}

#[test]
fn a_certificate_about_other_items_is_told() {
    assert_eq!(is_about(&valid(), "2\n100 10\n2\n35 1 4\n35 2 1\n"), Ok(()));
    assert_eq!(
        is_about(&valid(), "2 100 10 2 35 1 4 35 2 2"),
        Err("number 10 of the file is 2, the certificate has 1".to_owned())
    );
    assert_eq!(
        is_about(&valid(), "2 100 10 2 35 1 4"),
        Err("number 8 of the file is nothing, the certificate has 35".to_owned())
    );
    assert_eq!(
        is_about(&valid(), "2 100 10 2 35 1 4 35 2 1 7"),
        Err("the file goes on after 10 numbers".to_owned())
    );
}

/// The dearest content of one bin, by trying every one.
fn dearest(certificate: &Certificate, position: usize, free: &[u64]) -> u64 {
    let Some(item) = certificate.items.get(position) else {
        return 0;
    };
    let mut best = 0;
    for copies in 0..=item.demand {
        let left = free
            .iter()
            .zip(&item.sizes)
            .map(|(&free, &size)| free.checked_sub(size * u64::from(copies)));
        let Some(left) = left.collect::<Option<Vec<u64>>>() else {
            break;
        };
        best = best.max(item.price * u64::from(copies) + dearest(certificate, position + 1, &left));
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_claim_is_accepted_exactly_where_no_content_is_dearer(
        capacity in prop::collection::vec(1_u64..5000, 2),
        rows in prop::collection::vec((prop::collection::vec(0_u64..3000, 2), 1_u32..4, 0_u64..50), 1..6),
        weights in prop::collection::vec(0_u64..5, 2),
        off in -1_i64..2,
    ) {
        let mut certificate = valid();
        certificate.capacity = capacity;
        certificate.items = rows.iter().map(|(sizes, demand, price)| item(sizes, *demand, *price)).collect();
        let truth = dearest(&certificate, 0, &certificate.capacity);
        certificate.bound.best_pattern = truth.saturating_add_signed(off).max(1);
        certificate.bound.weights = weights;
        let sum: u64 = certificate.items.iter().map(|item| item.price * u64::from(item.demand)).sum();
        certificate.bound.bins = u32::try_from(sum.div_ceil(certificate.bound.best_pattern)).expect("small");
        prop_assert_eq!(bound(&certificate).is_ok(), certificate.bound.best_pattern >= truth);
    }

    #[test]
    fn prices_that_follow_sizes_are_dearest_where_they_say(
        capacity in 1_u64..60,
        rows in prop::collection::vec((1_u64..60, 1_u32..4, 0_u64..70), 1..6),
    ) {
        let mut certificate = valid();
        certificate.capacity = vec![capacity];
        certificate.items = rows.iter().map(|&(size, demand, price)| item(&[size], demand, price)).collect();
        certificate.bound.best_pattern = capacity;
        certificate.bound.weights = vec![0];
        if threshold::holds(&certificate) {
            prop_assert!(dearest(&certificate, 0, &certificate.capacity) <= capacity);
        }
    }

    #[test]
    fn one_resource_keeps_exactly_the_claims_that_no_content_breaks(
        capacity in 1_u64..90,
        rows in prop::collection::vec((0_u64..30, 1_u32..5, 0_u64..70), 1..6),
        off in -1_i64..2,
    ) {
        let mut certificate = valid();
        certificate.capacity = vec![3 * capacity];
        certificate.items = rows.iter().map(|&(size, demand, price)| item(&[3 * size], demand, price)).collect();
        let truth = dearest(&certificate, 0, &certificate.capacity);
        certificate.bound.best_pattern = truth.saturating_add_signed(off);
        prop_assert_eq!(single::holds(&certificate), certificate.bound.best_pattern >= truth);
        // A resource more can only forbid contents.
        certificate.capacity.push(10);
        certificate.items.iter_mut().for_each(|item| item.sizes.push(4));
        if certificate.bound.best_pattern >= truth {
            prop_assert!(single::holds(&certificate));
        }
    }
}
