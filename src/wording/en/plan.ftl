# The texts of src/plan, in this folder's language.

## Turns

turn-pilot = staging, at most hours of work before it, among the smallest
turn-staging = staging, at most hours of work before it
turn-small-production = production, at most hours of work before it, small
turn-large-production = production, at most hours of work before it, but large: it goes when the smaller ones have gone well
turn-blocked = { $what }: { $effort } of the { $owner }
turn-blocked-by-more = { $what }, and { $others } more: { $effort } of the { $owner }
turn-after-staging = after its staging environment { $staging }
turn-new-app = new, with the numbers of { $like } until it has its own
