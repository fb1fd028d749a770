//! One query, all its pages.

use aws_sdk_pricing::types::{Filter as ListFilter, FilterType};

use super::super::call_error::{CallError, CallResult};
use super::super::inventory::pages;
use super::super::region::RegionName;
use super::offer::Offer;
use super::query::{Filter, ProductSearch};

/// The form of the documents in an answer.
const FORMAT: &str = "aws_v1";

/// What an answer held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) offers: Vec<Offer>,
    /// Products that are of another shape than the list documents.
    pub(super) unreadable: usize,
}

/// Asks whoever answers in `endpoint`.
pub(super) async fn ask(
    client: &aws_sdk_pricing::Client,
    endpoint: &RegionName,
    asking: &ProductSearch,
) -> CallResult<Answer> {
    let filters = asking
        .filters
        .iter()
        .map(filter)
        .collect::<CallResult<Vec<ListFilter>>>()?;
    let page = |token: Option<String>| {
        let request = client
            .get_products()
            .service_code(asking.service)
            .format_version(FORMAT);
        let request = request
            .set_filters(Some(filters.clone()))
            .set_next_token(token);
        async move {
            let answer = request
                .send()
                .await
                .map_err(|error| CallError::of(&error, endpoint))?;
            let documents = answer.price_list.ok_or_else(|| {
                CallError::unparsable("the answer of GetProducts holds no price list")
            })?;
            Ok((documents, answer.next_token))
        }
    };
    let documents: Vec<String> = pages::all("GetProducts", page).await?;
    let offers: Vec<Offer> = documents
        .iter()
        .filter_map(|document| Offer::read(document))
        .collect();
    Ok(Answer {
        unreadable: documents.len() - offers.len(),
        offers,
    })
}

fn filter(filter: &Filter) -> CallResult<ListFilter> {
    let kind = if filter.is_part {
        FilterType::Contains
    } else {
        FilterType::TermMatch
    };
    let built = ListFilter::builder()
        .r#type(kind)
        .field(filter.field)
        .value(&filter.value)
        .build();
    built.map_err(|error| {
        CallError::unparsable(format!(
            "the filter on {} cannot be written: {error}",
            filter.field
        ))
    })
}
