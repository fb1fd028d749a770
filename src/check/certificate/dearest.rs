//! Can a bin hold more than is claimed? Comes in: a certificate. Goes out: nothing, or a content that is
//! dearer. Refuses to go on for ever. Invariant: without an error every content of one bin, each item at
//! most as often as it is wanted, costs at most `best_pattern`.
//!
//! Items are decided one by one, how many of each; a choice is given up as soon as what it has and what
//! the rest could at most add stay within the claim. What the rest could add is looked up: for each
//! resource, and for the mixture, a table of the dearest filling of so much room, where sizes are rounded
//! down to the table's grid and the other resources are forgotten. Both can only add.

use super::CertificateError;
use super::mixture::{mixture, whole};
use crate::plan::Certificate;

/// Entries of each table.
const ENTRIES: usize = 500_000;
/// Entries of all tables: 256 megabytes. A certificate may name any number of resources, each with a table.
const ALL_ENTRIES: usize = 16 << 20;
/// Choices looked at before it is called unsettled.
const MOST_STEPS: u64 = 400_000_000;
/// Looks at a table before it is called unsettled: where there are more than ten tables, fewer choices.
const MOST_LOOKS: u64 = 10 * MOST_STEPS;
/// Choices open at one moment: what memory allows.
const MOST_OPEN: usize = 1_000_000;
/// Numbers in all of them, two for each resource: 256 megabytes.
const MOST_OPEN_NUMBERS: usize = 32 << 20;

struct Row {
    price: u128,
    sizes: Vec<u64>,
    most: u32,
    /// In each table's grid.
    on_grid: Vec<usize>,
}

struct Grid {
    room: usize,
    /// `[row][room]`: the most that rows from this one on can add.
    most: Vec<Vec<u128>>,
}

pub(super) fn none_above(certificate: &Certificate) -> Result<(), CertificateError> {
    let claim = u128::from(certificate.bound.best_pattern);
    let (capacity, weights) = (&certificate.capacity, &certificate.bound.weights);
    let mut rows: Vec<Row> = Vec::new();
    for item in certificate
        .items
        .iter()
        .filter(|item| item.price > 0 && item.demand > 0)
    {
        let copies = item
            .sizes
            .iter()
            .zip(capacity)
            .filter_map(|(&size, &capacity)| capacity.checked_div(size))
            .min();
        let most = u32::try_from(copies.unwrap_or(u64::MAX))
            .unwrap_or(u32::MAX)
            .min(item.demand);
        if most > 0 {
            rows.push(Row {
                price: item.price.into(),
                sizes: item.sizes.clone(),
                most,
                on_grid: Vec::new(),
            });
        }
    }
    // Dear for their size first; cross-multiplied, since a quotient would round.
    let size = |row: &Row| mixture(&row.sizes, capacity, weights).max(1);
    rows.sort_by(|a, b| (b.price.saturating_mul(size(a))).cmp(&a.price.saturating_mul(size(b))));

    let most_room = most_room(rows.len(), capacity.len() + 1);
    let mut grids = Vec::new();
    for (resource, &whole) in capacity.iter().enumerate() {
        let sizes: Vec<u128> = rows.iter().map(|row| row.sizes[resource].into()).collect();
        grids.push(grid(&mut rows, &sizes, whole.into(), most_room));
    }
    let mixed: Vec<u128> = rows
        .iter()
        .map(|row| mixture(&row.sizes, capacity, weights))
        .collect();
    grids.push(grid(&mut rows, &mixed, whole(weights), most_room));
    settle(certificate, &rows, &grids, claim)
}

/// How fine the tables are, so that all of them fit memory.
fn most_room(rows: usize, tables: usize) -> usize {
    (ENTRIES.min(ALL_ENTRIES / tables) / (rows + 1)).clamp(16, 4096)
}

fn grid(rows: &mut [Row], sizes: &[u128], whole: u128, most_room: usize) -> Grid {
    let room = usize::try_from(whole).unwrap_or(usize::MAX).min(most_room);
    for (row, &size) in rows.iter_mut().zip(sizes) {
        let cell = size
            .saturating_mul(room as u128)
            .checked_div(whole)
            .unwrap_or(0);
        row.on_grid
            .push(usize::try_from(cell).unwrap_or(usize::MAX));
    }
    let mut most = vec![vec![0_u128; room + 1]];
    for row in rows.iter().rev() {
        let cell = row.on_grid.last().copied().unwrap_or(0);
        let rest = &most[most.len() - 1];
        let best = |room: usize| {
            let copies = room.checked_div(cell).map_or(row.most, |fit| {
                u32::try_from(fit).unwrap_or(u32::MAX).min(row.most)
            });
            // Of an item that takes no room all are taken.
            let from = if cell == 0 { copies } else { 0 };
            (from..=copies)
                .map(|copies| rest[room - cell * copies as usize] + row.price * u128::from(copies))
                .max()
                .unwrap_or(0)
        };
        let next = (0..=room).map(best).collect();
        most.push(next);
    }
    most.reverse();
    Grid { room, most }
}

/// One choice that is open: the row to decide next, and what was chosen before.
struct Open {
    row: usize,
    value: u128,
    free: Vec<u64>,
    rooms: Vec<usize>,
}

fn settle(
    certificate: &Certificate,
    rows: &[Row],
    grids: &[Grid],
    claim: u128,
) -> Result<(), CertificateError> {
    let start = Open {
        row: 0,
        value: 0,
        free: certificate.capacity.clone(),
        rooms: grids.iter().map(|grid| grid.room).collect(),
    };
    let mut open = vec![start];
    let mut steps = 0_u64;
    let most_steps = MOST_STEPS.min(MOST_LOOKS / grids.len() as u64);
    let most_open = MOST_OPEN.min(MOST_OPEN_NUMBERS / (2 * grids.len()));
    while let Some(mut at) = open.pop() {
        if at.value > claim {
            return Err(CertificateError::Dearer {
                found: at.value,
                best_pattern: certificate.bound.best_pattern,
            });
        }
        // Down the branch that takes none; each number of copies of a row that fits branches off.
        while at.row < rows.len() {
            let can_add = grids
                .iter()
                .zip(&at.rooms)
                .map(|(grid, &room)| grid.most[at.row][room])
                .min()
                .unwrap_or(u128::MAX);
            if at.value.saturating_add(can_add) <= claim {
                break;
            }
            steps += 1;
            if steps > most_steps {
                return Err(CertificateError::Unsettled {
                    best_pattern: certificate.bound.best_pattern,
                    steps: most_steps,
                });
            }
            let row = &rows[at.row];
            at.row += 1;
            let fit = row
                .sizes
                .iter()
                .zip(&at.free)
                .filter_map(|(&size, &free)| free.checked_div(size))
                .min();
            let fit = u32::try_from(fit.unwrap_or(u64::MAX))
                .unwrap_or(u32::MAX)
                .min(row.most);
            if fit as usize > most_open.saturating_sub(open.len()) {
                return Err(CertificateError::Unsettled {
                    best_pattern: certificate.bound.best_pattern,
                    steps,
                });
            }
            for copies in 1..=fit {
                open.push(Open {
                    row: at.row,
                    value: at.value + row.price * u128::from(copies),
                    free: at
                        .free
                        .iter()
                        .zip(&row.sizes)
                        .map(|(&free, &size)| free - size * u64::from(copies))
                        .collect(),
                    rooms: at
                        .rooms
                        .iter()
                        .zip(&row.on_grid)
                        .map(|(&room, &cell)| room - cell * copies as usize)
                        .collect(),
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_fit_memory_however_many_resources_are_named() {
        for (rows, tables) in [(1, 3), (122, 3), (122, 401), (20_000, 65), (1, 100_000)] {
            let room = most_room(rows, tables);
            // The coarsest grid of sixteen rooms is in proportion to the numbers of the file.
            assert!(
                room == 16 || (rows + 1) * tables * room <= ALL_ENTRIES,
                "{rows} rows, {tables} tables of {room}"
            );
        }
        assert_eq!(
            (most_room(121, 3), most_room(121, 33)),
            (4_096, 4_096),
            "what few resources need stays as fine"
        );
    }
}
