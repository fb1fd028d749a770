//! Would these pods fit into that free room?
//!
//! Comes in: pods by size and count, and the room on each node. Goes out: yes, or "not found".
//! Refuses to say no: a few quick orders of first fit prove that a placement exists, and nothing when
//! they fail. Invariant: a yes is a placement that was carried out.

use super::load::Load;

/// Whether first fit, in one of a few orders of pods and nodes, places all `pods` (size of one, count).
pub(super) fn finds_room(pods: &[(Load, u128)], rooms: &[Load]) -> bool {
    let room = Load::sum(rooms.iter().copied());
    // Shares of the whole room, without fractions: a/room.a compares with b/room.b as a*room.b with b*room.a.
    let cpu = |one: &Load| one.cpu.saturating_mul(room.memory);
    let memory = |one: &Load| one.memory.saturating_mul(room.cpu);
    let sizes: [&dyn Fn(&Load) -> u128; 4] = [
        &|one| cpu(one).max(memory(one)),
        &|one| cpu(one).saturating_add(memory(one)),
        &memory,
        &cpu,
    ];
    let mut fullest_first = rooms.to_vec();
    fullest_first.sort_by_key(|room| (room.memory, room.cpu, room.pods));
    sizes.into_iter().any(|size| {
        let mut largest_first = pods.to_vec();
        largest_first.sort_by_key(|(one, _)| std::cmp::Reverse(size(one)));
        first_fit(&largest_first, rooms.to_vec())
            || first_fit(&largest_first, fullest_first.clone())
    })
}

fn first_fit(pods: &[(Load, u128)], mut rooms: Vec<Load>) -> bool {
    pods.iter().all(|(one, count)| {
        let mut left = *count;
        for room in &mut rooms {
            let here = one.copies_in(*room).min(left);
            *room = room.less(one.times(here));
            left -= here;
            if left == 0 {
                break;
            }
        }
        left == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn load(cpu: u128, memory: u128, pods: u128) -> Load {
        Load { cpu, memory, pods }
    }

    #[test]
    fn what_fits_is_found_and_what_is_too_large_is_not() {
        let rooms = [load(100, 100, 10), load(50, 50, 10)];
        assert!(finds_room(&[(load(50, 50, 1), 3)], &rooms));
        assert!(!finds_room(&[(load(50, 50, 1), 4)], &rooms));
        assert!(
            !finds_room(&[(load(60, 10, 1), 2)], &rooms),
            "60 + 60 fits by volume, not by node"
        );
        assert!(
            !finds_room(&[(load(0, 0, 1), 21)], &rooms),
            "pods are a resource too"
        );
        assert!(finds_room(&[], &[]));
        assert!(!finds_room(&[(load(1, 1, 1), 1)], &[]));
    }

    #[test]
    fn small_pods_do_not_take_the_room_of_large_ones() {
        assert!(finds_room(
            &[(load(10, 10, 1), 5), (load(100, 100, 1), 1)],
            &[load(100, 100, 10), load(50, 50, 10)]
        ));
    }
}
