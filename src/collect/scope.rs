//! One account in one region: its clients, its journal, and the units of work done there.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::accounts::Account;
use super::call_error::{CallError, CallResult};
use super::clients::RegionClients;
use super::control::{Control, Stop};
use super::journal::Journal;
use super::outcome::Outcome;
use crate::units::spelt;

/// Shared by the tasks that work on it.
#[derive(Debug)]
pub(super) struct Scope {
    /// Profile or role, for people.
    pub(super) label: String,
    /// The profile whose login everything rests on, where it is a profile's.
    login: Option<String>,
    pub(super) clients: RegionClients,
    /// For the first contact: they do not wait long.
    pub(super) quick_clients: RegionClients,
    pub(super) journal: Journal,
    pub(super) control: Arc<Control>,
    /// How each unit of work ended, by name, and in whose words.
    ended: Mutex<BTreeMap<String, UnitOutcome>>,
    /// Why no call of this scope can succeed, once that is known.
    blocked: Mutex<Option<CallError>>,
    /// Whether these credentials were answered here, by this run or an earlier one.
    is_known: AtomicBool,
}

/// How a unit of work ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitOutcome {
    pub(super) outcome: Outcome,
    /// What AWS said when it refused.
    pub(super) message: String,
}

impl Scope {
    pub(super) fn new(
        account: &Account,
        clients: RegionClients,
        quick_clients: RegionClients,
        journal: Journal,
        control: Arc<Control>,
    ) -> Self {
        let is_known = AtomicBool::new(!journal.is_empty());
        Self {
            label: account.label.clone(),
            login: account.login.clone(),
            clients,
            quick_clients,
            journal,
            control,
            ended: Mutex::default(),
            blocked: Mutex::default(),
            is_known,
        }
    }

    /// `prod in ap-northeast-1`
    pub(super) fn name(&self) -> String {
        format!("{} in {}", self.label, self.clients.region)
    }

    /// Does a unit of work, unless this run or an earlier one has done it. An answer is kept on disk
    /// before it is returned; a refusal is not, so that the next run asks again.
    pub(super) async fn unit<T, Asking>(&self, name: &str, ask: Asking) -> CallResult<T>
    where
        T: Serialize + DeserializeOwned,
        Asking: Future<Output = CallResult<T>>,
    {
        let answered = self.answer(name, ask).await;
        let ended = match &answered {
            Ok(answer) => UnitOutcome {
                outcome: if is_empty(answer) {
                    Outcome::Empty
                } else {
                    Outcome::Ok
                },
                message: String::new(),
            },
            Err(refused) => UnitOutcome {
                outcome: refused.outcome,
                message: refused.message.clone(),
            },
        };
        self.end(name, ended);
        answered
    }

    async fn answer<T, Asking>(&self, name: &str, ask: Asking) -> CallResult<T>
    where
        T: Serialize + DeserializeOwned,
        Asking: Future<Output = CallResult<T>>,
    {
        if let Some(answer) = self.journal.answer(name) {
            return Ok(answer);
        }
        if self.control.is_stopped() {
            return Err(not_attempted());
        }
        if let Some(refused) = self.blocked() {
            return Err(refused);
        }
        let answered = tokio::select! {
            answered = ask => answered,
            () = self.control.stopped() => return Err(not_attempted()),
        };
        match answered {
            Ok(answer) => {
                self.has_answered();
                self.keep(name, &answer);
                Ok(answer)
            }
            Err(refused) => Err(self.look_at(refused)),
        }
    }

    /// Asks whatever an earlier run was answered, and keeps nothing.
    pub(super) async fn ask_again<T>(
        &self,
        name: &str,
        ask: impl Future<Output = CallResult<T>>,
    ) -> CallResult<T> {
        let answered = tokio::select! {
            answered = ask => answered.map_err(|refused| self.look_at(refused)),
            () = self.control.stopped() => Err(not_attempted()),
        };
        let ended = match &answered {
            Ok(_) => UnitOutcome {
                outcome: Outcome::Ok,
                message: String::new(),
            },
            Err(refused) => UnitOutcome {
                outcome: refused.outcome,
                message: refused.message.clone(),
            },
        };
        self.end(name, ended);
        answered
    }

    /// Keeps an answer for good; a disk that refuses ends the run.
    pub(super) fn keep(&self, name: &str, answer: &impl Serialize) {
        if let Err(error) = self.journal.keep(name, answer) {
            self.control.stop(Stop::Disk(error));
        }
    }

    /// Remembers that the credentials are good here.
    pub(super) fn has_answered(&self) {
        self.is_known.store(true, Ordering::Relaxed);
    }

    /// Draws the consequences of a refusal for the calls to come, and says what it means here: a key that
    /// was good and is unknown now has ended, whatever it would mean for the first call.
    pub(super) fn look_at(&self, mut refused: CallError) -> CallError {
        if self.is_known.load(Ordering::Relaxed) && refused.is_unknown_key() {
            refused.outcome = Outcome::CredentialsExpired;
        }
        // Of a chain of profiles it is the last whose login counts.
        if let Some(login) = self.login.as_ref().filter(|_| refused.outcome.stops()) {
            refused.message = format!("profile \"{}\": {}", spelt(login), refused.message);
        }
        self.control.look_at(&refused, &self.name());
        if refused.outcome.stops() {
            self.blocked
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert_with(|| refused.clone());
        }
        refused
    }

    /// Why no call of this scope can succeed, if that is known.
    pub(super) fn blocked(&self) -> Option<CallError> {
        self.blocked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Writes down how a unit ended that is none of [`Self::unit`].
    pub(super) fn end(&self, name: &str, ended: UnitOutcome) {
        self.ended
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned(), ended);
    }

    /// Every unit so far, by name.
    pub(super) fn ended(&self) -> BTreeMap<String, UnitOutcome> {
        self.ended
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Whether the answer holds nothing at all.
fn is_empty(answer: &impl Serialize) -> bool {
    serde_json::to_string(answer).is_ok_and(|text| ["[]", "{}", "null"].contains(&text.as_str()))
}

fn not_attempted() -> CallError {
    CallError {
        outcome: Outcome::NotAttempted,
        message: "the run was stopped before".to_owned(),
    }
}
