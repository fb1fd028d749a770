//! Whose certificates are believed.
//!
//! Those of the system, and those of the file that `AWS_CA_BUNDLE` names, as in AWS's other tools: behind a proxy that
//! opens TLS, the organisation's own.

use std::env;
use std::path::PathBuf;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{self, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, ConnectorBuilder};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::disk::read_text;

const VARIABLE: &str = "AWS_CA_BUNDLE";

/// Bytes of a bundle; Mozilla's whole list has 200 KB.
const MOST_BYTES: u64 = 16 << 20;

/// The file that `AWS_CA_BUNDLE` names is none of certificates.
#[derive(Debug, thiserror::Error)]
#[error("{VARIABLE} names {}, {why}\nhint: it must be a file of CA certificates in PEM form; unset {VARIABLE} to trust the system's alone", .path.display())]
pub struct BundleError {
    path: PathBuf,
    why: String,
}

/// The certificates that are trusted beside the system's.
fn bundle() -> Result<Option<String>, BundleError> {
    let Some(path) = env::var_os(VARIABLE).filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let path = PathBuf::from(path);
    let refused = |why: String| BundleError {
        path: path.clone(),
        why,
    };
    let text = read_text(&path, MOST_BYTES)
        .map_err(|error| refused(format!("which cannot be read: {error}")))?;
    if text.contains("-----BEGIN CERTIFICATE-----") {
        Ok(Some(text))
    } else {
        Err(refused("in which there is no certificate".to_owned()))
    }
}

/// A client as the SDK builds its own (`aws_smithy_runtime::client::http`), which is not public, with the proxy and the
/// certificates of the environment.
///
/// # Errors
/// When the bundle cannot be used.
pub(in crate::collect) fn https() -> Result<SharedHttpClient, BundleError> {
    let mut store = TrustStore::default();
    if let Some(bundle) = bundle()? {
        store = store.with_pem_certificate(bundle);
    }
    let context = TlsContext::builder().with_trust_store(store).build();
    let context = context.map_err(|error| BundleError {
        path: env::var_os(VARIABLE).unwrap_or_default().into(),
        why: format!("which cannot be used: {error}"),
    })?;
    Ok(
        Builder::new().build_with_connector_fn(move |settings, components| {
            let mut connector = ConnectorBuilder::default()
                .tls_provider(tls::Provider::Rustls(
                    tls::rustls_provider::CryptoMode::AwsLc,
                ))
                .tls_context(context.clone());
            connector.set_connector_settings(settings.cloned());
            connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
            connector.set_proxy_config(Some(ProxyConfig::from_env()));
            connector.build()
        }),
    )
}
