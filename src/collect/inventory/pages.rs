//! Listings that come in pages.

use super::super::call_error::{CallError, CallResult};

/// More pages than any listing has: a service that goes on for ever is a fault.
const MOST_PAGES: usize = 10_000;

/// Calls `page` with each token in turn until there is none. `page` returns a page's items and the next
/// token; a page may be empty and still have one.
pub(in crate::collect) async fn all<T, Page, Asking>(
    operation: &str,
    mut page: Page,
) -> CallResult<Vec<T>>
where
    Page: FnMut(Option<String>) -> Asking,
    Asking: Future<Output = CallResult<(Vec<T>, Option<String>)>>,
{
    let mut items = Vec::new();
    let mut token: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let (more, next) = page(token.clone()).await?;
        items.extend(more);
        match next.filter(|next| !next.is_empty()) {
            None => return Ok(items),
            Some(next) if token.as_ref() == Some(&next) => {
                return Err(CallError::unparsable(format!(
                    "{operation} answered with the same NextToken twice"
                )));
            }
            Some(next) => token = Some(next),
        }
    }
    Err(CallError::unparsable(format!(
        "{operation} goes on after {MOST_PAGES} pages"
    )))
}

/// XML answers name even an empty list: no list at all is an answer that was cut short.
pub(super) fn listed<T>(operation: &str, list: Option<Vec<T>>) -> CallResult<Vec<T>> {
    list.ok_or_else(|| {
        CallError::unparsable(format!(
            "the answer of {operation} holds no list; was it cut off?"
        ))
    })
}
