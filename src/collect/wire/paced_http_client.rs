//! The HTTP client under the SDK's clients.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_sdk_ec2::config::http::{HttpRequest, HttpResponse};
use aws_smithy_cbor::Decoder;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::date_time::{DateTime, Format};

use super::super::calls::Call;
use super::super::refusal::is_throttling;
use super::ledger::Ledger;
use super::paces::{Kind, Paces};
use super::rate_limiter::RateLimiter;
use super::signed_call::{SignedCall, signed_call};
use super::whole::{CutOff, Document, NotAnAnswer, TooFast, is_answer_to, is_whole};

/// Data points that a request asks for; travels with each of its attempts.
#[derive(Debug, Clone, Copy)]
pub(in crate::collect) struct Points(pub(in crate::collect) u32);

/// Error documents are short; nobody looks for a code in the history of a fleet.
const LONGEST_REFUSAL: usize = 16_384;

/// A client for one account: paced by region and service, counted, bounded in time, answers whole.
/// `longest` bounds one attempt from the moment that it leaves to the end of its answer: the wait for
/// its turn is not the service's fault. `inner` is what it is sent with.
pub(in crate::collect) fn paced_http_client(
    paces: Paces,
    ledger: Ledger,
    longest: Duration,
    inner: SharedHttpClient,
) -> SharedHttpClient {
    let shared = Arc::new(Shared {
        paces,
        ledger,
        longest,
        gates: Mutex::default(),
    });
    SharedHttpClient::new(PacedHttpClient { inner, shared })
}

#[derive(Debug)]
struct Shared {
    paces: Paces,
    ledger: Ledger,
    longest: Duration,
    gates: Mutex<BTreeMap<(String, Kind), Arc<RateLimiters>>>,
}

/// What a call of one kind in one region has to pass.
#[derive(Debug)]
struct RateLimiters {
    calls: RateLimiter,
    points: Option<RateLimiter>,
}

impl RateLimiters {
    /// A refusal does not say which of the two limits was passed.
    fn both(&self) -> impl Iterator<Item = &RateLimiter> {
        std::iter::once(&self.calls).chain(&self.points)
    }
}

#[derive(Debug)]
struct PacedHttpClient {
    inner: SharedHttpClient,
    shared: Arc<Shared>,
}

impl HttpClient for PacedHttpClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Connector {
            inner,
            shared: Arc::clone(&self.shared),
        })
    }
}

#[derive(Debug)]
struct Connector {
    inner: SharedHttpConnector,
    shared: Arc<Shared>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Some(asked) = signed_call(&request) else {
            let message = "a call that is not on the list of eb2eks was about to leave";
            return HttpConnectorFuture::ready(Err(ConnectorError::user(message.into())));
        };
        let (inner, shared) = (self.inner.clone(), Arc::clone(&self.shared));
        HttpConnectorFuture::new(async move { shared.attempt(inner, request, asked).await })
    }
}

impl Shared {
    async fn attempt(
        &self,
        inner: SharedHttpConnector,
        request: HttpRequest,
        asked: SignedCall,
    ) -> Result<HttpResponse, ConnectorError> {
        let gates = self.gates(&asked);
        if let (Some(gate), Some(Points(points))) =
            (&gates.points, request.extension::<Points>().copied())
        {
            gate.pass(f64::from(points)).await;
        }
        gates.calls.pass(1.0).await;
        self.ledger.count(asked.call, |tally| tally.attempts += 1);
        let answer =
            tokio::time::timeout(self.longest, whole_answer(inner, request, asked.call)).await;
        match answer.unwrap_or_else(|late| Err(ConnectorError::timeout(late.into()))) {
            Ok((response, is_throttled)) => {
                self.compare_clocks(&response);
                if is_throttled {
                    self.ledger.count(asked.call, |tally| tally.throttled += 1);
                    gates.both().for_each(RateLimiter::throttled);
                } else {
                    gates.both().for_each(RateLimiter::answered);
                }
                Ok(response)
            }
            Err(error) => {
                let is_throttled = error.source().is_some_and(|cause| cause.is::<TooFast>());
                self.ledger.count(asked.call, |tally| match is_throttled {
                    true => tally.throttled += 1,
                    false => tally.broken += 1,
                });
                if is_throttled {
                    gates.both().for_each(RateLimiter::throttled);
                }
                Err(error)
            }
        }
    }

    fn gates(&self, asked: &SignedCall) -> Arc<RateLimiters> {
        let kind = Kind::of(asked.call);
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        let gates = gates
            .entry((asked.region.clone(), kind))
            .or_insert_with(|| {
                let points = (asked.call == Call::GetMetricData)
                    .then(|| RateLimiter::new(self.paces.points));
                Arc::new(RateLimiters {
                    calls: RateLimiter::new(kind.pace(&self.paces)),
                    points,
                })
            });
        Arc::clone(gates)
    }

    fn compare_clocks(&self, response: &HttpResponse) {
        let date = response
            .headers()
            .get("date")
            .and_then(|text| DateTime::from_str(text, Format::HttpDate).ok());
        if let Some(date) = date {
            self.ledger
                .set_clock(date.secs() - DateTime::from(now()).secs());
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "compared with the service's clock, for the window and a warning"
)]
fn now() -> SystemTime {
    SystemTime::now()
}

/// The answer with its body in memory, and whether it is a refusal for speed. What no service of AWS would say is
/// an error that is worth another attempt.
async fn whole_answer(
    inner: SharedHttpConnector,
    request: HttpRequest,
    call: Call,
) -> Result<(HttpResponse, bool), ConnectorError> {
    let mut response = inner.call(request).await?;
    let body = ByteStream::new(response.take_body())
        .collect()
        .await
        .map_err(|error| ConnectorError::io(error.into()))?
        .into_bytes();
    let headers = response.headers();
    let header = |name: &str| headers.get(name);
    if !is_whole(
        &body,
        Document::of(header("content-type").unwrap_or_default()),
    ) {
        return Err(ConnectorError::io(CutOff.into()));
    }
    let status = response.status().as_u16();
    let code = (!response.status().is_success())
        .then(|| {
            code(
                header("x-amzn-query-error").or(header("x-amzn-errortype")),
                &body,
            )
        })
        .flatten();
    let is_throttled = code.as_deref().is_some_and(is_throttling);
    if status == 429 && !is_throttled {
        // A gateway's. The SDK takes it for final.
        return Err(ConnectorError::io(TooFast.into()));
    }
    let is_answer = match &code {
        Some(_) => true,
        // The SDK tries again by the status alone.
        None if status >= 500 => true,
        None => is_answer_to(&body, Document::to(call), response.status().is_success()),
    };
    if !is_answer {
        return Err(ConnectorError::io(NotAnAnswer::new(status, &body).into()));
    }
    *response.body_mut() = SdkBody::from(body);
    Ok((response, is_throttled))
}

/// The error code of a refusal: a header beside CBOR, or in it; an element in XML, a member in JSON.
fn code(header: Option<&str>, body: &[u8]) -> Option<String> {
    if let Some(header) = header {
        // `Code;Sender`, `namespace#Code:address`
        let name = header.split([';', ':']).next().unwrap_or_default();
        return name.rsplit('#').next().map(str::to_owned);
    }
    if let Some(kind) = serde_json::from_slice::<serde_json::Value>(body)
        .ok()
        .as_ref()
        .and_then(|said| said.get("__type").or(said.get("code"))?.as_str())
    {
        return kind.rsplit('#').next().map(str::to_owned);
    }
    if let Some(kind) = type_in_cbor(body) {
        return kind.rsplit('#').next().map(str::to_owned);
    }
    let text = String::from_utf8_lossy(body.get(..LONGEST_REFUSAL).unwrap_or(body)).into_owned();
    let (_, after) = text.split_once("<Code>")?;
    Some(
        after
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '.')
            .collect(),
    )
}

/// The text behind the member `__type` of a map.
fn type_in_cbor(body: &[u8]) -> Option<String> {
    const MEMBER: &[u8] = b"\x66__type";
    let at = body
        .windows(MEMBER.len())
        .position(|window| window == MEMBER)?;
    Decoder::new(body.get(at + MEMBER.len()..)?)
        .string()
        .ok()
        .map(|text| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_wherever_a_service_puts_it() {
        let xml: &[u8] = b"<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>";
        let cbor: &[u8] = b"\xa1\x66__type\x73ThrottlingException";
        let named: &[u8] = b"\xa1\x66__type\x78\x19com.amazonaws#SlowDownNow";
        let json: &[u8] = br#"{"__type":"com.amazon#ThrottlingException"}"#;
        let nothing: &[u8] = b"";
        for (header, body, expected) in [
            (
                Some("RequestLimitExceeded;Sender"),
                nothing,
                "RequestLimitExceeded",
            ),
            (
                Some("com.amazon#Throttling:http://x/"),
                nothing,
                "Throttling",
            ),
            (None, xml, "Throttling"),
            (None, cbor, "ThrottlingException"),
            (None, named, "SlowDownNow"),
            (None, json, "ThrottlingException"),
        ] {
            assert_eq!(code(header, body).as_deref(), Some(expected));
        }
        assert_eq!(code(None, b"<html># <b>busy</b></html>"), None);
    }
}
