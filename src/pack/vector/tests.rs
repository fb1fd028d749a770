//! A referee that knows the definition of vector packing and nothing of the search; small problems
//! solved by trying everything; instances of the published classes, made up anew from a seed.

use proptest::prelude::*;

use super::chance::Chance;
use super::*;
use crate::check;

fn steps(steps: u64) -> Budget<'static> {
    Budget::new(steps, &|| false)
}

fn problem(capacity: &[u64], rows: &[(Vec<u64>, u32)]) -> Problem {
    let types: Vec<ItemType> = rows
        .iter()
        .map(|(sizes, demand)| ItemType {
            sizes: sizes.clone(),
            demand: *demand,
        })
        .collect();
    Problem::new(capacity.to_vec(), &types).expect("every item fits an empty bin")
}

/// Every item in a bin, no bin over capacity, no empty bins.
fn assert_legal(problem: &Problem, solution: &Solution) {
    let mut packed = vec![0; problem.types()];
    for bin in &solution.bins {
        assert!(!bin.is_empty(), "an empty bin");
        for resource in 0..problem.resources() {
            let load: u64 = bin
                .iter()
                .map(|&(item, copies)| problem.sizes(item)[resource] * u64::from(copies))
                .sum();
            assert!(load <= problem.capacity()[resource]);
        }
        bin.iter()
            .for_each(|&(item, copies)| packed[item] += copies);
    }
    let demand: Vec<u32> = (0..problem.types())
        .map(|item| problem.demand(item))
        .collect();
    assert_eq!(packed, demand);
}

/// The fewest bins, by trying every set of items as the last bin.
fn fewest(problem: &Problem) -> u32 {
    let items: Vec<usize> = (0..problem.types())
        .flat_map(|item| (0..problem.demand(item)).map(move |_| item))
        .collect();
    let in_set = |set: usize| {
        items
            .iter()
            .enumerate()
            .filter(move |(place, _)| set >> place & 1 == 1)
            .map(|(_, &item)| item)
    };
    let fits = |set: usize| {
        (0..problem.resources()).all(|resource| {
            in_set(set)
                .map(|item| problem.sizes(item)[resource])
                .sum::<u64>()
                <= problem.capacity()[resource]
        })
    };
    let all = (1 << items.len()) - 1;
    let mut fewest = vec![0_u32; all + 1];
    for set in 1..=all {
        let mut last = set;
        let mut best = u32::MAX;
        while last > 0 {
            if fits(last) {
                best = best.min(fewest[set & !last] + 1);
            }
            last = (last - 1) & set;
        }
        fewest[set] = best;
    }
    fewest[all]
}

/// Classes 1 to 10 of Caprara & Toth (Discrete Applied Mathematics 111, 2001), as Stillwell's generator
/// has them.
fn class(class: u32, items: usize, seed: u64) -> Problem {
    let mut chance = Chance::new(seed);
    let mut between = |low: u64, high: u64| {
        low + u64::try_from(chance.below(usize::try_from(high - low + 1).expect("small")))
            .expect("small")
    };
    if class == 10 {
        // Triplets that fill a bin exactly.
        let mut rows = Vec::new();
        for _ in 0..items / 3 {
            let (one, other) = (
                [between(25, 50), between(25, 50)],
                [between(25, 50), between(25, 50)],
            );
            let third = [100 - one[0] - other[0], 100 - one[1] - other[1]];
            rows.extend([one, other, third].map(|sizes| (sizes.to_vec(), 1)));
        }
        return problem(&[100, 100], &rows);
    }
    let mut pair = || match class {
        1 | 9 => [between(100, 400), between(100, 400)],
        2 => [between(1, 1000), between(1, 1000)],
        3 => [between(200, 800), between(200, 800)],
        4 => [between(50, 200), between(50, 200)],
        5 => [between(25, 100), between(25, 100)],
        6 => [between(20, 100), between(20, 100)],
        7 => {
            let size = between(20, 100);
            [size, between(size - 10, size + 10)]
        }
        _ => {
            let size = between(20, 100);
            [size, between(110 - size, 130 - size)]
        }
    };
    let rows: Vec<(Vec<u64>, u32)> = (0..items).map(|_| (pair().to_vec(), 1)).collect();
    let sum = |resource: usize| rows.iter().map(|(sizes, _)| sizes[resource]).sum::<u64>();
    let capacity = match class {
        1..=5 => vec![1000, 1000],
        9 => {
            let bins = sum(0).max(sum(1)).div_ceil(1000);
            vec![sum(0).div_ceil(bins), sum(1).div_ceil(bins)]
        }
        _ => vec![150, 150],
    };
    problem(&capacity, &rows)
}

#[test]
fn two_that_never_meet_and_two_that_do() {
    // The worked example of docs/METHOD.md: by volume 2 bins would do, but no two of the first fit one.
    let problem = problem(&[10, 10], &[(vec![6, 2], 3), (vec![4, 5], 2)]);
    let solution = solve(&problem, &steps(100_000));
    assert_legal(&problem, &solution);
    assert_eq!(
        (solution.used(), solution.bound.bins, solution.bound.rule),
        (3, 3, Rule::Volume(0))
    );
}

#[test]
fn prices_prove_what_no_volume_does() {
    // Three kinds of half a bin and a bit in two of three resources: any two collide. Volume says 2.
    let problem = problem(
        &[10, 10, 10],
        &[(vec![6, 6, 1], 1), (vec![1, 6, 6], 1), (vec![6, 1, 6], 1)],
    );
    let solution = solve(&problem, &steps(100_000));
    assert_eq!(
        (solution.used(), solution.bound.bins, solution.bound.rule),
        (3, 3, Rule::Conflicts)
    );
    // Five of 35 into bins of 100: two to a bin. A price of half a bin each proves 3.
    let problem = super::tests::problem(&[100], &[(vec![35], 5)]);
    let solution = solve(&problem, &steps(100_000));
    assert_eq!(
        (solution.used(), solution.bound.bins, solution.bound.rule),
        (3, 3, Rule::Patterns)
    );
}

#[test]
fn one_resource_proves_what_its_volume_does_not() {
    // Forty apps of 3 GiB on nodes of 10, all with another CPU: by volume 12 nodes; three fill a node, so 14.
    let rows: Vec<(Vec<u64>, u32)> = (0..40).map(|row| (vec![3, 10 + row], 1)).collect();
    let problem = problem(&[10, 1000], &rows);
    let solution = solve(&problem, &steps(200_000));
    assert_legal(&problem, &solution);
    assert_eq!(
        (solution.used(), solution.bound.bins, solution.bound.rule),
        (14, 14, Rule::OneResource(0))
    );
    check::verify(&Certificate::new(
        "",
        &problem,
        &solution,
        &[],
        String::new(),
    ))
    .expect("accepted");
}

#[test]
fn sizes_without_a_common_step_are_packed_and_certified_all_the_same() {
    // As above in bytes, where one app asks for a byte more: no table of every room would end.
    let rows: Vec<(Vec<u64>, u32)> = (0..40)
        .map(|row| (vec![3_000_000_000 + u64::from(row == 7), 10 + row], 1))
        .collect();
    let problem = problem(&[10_000_000_000, 1000], &rows);
    let solution = solve(&problem, &steps(200_000));
    assert_legal(&problem, &solution);
    assert_eq!(solution.used(), 14);
    assert_ne!(solution.bound.rule, Rule::OneResource(0));
    check::verify(&Certificate::new(
        "",
        &problem,
        &solution,
        &[],
        String::new(),
    ))
    .expect("accepted");
}

#[test]
fn a_fleet_whose_memory_comes_in_steps_is_certified() {
    for seed in 0..2 {
        let mut chance = Chance::new(seed);
        let mut row = || {
            // Most are small, a few nearly fill a node, as in fleets.
            let memory = 64
                * [
                    chance.below(15) + 5,
                    chance.below(75) + 10,
                    chance.below(195) + 15,
                ][chance.below(8).min(2)];
            let sizes = vec![
                u64::try_from(memory).expect("small"),
                10 * u64::try_from(chance.below(200) + 5).expect("small"),
                1,
            ];
            (sizes, 2 + u32::try_from(chance.below(3)).expect("small"))
        };
        let rows: Vec<(Vec<u64>, u32)> = (0..600).map(|_| row()).collect();
        let problem = problem(&[13526, 7470, 52], &rows);
        let solution = solve(&problem, &steps(1_500_000));
        assert_legal(&problem, &solution);
        check::verify(&Certificate::new(
            "",
            &problem,
            &solution,
            &[],
            String::new(),
        ))
        .expect("accepted");
        assert!(
            solution.used() - solution.bound.bins <= 1,
            "seed {seed}: {} bins, bound {}",
            solution.used(),
            solution.bound.bins
        );
    }
}

#[test]
fn every_class_is_packed_legally_and_certified() {
    for number in 1..=10 {
        let problem = class(number, 24, u64::from(number));
        let solution = solve(&problem, &steps(2_000_000));
        assert_legal(&problem, &solution);
        let proven = check::verify(&Certificate::new(
            "made up",
            &problem,
            &solution,
            &[],
            String::new(),
        ))
        .expect("accepted");
        assert_eq!(
            (proven.bins, proven.bound),
            (u64::from(solution.used()), u64::from(solution.bound.bins))
        );
        assert!(
            solution.is_optimal(),
            "class {number}: {} bins, bound {}",
            solution.used(),
            solution.bound.bins
        );
    }
}

#[test]
fn triplets_that_fill_every_bin_are_found() {
    for seed in 0..3 {
        let solution = solve(&class(10, 51, seed), &steps(20_000_000));
        assert_eq!(
            (solution.used(), solution.bound.bins),
            (17, 17),
            "seed {seed}"
        );
    }
}

#[test]
fn no_budget_is_too_small_for_a_legal_answer() {
    for budget in [0, 1, 10, 1000, 30_000] {
        for number in [1, 4, 9, 10] {
            let problem = class(number, 60, 7);
            let solution = solve(&problem, &steps(budget));
            assert_legal(&problem, &solution);
            assert!(solution.bound.bins <= solution.used());
            check::verify(&Certificate::new(
                "",
                &problem,
                &solution,
                &[],
                String::new(),
            ))
            .expect("accepted");
        }
    }
}

#[test]
fn the_caller_can_stop_it() {
    let problem = class(9, 150, 1);
    let asked = std::cell::Cell::new(0);
    let solution = solve(
        &problem,
        &Budget::new(u64::MAX, &|| asked.replace(asked.get() + 1) >= 20),
    );
    assert_legal(&problem, &solution);
}

#[test]
fn nothing_needs_no_bin() {
    for rows in [vec![], vec![(vec![3, 3], 0)]] {
        let solution = solve(&problem(&[10, 10], &rows), &steps(1000));
        assert_eq!((solution.used(), solution.bound.bins), (0, 0));
        check::verify(&Certificate::new(
            "",
            &problem(&[10, 10], &rows),
            &solution,
            &[],
            String::new(),
        ))
        .expect("accepted");
    }
}

#[test]
fn thousands_of_replicas_cost_no_more_than_their_rows() {
    // 40 apps with 500 replicas each: 20,000 items in 40 rows.
    let rows: Vec<(Vec<u64>, u32)> = (0..40)
        .map(|row| (vec![300 + 37 * row % 900, 500 + 191 * row % 2100, 1], 500))
        .collect();
    let problem = problem(&[4000, 6000, 50], &rows);
    let solution = solve(&problem, &steps(3_000_000));
    assert_legal(&problem, &solution);
    assert!(
        solution.used() - solution.bound.bins <= 1,
        "{} {}",
        solution.used(),
        solution.bound.bins
    );
}

/// Few items, of up to three resources, some so large that they collide.
fn small() -> impl Strategy<Value = (Vec<u64>, Vec<(Vec<u64>, u32)>)> {
    (1_usize..=3).prop_flat_map(|resources| {
        let capacity = prop::collection::vec(1_u64..40, resources);
        let row = (prop::collection::vec(0_u64..40, resources), 1_u32..4);
        (capacity, prop::collection::vec(row, 1..5))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn an_error_is_infeasible_and_an_answer_is_the_fewest((capacity, rows) in small()) {
        let types: Vec<ItemType> = rows.iter().map(|(sizes, demand)| ItemType { sizes: sizes.clone(), demand: *demand }).collect();
        let is_feasible = rows.iter().all(|(sizes, _)| sizes.iter().zip(&capacity).all(|(size, capacity)| size <= capacity));
        match Problem::new(capacity, &types) {
            Err(error) => prop_assert!(!is_feasible, "{error}"),
            Ok(problem) => {
                prop_assert!(is_feasible);
                let solution = solve(&problem, &steps(200_000));
                assert_legal(&problem, &solution);
                let fewest = fewest(&problem);
                prop_assert!(solution.bound.bins <= fewest);
                prop_assert_eq!(solution.used(), fewest);
                let certificate = Certificate::new("", &problem, &solution, &[], String::new());
                prop_assert!(check::verify(&certificate).is_ok());
                prop_assert!(quick_bound(&problem).bins <= solution.bound.bins);
            }
        }
    }

    #[test]
    fn shuffling_changes_nothing((capacity, rows) in small(), seed in any::<u64>()) {
        let fitting = rows.into_iter().filter(|(sizes, _)| sizes.iter().zip(&capacity).all(|(size, capacity)| size <= capacity));
        let rows: Vec<(Vec<u64>, u32)> = fitting.collect();
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|(sizes, demand)| (sizes.iter().sum::<u64>() ^ seed ^ u64::from(*demand)).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (one, other) = (solve(&problem(&capacity, &rows), &steps(50_000)), solve(&problem(&capacity, &shuffled), &steps(50_000)));
        prop_assert_eq!((one.used(), one.bound.bins, one.bound.rule), (other.used(), other.bound.bins, other.bound.rule));
    }
}
