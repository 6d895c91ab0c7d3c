//! From one page to the next.

use std::collections::HashSet;
use std::hash::BuildHasher;

use bytes::Bytes;
use http::Uri;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::body;
use crate::error::{ErrorKind, Failure};
use crate::operation::{NextPage, Operation};
use crate::request::Request;
use crate::url::escape;

/// How far a list has been read.
pub(super) struct Course {
    pub(super) operation: &'static Operation,
    /// The hashes of the URLs that were asked for, as a list may have very many pages. That two of a million URLs share one
    /// is less likely than one in a million.
    seen: HashSet<u64>,
    /// The page that came last.
    last: Bytes,
}

impl Course {
    pub(super) fn new(operation: &'static Operation) -> Self {
        Self { operation, seen: HashSet::new(), last: Bytes::new() }
    }

    /// The request for the page behind the one that this request brought; none at the end. The page has `count` elements.
    pub(super) fn next(
        &mut self,
        mut request: Request,
        extra_query: &[(String, String)],
        page: &Bytes,
        count: usize,
    ) -> Result<Option<Request>, Box<Failure>> {
        let fault = |message| Failure::new(ErrorKind::Paging, message).during(self.operation.id);
        let uri = match self.operation.next_page {
            Some(next) => self.uri(next, &request.uri, page, count),
            None => Ok(None),
        };
        // A link need not repeat what the caller has added to the query.
        let add = |uri, (name, value): &(String, String)| match query_value(&uri, name) {
            Some(_) => Ok(uri),
            None => with_query(&uri, name, value),
        };
        let uri = uri.and_then(|uri| uri.map(|uri| extra_query.iter().try_fold(uri, add)).transpose());
        let uri = uri.map_err(fault)?;
        let Some(uri) = uri else { return Ok(None) };
        self.seen.insert(self.seen.hasher().hash_one(request.uri.to_string()));
        request.uri = uri;
        if self.seen.contains(&self.seen.hasher().hash_one(request.uri.to_string())) {
            return Err(fault("the next page is one that came before".to_owned()));
        }
        // Who knows nothing of the number of a page sends the first one for ever.
        if *page == self.last {
            return Err(fault("the page is the one before once more".to_owned()));
        }
        self.last = page.clone();
        Ok(Some(request))
    }

    fn uri(&self, next: NextPage, uri: &Uri, page: &[u8], count: usize) -> Result<Option<Uri>, String> {
        let more = self.operation.more.and_then(|pointer| body::at(page, pointer));
        if more == Some(Value::Bool(false)) {
            return Ok(None);
        }
        // Some services send empty pages before the last one, each with another cursor.
        let is_cursor = matches!(next, NextPage::Cursor { .. });
        if count == 0 && !is_cursor {
            return Ok(None);
        }
        let given = |name| query_value(uri, name).and_then(|value| value.parse::<u64>().ok());
        let (parameter, value) = match next {
            NextPage::Link { at } => {
                let link = body::link_at(page, at).filter(|link| !link.is_empty());
                return link.map(|link| follow(uri, &link)).transpose();
            }
            NextPage::Cursor { parameter, at } => (parameter, body::text_at(page, at)),
            NextPage::After { parameter, items, at } => {
                let last = format!("{items}/{}{at}", count.saturating_sub(1));
                let value = body::text_at(page, &last);
                (parameter, Some(value.ok_or_else(|| format!("the last element has nothing at {at}"))?))
            }
            NextPage::Number { parameter, first } => {
                let number = given(parameter).unwrap_or(first.into());
                (parameter, Some(number.saturating_add(1).to_string()))
            }
            NextPage::Offset { parameter } => {
                let before = given(parameter).unwrap_or(0);
                (parameter, Some(before.saturating_add(count as u64).to_string()))
            }
        };
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        // At the end some services send the cursor that they were given.
        if count == 0 && query_value(uri, parameter).as_deref() == Some(&*value) {
            return Ok(None);
        }
        with_query(uri, parameter, &value).map(Some)
    }
}

/// The URL that a link means (RFC 3986 section 5.2): a URL, a path, or a query. Credentials never go to another origin than
/// the service's.
fn follow(base: &Uri, link: &str) -> Result<Uri, String> {
    let (Some(scheme), Some(authority)) = (base.scheme_str(), base.authority()) else {
        return Err("the request has no absolute URL".to_owned());
    };
    let link = link.split('#').next().unwrap_or_default();
    let text = match link {
        _ if link.contains("://") && !link.starts_with(['/', '?']) => link.to_owned(),
        _ if link.starts_with("//") => format!("{scheme}:{link}"),
        _ if link.starts_with('/') => format!("{scheme}://{authority}{link}"),
        _ if link.starts_with('?') => format!("{scheme}://{authority}{}{link}", base.path()),
        _ => return Err("the link to the next page is neither a URL nor a path".to_owned()),
    };
    let uri: Uri = text.parse().map_err(|error| format!("the link to the next page is no URL: {error}"))?;
    if origin(&uri) != origin(base) {
        let host = uri.host().unwrap_or_default();
        return Err(format!("the link to the next page leads to another origin ({host}); it is not followed"));
    }
    Ok(uri)
}

/// Scheme, host and port (RFC 6454 section 4). Where there is a user name too, there is none.
fn origin(uri: &Uri) -> Option<(&str, String, u16)> {
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'))?;
    let usual = if uri.scheme_str() == Some("http") { 80 } else { 443 };
    Some((uri.scheme_str()?, authority.host().to_ascii_lowercase(), authority.port_u16().unwrap_or(usual)))
}

/// The pairs of a query: as they stand, and their names as they are meant.
fn pairs(uri: &Uri) -> impl Iterator<Item = (&str, String)> {
    let pairs = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| (pair, decoded(pair.split('=').next().unwrap_or_default())))
}

/// The value of a query parameter.
fn query_value(uri: &Uri, name: &str) -> Option<String> {
    let (pair, _) = pairs(uri).find(|(_, given)| given == name)?;
    Some(decoded(pair.split_once('=').map_or("", |(_, value)| value)))
}

/// A URL with a query parameter in place of the one of that name.
fn with_query(uri: &Uri, name: &str, value: &str) -> Result<Uri, String> {
    let mut text = uri.to_string();
    text.truncate(text.find('?').unwrap_or(text.len()));
    let new = format!("{}={}", escape(name), escape(value));
    let others = pairs(uri).filter(|(_, given)| given != name).map(|(pair, _)| pair);
    for (index, pair) in others.chain([new.as_str()]).enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.push_str(pair);
    }
    text.parse().map_err(|error| format!("the URL of the next page cannot be written: {error}"))
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        text.parse().unwrap()
    }

    #[test]
    fn a_query_parameter_is_set_or_replaced() {
        let with = |text: &str| with_query(&uri(text), "page[number]", "2").unwrap().to_string();
        assert_eq!(with("https://a.example/x"), "https://a.example/x?page%5Bnumber%5D=2");
        assert_eq!(
            with("https://a.example/x?b=1&page%5bnumber%5d=1&c=%20"),
            "https://a.example/x?b=1&c=%20&page%5Bnumber%5D=2"
        );
        assert_eq!(query_value(&uri("https://a.example/x?b=1&c=a%20b+c"), "c").as_deref(), Some("a b c"));
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let same = |a, b| origin(&uri(a)) == origin(&uri(b)) && origin(&uri(a)).is_some();
        assert!(same("https://a.example/x", "https://A.example:443/y"));
        assert!(!same("https://a.example", "http://a.example"));
        assert!(!same("https://a.example", "https://a.example:8443"));
        assert!(!same("https://a.example", "https://a.example.evil.example"));
        assert!(!same("https://user@a.example", "https://user@a.example"));
    }
}
