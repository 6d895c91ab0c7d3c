//! Servers besides the one that a client's base URL stands for.

use std::collections::BTreeMap;

use crate::url::BaseUrl;

/// A server of the document, as constant data (OpenAPI 3.0.3, Server Object).
#[derive(Clone, Copy, Debug)]
pub struct Server {
    /// Its URL, or a path on the host of the base URL, with variables in braces.
    pub url: &'static str,
    /// Its variables.
    pub variables: &'static [ServerVariable],
}

/// A variable in the URL of a server.
#[derive(Clone, Copy, Debug)]
pub struct ServerVariable {
    /// What stands between the braces.
    pub name: &'static str,
    /// Its value unless the caller says otherwise.
    pub default: &'static str,
    /// The values that it may have; none means any.
    pub values: &'static [&'static str],
}

/// What a caller has said of servers.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    variables: BTreeMap<String, String>,
    places: BTreeMap<String, String>,
}

/// Where the operations with a server of their own are called: the server's URL in the document, and where it is.
pub(crate) type Places = Vec<(&'static str, Result<BaseUrl, String>)>;

impl Settings {
    pub(crate) fn set_variable(&mut self, name: String, value: String) {
        self.variables.insert(name, value);
    }

    pub(crate) fn set_place(&mut self, server: String, place: String) {
        self.places.insert(server, place);
    }

    /// What is wrong with them, by what the document has.
    pub(crate) fn check(&self, root: Option<&Server>, own: &[Server]) -> Result<(), String> {
        let all = || root.into_iter().chain(own);
        for (name, value) in &self.variables {
            let mut same =
                all().flat_map(|server| server.variables).filter(|variable| variable.name == name).peekable();
            if same.peek().is_none() {
                let names = all().flat_map(|server| server.variables).map(|variable| variable.name);
                return Err(format!("no server of the document has a variable `{name}`{}", listed(names)));
            }
            if let Some(variable) = same.find(|variable| !variable.allows(value)) {
                let values = variable.values.iter().copied();
                return Err(format!("the server variable `{name}` cannot be `{value}`{}", listed(values)));
            }
        }
        match self.places.keys().find(|url| !own.iter().any(|server| server.url == **url)) {
            Some(url) => {
                let urls = own.iter().map(|server| server.url);
                Err(format!("no operation of the document has the server `{url}`{}", listed(urls)))
            }
            None => Ok(()),
        }
    }

    /// A server's URL with the values of its variables.
    pub(crate) fn fill(&self, server: &Server) -> String {
        server.variables.iter().fold(server.url.to_owned(), |url, variable| {
            let value = self.variables.get(variable.name).map_or(variable.default, String::as_str);
            url.replace(&format!("{{{}}}", variable.name), value)
        })
    }

    /// Where operations with a server of their own are called: where the caller says; else, for a path, on the host of the
    /// base URL; else at the base URL, where that is the caller's own; else where the document says.
    pub(crate) fn places(&self, own: &[Server], base: &BaseUrl, is_own_base: bool) -> Result<Places, String> {
        let mut places = Vec::new();
        for server in own {
            let filled = self.fill(server);
            let place = match self.places.get(server.url) {
                Some(place) => {
                    Ok(BaseUrl::parse(place).map_err(|fault| format!("the URL for {}: {fault}", server.url))?)
                }
                None if filled.starts_with('/') => base.on_its_host(&filled),
                None if is_own_base => continue,
                None => BaseUrl::parse(&filled),
            };
            places.push((server.url, place));
        }
        Ok(places)
    }
}

impl ServerVariable {
    fn allows(&self, value: &str) -> bool {
        self.values.is_empty() || self.values.contains(&value)
    }
}

/// `; it may be a, b`, for those who have mistyped.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [] => String::new(),
        names => format!("; there is {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGION: ServerVariable = ServerVariable { name: "region", default: "us", values: &["us", "eu"] };
    const UPLOADS: Server = Server { url: "https://{region}.uploads.example/v1", variables: &[REGION] };
    const SIDE: Server = Server { url: "/side", variables: &[] };
    const PLAIN: Server = Server { url: "http://plain.example", variables: &[] };

    fn places(settings: &Settings, base: &str, is_own: bool) -> Vec<String> {
        let places = settings.places(&[UPLOADS, SIDE, PLAIN], &BaseUrl::parse(base).unwrap(), is_own).unwrap();
        let shown = |place: Result<BaseUrl, String>| place.map_or_else(|fault| fault, |url| url.to_string());
        places.into_iter().map(|(url, place)| format!("{url} -> {}", shown(place))).collect()
    }

    #[test]
    fn a_document_says_where_an_operation_is_called() {
        let mut settings = Settings::default();
        settings.set_variable("region".to_owned(), "eu".to_owned());
        assert_eq!(
            places(&settings, "https://api.example/base", false),
            [
                "https://{region}.uploads.example/v1 -> https://eu.uploads.example/v1",
                "/side -> https://api.example/side",
                "http://plain.example -> plain http is for the machine itself only; use https",
            ]
        );
    }

    #[test]
    fn a_base_url_of_ones_own_stands_for_every_host_but_those_that_are_given() {
        let mut settings = Settings::default();
        assert_eq!(places(&settings, "http://localhost:1/x", true), ["/side -> http://localhost:1/side"]);
        settings.set_place(UPLOADS.url.to_owned(), "https://mine.example".to_owned());
        let url = UPLOADS.url;
        assert_eq!(
            places(&settings, "http://localhost:1", true),
            [format!("{url} -> https://mine.example"), "/side -> http://localhost:1/side".to_owned()]
        );
    }

    #[test]
    fn what_the_document_does_not_have_is_named() {
        let fault = |set: fn(&mut Settings)| {
            let mut settings = Settings::default();
            set(&mut settings);
            settings.check(Some(&UPLOADS), &[SIDE]).unwrap_err()
        };
        assert_eq!(
            fault(|settings| settings.set_variable("regon".to_owned(), "eu".to_owned())),
            "no server of the document has a variable `regon`; there is region"
        );
        assert_eq!(
            fault(|settings| settings.set_variable("region".to_owned(), "mars".to_owned())),
            "the server variable `region` cannot be `mars`; there is eu, us"
        );
        assert_eq!(
            fault(|settings| settings.set_place("/sid".to_owned(), "https://a.example".to_owned())),
            "no operation of the document has the server `/sid`; there is /side"
        );
    }
}
