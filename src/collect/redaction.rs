//! Which words of a text are secrets.
//!
//! One list of signs for everything that comes in: option values, tags, labels, error messages. A word is judged by
//! what it is (a token of a known kind, a long random run), by what stands in it (`password=…`, a login in an
//! address) and by what stands before it (`Bearer …`, `password: …`). ARNs are kept whole: they say whose and
//! what, and no credential has that form.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

/// In place of a word.
pub(super) const REMOVED: &str = "[removed]";

/// The beginnings of tokens whose makers mark them. Source: each service's documentation, and the rules of gitleaks and
/// of GitHub's secret scanning, which name them.
const TOKEN_STARTS: [&str; 58] = [
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_", // GitHub
    "glpat-",
    "gldt-",
    "glrt-",
    "glptt-",
    "glcbt-",
    "glsoat-",
    "glft-",
    "gloas-", // GitLab
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xoxr-",
    "xoxs-",
    "xoxe-",
    "xoxe.",
    "xoxc-",
    "xoxd-",
    "xapp-", // Slack
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "rk_test_",
    "pk_live_",
    "pk_test_",
    "whsec_", // Stripe
    "sk-",
    "aiza",
    "ya29.",
    "hf_",
    "xai-", // OpenAI and Anthropic, Google, Hugging Face
    "npm_",
    "pypi-",
    "rubygems_",
    "dckr_pat_",
    "atatt3", // registries, Atlassian
    "hvs.",
    "hvb.",
    "hvr.",
    "dop_v1_",
    "doo_v1_",
    "dapi", // Vault, DigitalOcean, Databricks
    "glsa_",
    "glc_",
    "nrak-",
    "nrii-",
    "pmak-", // Grafana, New Relic, Postman
    "shpat_",
    "shpss_",
    "sg.",
    "xkeysib-",
    "key-",
    "age-secret-key-", // Shopify, SendGrid, Brevo, Mailgun, age
];

/// After such a beginning at least so much follows.
const LEAST_OF_TOKEN: usize = 10;

/// Names whose values are secrets, as whole words of a name.
const SECRET_WORDS: [&str; 22] = [
    "auth",
    "authorization",
    "cred",
    "creds",
    "credential",
    "credentials",
    "dsn",
    "jwt",
    "pass",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "passwort",
    "pat",
    "pin",
    "pw",
    "pwd",
    "secret",
    "secrets",
    "sig",
    "token",
];

/// The same as parts of a word, for names that are written together.
const SECRET_PARTS: [&str; 16] = [
    "accesskey",
    "accountkey",
    "apikey",
    "authkey",
    "authtoken",
    "clientsecret",
    "connectionstring",
    "encryptionkey",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "secret",
    "sessionid",
    "signature",
    "token",
];

/// Words that make a key of the word `key` behind them.
const KEY_OF: [&str; 12] = [
    "access",
    "account",
    "api",
    "app",
    "auth",
    "encryption",
    "license",
    "master",
    "private",
    "shared",
    "signing",
    "storage",
];

/// Whether a name (of a tag, of a property, before a `=`) says that its value is a secret: `db-pass`, `PW`,
/// `dbPassword`, `API_KEY`.
pub(super) fn names_secret(name: &str) -> bool {
    let words = words_of(name);
    let together: String = words.concat();
    let is_key = |pair: &[String]| KEY_OF.contains(&pair[0].as_str()) && pair[1].starts_with("key");
    words
        .iter()
        .any(|word| SECRET_WORDS.contains(&word.as_str()))
        || words.windows(2).any(is_key)
        || SECRET_PARTS.iter().any(|part| together.contains(part))
}

/// Lower-case words of a name: `dbPassword-2` is `db`, `password`, `2`.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        let begins = c.is_uppercase() && before.is_lowercase()
            || c.is_ascii_digit() != before.is_ascii_digit();
        if !c.is_alphanumeric() {
            words.push(String::new());
        } else if begins || words.is_empty() {
            words.push(c.to_lowercase().collect());
        } else if let Some(last) = words.last_mut() {
            last.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether anything in `text` is a secret by its looks.
pub(super) fn looks_secret(text: &str) -> bool {
    text.to_ascii_lowercase().contains("-----begin") || judged(text).any(|(_, is_secret)| is_secret)
}

/// `text` with each secret replaced, words parted by single spaces.
pub(super) fn redacted(text: &str) -> String {
    if text.to_ascii_lowercase().contains("-----begin") {
        return REMOVED.to_owned();
    }
    let words: Vec<&str> = judged(text)
        .map(|(word, is_secret)| if is_secret { REMOVED } else { word })
        .collect();
    words.join(" ")
}

/// What is expected of the next word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    /// `password`: a secret follows if a sign of assignment does.
    Name,
    /// `password:`, `--password`: whatever follows is the secret.
    Assigned,
    /// `Bearer`: a token follows, if it looks like one.
    Bearer,
    /// `Basic`: a login in base64 follows, if it is one.
    Basic,
}

/// Each word, and whether it is a secret.
fn judged(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut before = Before::Nothing;
    text.split_whitespace().map(move |word| {
        let bare = word.trim_matches(is_around);
        let is_secret = word != REMOVED
            && !bare.is_empty()
            && !bare.starts_with("arn:")
            && match before {
                Before::Assigned => !matches!(word, "=" | ":"),
                Before::Bearer => bare.len() >= LEAST_OF_TOKEN,
                Before::Basic => is_login(bare),
                Before::Nothing | Before::Name => false,
            }
            || is_secret_word(word);
        before = if is_secret || word == REMOVED {
            Before::Nothing
        } else {
            after(word, bare, before)
        };
        (word, is_secret)
    })
}

fn after(word: &str, bare: &str, before: Before) -> Before {
    let assigns = |word: &str| word.trim_end_matches(['"', '\'']).ends_with(['=', ':']);
    let names = names_secret(bare.trim_end_matches(['=', ':', '"', '\'']));
    match bare.to_ascii_lowercase().as_str() {
        "bearer" => return Before::Bearer,
        "basic" => return Before::Basic,
        _ => {}
    }
    match before {
        Before::Name if matches!(word, "=" | ":" | "is" | "->" | "=>") => Before::Assigned,
        Before::Assigned if matches!(word, "=" | ":") => Before::Assigned,
        _ if names && (assigns(word) || word.starts_with("--")) => Before::Assigned,
        _ if names => Before::Name,
        _ => Before::Nothing,
    }
}

/// Signs around a word that are none of it.
fn is_around(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | ',' | ';' | '`'
    )
}

fn is_secret_word(word: &str) -> bool {
    let bare = word.trim_matches(is_around);
    if bare.starts_with("arn:") {
        return false;
    }
    assigns_secret(word)
        || has_login(bare)
        || is_oracle_login(bare)
        || is_json_web_token(bare)
        || bare.contains("hooks.slack.com/services/")
        || runs(bare).any(|run| is_token(run) || is_uuid(run))
        || letters(bare).any(|run| is_long_hexadecimal(run) || is_random(run) || has_key_id(run))
}

/// `password=…`, `"token":"…"`, `?sig=…`, `AccountKey=…`.
fn assigns_secret(word: &str) -> bool {
    word.match_indices(['=', ':']).any(|(at, sign)| {
        let name = word[..at].trim_end_matches(['"', '\'']);
        let begin = name
            .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
            .map_or(0, |last| {
                last + name[last..].chars().next().map_or(1, char::len_utf8)
            });
        let value = word[at + sign.len()..].trim_matches(|c| is_around(c) || c == '…');
        // An address has two slashes there, and a variable is only named.
        let is_value = !value.is_empty()
            && !value.starts_with("//")
            && !value.starts_with("$")
            && value != REMOVED;
        is_value && names_secret(&name[begin..])
    })
}

/// `https://user:word@host`, `https://token@host`, `user:word@tcp(host)`.
fn has_login(word: &str) -> bool {
    let of_address = word.split("://").skip(1).any(|rest| {
        let authority = rest.split(['/', '?', '#', ',']).next().unwrap_or_default();
        let (login, _) = authority.rsplit_once('@').unwrap_or_default();
        // A word in an address may have slashes and marks of its own.
        let whole = rest.rsplit_once('@').map_or("", |(login, _)| login);
        !login.is_empty()
            || whole
                .split('/')
                .next()
                .is_some_and(|first| first.contains(':') && !is_host(first))
    });
    let without_scheme = !word.contains("://")
        && word.split_once('@').is_some_and(|(login, host)| {
            let is_image = host.starts_with("sha256:");
            let (name, secret) = login.rsplit_once(':').unwrap_or_default();
            !is_image
                && !name.is_empty()
                && !secret.is_empty()
                && !name.ends_with("mailto")
                && login.contains(':')
        });
    of_address || without_scheme
}

/// `host:443`
fn is_host(text: &str) -> bool {
    text.rsplit_once(':')
        .is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `jdbc:oracle:thin:scott/tiger@//host`, `scott/tiger@host:1521`.
fn is_oracle_login(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let Some((login, host)) = lower.split_once('@') else {
        return false;
    };
    let is_pair = login
        .rsplit(':')
        .next()
        .and_then(|pair| pair.split_once('/'))
        .is_some_and(|(user, secret)| {
            !user.is_empty() && !secret.is_empty() && !secret.contains('/')
        });
    is_pair
        && (login.contains("thin:")
            || login.contains("oci:")
            || host.starts_with("//")
            || host.contains(":1521"))
}

/// Three parts, the first two JSON objects in base64.
fn is_json_web_token(word: &str) -> bool {
    word.split_once("eyJ")
        .is_some_and(|(_, rest)| rest.len() >= 16 && rest.contains(".eyJ"))
}

/// `dXNlcjpwYXNz` is `user:pass`.
fn is_login(word: &str) -> bool {
    let decoded = STANDARD
        .decode(word)
        .or_else(|_| STANDARD_NO_PAD.decode(word));
    decoded.is_ok_and(|bytes| {
        bytes.contains(&b':') && bytes.iter().all(|byte| !byte.is_ascii_control())
    })
}

/// Runs of what tokens are made of.
fn runs(word: &str) -> impl Iterator<Item = &str> {
    word.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
}

/// The runs of letters that base64 is made of.
fn letters(word: &str) -> impl Iterator<Item = &str> {
    word.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')))
}

fn is_token(run: &str) -> bool {
    let lower = run.to_ascii_lowercase();
    TOKEN_STARTS.iter().any(|start| {
        lower.match_indices(start).any(|(at, _)| {
            let rest = &run[at + start.len()..];
            let is_begin =
                at == 0 || matches!(run.as_bytes().get(at - 1), Some(b'-' | b'_' | b'.'));
            // Words of a name are short, and without digits.
            let longest = rest.split(['-', '.']).map(str::len).max().unwrap_or(0);
            is_begin
                && rest.len() >= LEAST_OF_TOKEN
                && longest >= LEAST_OF_TOKEN
                && rest
                    .bytes()
                    .any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        })
    })
}

/// An API key of many services; `8-4-4-4-12` of hexadecimal.
fn is_uuid(run: &str) -> bool {
    let parts: Vec<&str> = run.split('-').collect();
    let lengths = [8, 4, 4, 4, 12];
    parts.windows(lengths.len()).any(|five| {
        five.iter()
            .zip(lengths)
            .all(|(part, length)| part.len() == length && is_hexadecimal(part))
    })
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// 32 and more, but for the 40 of a commit, which version labels are made of.
fn is_long_hexadecimal(run: &str) -> bool {
    run.split(['/', '=', '+'])
        .any(|part| part.len() >= 32 && part.len() != 40 && is_hexadecimal(part))
}

/// 40 characters of base64 mix all three kinds; a path has slashes between words, not between letters.
fn is_random(run: &str) -> bool {
    run.len() >= 32
        && !is_hexadecimal(run)
        && run.bytes().any(|byte| byte.is_ascii_digit())
        && run.bytes().any(|byte| byte.is_ascii_uppercase())
        && run.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// An access key id of AWS: 20 capitals and digits that start with `A…IA`.
pub(super) fn has_key_id(run: &str) -> bool {
    let is_key_id = |part: &str| {
        part.len() >= 16
            && part.starts_with('A')
            && part.get(2..4) == Some("IA")
            && part
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    run.split(['=', '/', '%', '+']).any(is_key_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made up; each of the form that its service documents.
    const SECRETS: [&str; 34] = [
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "xoxb-123456789012-abcdefABCDEF",
        "https://hooks.slack.com/services/T000/B000/XXXX",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "glpat-ab12CD34ef56GH78ij90",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "https://ops:hunter2@repo.internal/x",
        "https://0123token@repo.internal/x",
        "https://abc@o1.ingest.sentry.io/42",
        "postgres://shop:p/w@rd@db.internal/shop",
        "shop:hunter2@tcp(db.internal:3306)/shop",
        "Server=db;User Id=shop;Password=hunter2;",
        "host=db user=shop password=hunter2",
        "password: hunter2",
        "Password = hunter2",
        "the passphrase is hunter2",
        "--db-password hunter2",
        "Authorization: Bearer abcdef123456",
        "Bearer abcdef123456",
        "Basic dXNlcjpodW50ZXIy",
        "jdbc:oracle:thin:scott/tiger@//db:1521/orcl",
        "scott/tiger@db:1521/orcl",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc==",
        "https://a.blob.core.windows.net/x?sv=1&sig=abc%3D",
        "{\"db_password\":\"x\"}",
        "{\"token\": \"x y\"}",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc",
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "-----BEGIN RSA PRIVATE KEY-----",
        "v42-glpat-ab12CD34ef56GH78ij90",
        "api_key=x",
    ];

    #[test]
    fn secrets_of_common_kinds_are_known_by_their_looks() {
        for secret in SECRETS {
            assert!(looks_secret(secret), "{secret}");
            assert!(
                looks_secret(&format!("rolled out with {secret} today")),
                "{secret}"
            );
            assert!(
                !looks_secret(&redacted(secret)),
                "{} stays of {secret}",
                redacted(secret)
            );
        }
    }

    #[test]
    fn what_belongs_to_an_estate_is_kept() {
        for text in [
            "app-3f2c1d0b9a8e7f6c5d4b3a291807f6e5d4c3b2a1-260101_120000",
            "arn:aws:acm:eu-west-1:123456789012:certificate/3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
            "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
            "awseb-e-abcdefghij-stack-AWSEBAutoScalingGroup-1A2B3C4D5E6F",
            "64bit Amazon Linux 2023 v6.1.0 running Node.js 20",
            "/health?deep=1",
            "HTTP:80/ping",
            "https://example.com:8443/@me:x/",
            "owner: ops@example.com",
            "mailto:ops@example.com",
            "registry/app:1.2@sha256:abc",
            "sk-logistics-prod",
            "key-account-team",
            "Basic monitoring",
            "basic",
            "search-prod.eba-abcd1234.ap-northeast-1.elasticbeanstalk.com",
            "passenger standalone",
            "cost-center=4711",
            "{\"CloudWatchMetrics\":{\"Environment\":{\"ApplicationRequestsTotal\":60}},\"Version\":1}",
        ] {
            assert!(!looks_secret(text), "{text} becomes {}", redacted(text));
        }
    }

    #[test]
    fn names_of_secrets_are_known_however_they_are_written() {
        for name in [
            "pw",
            "db-pass",
            "passphrase",
            "DbPassword",
            "API_KEY",
            "apikey",
            "access.key",
            "dbPwd",
            "Secret",
            "aws_secret_access_key",
            "AUTH_TOKEN",
            "SENTRY_DSN",
            "private-key",
            "ssh:passwd",
            "basic-auth",
            "db creds",
        ] {
            assert!(names_secret(name), "{name}");
        }
        for name in [
            "Stack",
            "owner",
            "compass",
            "passenger",
            "keynote",
            "key",
            "author",
            "spinner",
            "patch",
            "Name",
        ] {
            assert!(!names_secret(name), "{name}");
        }
    }

    #[test]
    fn what_was_redacted_stays_as_it_is() {
        for secret in SECRETS {
            let once = redacted(&format!("a {secret} b"));
            assert_eq!(redacted(&once), once);
        }
    }
}
