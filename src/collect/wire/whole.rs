//! Whether an answer is all there.

use aws_smithy_cbor::Decoder;
use serde::de::IgnoredAny;

use super::super::calls::{Call, Service};

/// The connection delivered as many bytes as were announced, but the document in them does not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer was cut off in the middle")]
pub(in crate::collect) struct CutOff;

/// Something between here and the service answered in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("HTTP {status} and {what} in place of an answer: a portal or a proxy?")]
pub(in crate::collect) struct NotAnAnswer {
    status: u16,
    what: &'static str,
}

impl NotAnAnswer {
    pub(super) fn new(status: u16, body: &[u8]) -> Self {
        let is_page =
            std::str::from_utf8(body).is_ok_and(|text| text.to_ascii_lowercase().contains("<html"));
        let what = match body {
            [] => "nothing",
            _ if is_page => "a web page",
            _ => "something else",
        };
        Self { status, what }
    }
}

/// A refusal for speed that no service of AWS has signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("HTTP 429 in place of an answer: too many requests")]
pub(in crate::collect) struct TooFast;

/// What an answer says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Document {
    Cbor,
    Json,
    /// XML, or whatever a proxy says.
    Text,
}

impl Document {
    /// What the service of `call` answers with.
    pub(super) fn to(call: Call) -> Self {
        match call.service() {
            Service::CloudWatch => Self::Cbor,
            Service::PriceList => Self::Json,
            _ => Self::Text,
        }
    }

    /// From the header `content-type`.
    pub(super) fn of(content_type: &str) -> Self {
        if content_type.starts_with("application/cbor") {
            Self::Cbor
        } else if content_type.starts_with("application/x-amz-json") {
            Self::Json
        } else {
            Self::Text
        }
    }
}

/// Whether `body` is a document to its end: XML whose root is closed, one CBOR item, one JSON value. Other texts
/// (an error page of a proxy) and empty bodies are left for the SDK to judge.
pub(super) fn is_whole(body: &[u8], document: Document) -> bool {
    match document {
        Document::Cbor => {
            let mut decoder = Decoder::new(body);
            return body.is_empty() || (decoder.skip().is_ok() && decoder.position() == body.len());
        }
        Document::Json => {
            return body.is_empty() || serde_json::from_slice::<IgnoredAny>(body).is_ok();
        }
        Document::Text => {}
    }
    let Ok(text) = std::str::from_utf8(body) else {
        return true;
    };
    let text = text.trim();
    root(text).is_none_or(|root| text.ends_with(&format!("</{root}>")) || is_alone(text))
}

/// Whether `body` can be what a service means by it: in its own form where it succeeded, in any of them where it
/// refused.
pub(super) fn is_answer_to(body: &[u8], document: Document, is_success: bool) -> bool {
    let is = |document| match document {
        // A map.
        Document::Cbor => matches!(body.first(), Some(0xa0..=0xbf)),
        Document::Json => matches!(
            serde_json::from_slice(body),
            Ok(serde_json::Value::Object(_))
        ),
        Document::Text => std::str::from_utf8(body)
            .ok()
            .and_then(|text| root(text.trim()))
            .is_some_and(|root| root.ends_with("Response")),
    };
    if is_success {
        is(document)
    } else {
        [Document::Cbor, Document::Json, Document::Text]
            .into_iter()
            .any(is)
    }
}

/// The first element's name, after the declaration and comments.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    loop {
        rest = rest.trim_start();
        rest = if let Some(declaration) = rest.strip_prefix("<?") {
            declaration.split_once("?>")?.1
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else {
            break;
        };
    }
    let name = rest
        .strip_prefix('<')?
        .split(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .next()?;
    (!name.is_empty() && !name.starts_with('!')).then_some(name)
}

/// `<Response/>`
fn is_alone(text: &str) -> bool {
    text.ends_with("/>") && text.matches('<').count() == 1 + text.matches("<?").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str =
        "<?xml version=\"1.0\"?>\n<!-- x -->\n<R xmlns=\"y\"><A><member>1</member></A><A/></R>\n";

    #[test]
    fn every_cut_of_an_xml_answer_is_seen() {
        assert!(is_whole(XML.as_bytes(), Document::Text));
        let root = XML.find("<R").expect("the root");
        for end in root + 3..XML.trim_end().len() {
            assert!(
                !is_whole(&XML.as_bytes()[..end], Document::Text),
                "{}",
                &XML[..end]
            );
        }
    }

    #[test]
    fn every_cut_of_a_cbor_answer_is_seen() {
        // {"a": [1, 1.5], "b": "text"}
        let cbor = b"\xa2\x61a\x82\x01\xfb\x3f\xf8\0\0\0\0\0\0\x61b\x64text";
        assert!(is_whole(cbor, Document::Cbor));
        for end in 1..cbor.len() {
            assert!(!is_whole(&cbor[..end], Document::Cbor), "{end}");
        }
        assert!(!is_whole(b"\xa0\xa0", Document::Cbor), "two documents");
    }

    #[test]
    fn every_cut_of_a_json_answer_is_seen() {
        let json = b"{\"a\":[1,\"x\"],\"b\":null}";
        assert!(is_whole(json, Document::Json) && is_whole(b"", Document::Json));
        for end in 1..json.len() {
            assert!(!is_whole(&json[..end], Document::Json), "{end}");
        }
    }

    #[test]
    fn what_no_service_would_say_is_no_answer() {
        let page = b"<html><body>Log in to the network</body></html>".as_slice();
        for document in [Document::Cbor, Document::Json, Document::Text] {
            for body in [
                page,
                b"",
                b"\x00\x01garbage",
                b"OK",
                b"<!DOCTYPE html><html></html>",
            ] {
                assert!(!is_answer_to(body, document, true), "{document:?} {body:?}");
            }
        }
        let xml = b"<?xml version=\"1.0\"?><DescribeVpcsResponse/>";
        assert!(
            is_answer_to(xml, Document::Text, true) && !is_answer_to(xml, Document::Cbor, true)
        );
        assert!(
            is_answer_to(b"\xa0", Document::Cbor, true)
                && is_answer_to(b"{}", Document::Json, true)
        );
        assert!(is_answer_to(
            b"<Response><Errors/></Response>",
            Document::Cbor,
            false
        ));
        assert!(
            NotAnAnswer::new(200, page)
                .to_string()
                .contains("a web page")
        );
    }

    #[test]
    fn what_is_no_document_is_left_to_the_sdk() {
        for text in ["", "upstream connect error", "<R/>", "<R a=\"1\" />"] {
            assert!(is_whole(text.as_bytes(), Document::Text), "{text}");
        }
    }
}
