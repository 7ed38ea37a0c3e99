//! Who is answered: this computer by its own names, and no page of another site.
//!
//! A name of somebody else's may be made to lead to this computer (DNS rebinding), so the name in `Host` must be one of ours; and a
//! page of another site may ask for ours, so `Origin` must be ours too, where the browser sends it.

use std::net::{IpAddr, Ipv6Addr};

/// Which names this server goes by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate {
    host: IpAddr,
}

/// The headers of a request that say where it comes from. Those that are not UTF-8 are left empty, and so refused.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RequestHeaders<'a> {
    /// `Host`, or the authority of the request's target.
    pub host: Option<&'a str>,
    /// `Origin`
    pub origin: Option<&'a str>,
    /// `Sec-Fetch-Site`
    pub site: Option<&'a str>,
    /// `Sec-Fetch-Mode`
    pub mode: Option<&'a str>,
}

impl Gate {
    pub(super) fn new(host: IpAddr) -> Self {
        Self { host }
    }

    /// Whether a request may be answered.
    pub(super) fn admits(&self, headers: &RequestHeaders<'_>) -> bool {
        let origin = headers.origin.is_none_or(|origin| {
            origin
                .strip_prefix("http://")
                .is_some_and(|authority| self.is_own(authority) && headers.host == Some(authority))
        });
        // A link may lead here from anywhere; a script, a picture or a request may not.
        let fetched = headers.site == Some("cross-site") && headers.mode != Some("navigate");
        headers.host.is_some_and(|host| self.is_own(host)) && origin && !fetched
    }

    fn is_own(&self, authority: &str) -> bool {
        let Some(name) = name_of(authority) else { return false };
        if name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost") {
            return true;
        }
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        let address: Option<IpAddr> = match bare {
            Some(bare) => bare.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
            None => name.parse().ok(),
        };
        // Whoever lets others in can't know by which of its addresses they come; an address can't be made to lead elsewhere.
        address.is_some_and(|address| address.is_loopback() || address == self.host || !self.host.is_loopback())
    }
}

/// The name of `name:port`; nothing where it is no such thing.
fn name_of(authority: &str) -> Option<&str> {
    let end = match authority.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (name, rest) = authority.split_at(end);
    let port = rest.strip_prefix(':').unwrap_or(rest);
    let is_port =
        rest.is_empty() || (rest.starts_with(':') && !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit()));
    (is_port && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers<'a>(host: &'a str, origin: Option<&'a str>) -> RequestHeaders<'a> {
        RequestHeaders { host: Some(host), origin, ..RequestHeaders::default() }
    }

    #[test]
    fn only_our_own_names_are_answered() {
        let local = Gate::new("127.0.0.1".parse().expect("an address"));
        let open = Gate::new("0.0.0.0".parse().expect("an address"));
        for (host, at_home, abroad) in [
            ("localhost:4000", true, true),
            ("LOCALHOST", true, true),
            ("127.0.0.1:4000", true, true),
            ("[::1]:4000", true, true),
            ("docs.localhost:4000", true, true),
            ("192.168.1.7:4000", false, true),
            ("example.com", false, false),
            ("example.com:4000", false, false),
            ("127.0.0.1.example.com", false, false),
            ("localhost.example.com", false, false),
            ("notlocalhost", false, false),
            ("localhost:", false, false),
            ("localhost:4000@example.com", false, false),
            ("[::1", false, false),
            ("", false, false),
        ] {
            assert_eq!(local.admits(&headers(host, None)), at_home, "{host}");
            assert_eq!(open.admits(&headers(host, None)), abroad, "{host} from outside");
        }
        assert!(!local.admits(&RequestHeaders::default()));
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        let gate = Gate::new("127.0.0.1".parse().expect("an address"));
        let host = "127.0.0.1:4000";
        for (origin, expected) in [
            ("http://127.0.0.1:4000", true),
            ("http://127.0.0.1:3000", false),
            ("http://localhost:4000", false),
            ("https://127.0.0.1:4000", false),
            ("http://example.com", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(gate.admits(&headers(host, Some(origin))), expected, "{origin}");
        }
        let fetched =
            |site, mode| RequestHeaders { host: Some(host), origin: None, site: Some(site), mode: Some(mode) };
        assert!(gate.admits(&fetched("cross-site", "navigate")));
        assert!(gate.admits(&fetched("same-origin", "cors")));
        assert!(!gate.admits(&fetched("cross-site", "no-cors")));
    }
}
