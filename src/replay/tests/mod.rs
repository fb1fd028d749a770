//! Hand-worked scenarios for every rule, facts that any replay obeys, and a naive replay as referee.

mod facts;
mod fleet;
mod referee;
mod rules;
