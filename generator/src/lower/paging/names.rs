//! What parameters and members of paged lists are called, without regard to case and punctuation.

/// Parameters with the number of a page.
pub(super) const NUMBERS: [&str; 5] = ["page", "pagenum", "pagenumber", "pageno", "pageindex"];

/// Parameters with the number of the elements before.
pub(super) const OFFSETS: [&str; 3] = ["offset", "skip", "pageoffset"];

/// Parameters with how many elements are wanted.
pub(super) const LIMITS: [&str; 14] = [
    "limit",
    "size",
    "count",
    "top",
    "max",
    "perpage",
    "pagesize",
    "pagelimit",
    "itemsperpage",
    "maxresults",
    "maxitems",
    "maxpagesize",
    "pagecount",
    "resultsperpage",
];

/// Parameters that say where to go on, and the members that such come from.
const CURSORS: [&str; 14] = [
    "cursor",
    "pagecursor",
    "pagetoken",
    "token",
    "page",
    "marker",
    "pagemarker",
    "continue",
    "continuation",
    "continuationtoken",
    "iterator",
    "bookmark",
    "after",
    "scrollid",
];

/// Members with a link, whatever they stand in.
pub(super) const NEXT_LINKS: [&str; 9] = [
    "nextlink",
    "nexturl",
    "nexturi",
    "nexthref",
    "nextpagelink",
    "nextpageurl",
    "nextpageuri",
    "nextpagehref",
    "odatanextlink",
];

/// Members that say whether there are more pages.
pub(super) const MORE: [&str; 5] = ["hasmore", "hasnext", "hasnextpage", "hasmoreitems", "more"];

/// Members of this name alone could be something else than where to go on.
const VAGUE: [&str; 3] = ["token", "page", "scrollid"];

/// The letters and digits of a name, in lower case.
pub(super) fn squashed(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a parameter that takes text says where to go on.
pub(super) fn is_cursor(parameter: &str) -> bool {
    parameter == "next" || parameter == "startingafter" || CURSORS.contains(&core(parameter))
}

/// Whether a member is what a parameter takes for the next page: `next_cursor` for `cursor`, `nextPageToken` for `pageToken`.
pub(super) fn is_pair(parameter: &str, member: &str) -> bool {
    if matches!(
        (parameter, member),
        ("next", "next") | ("after", "lastid" | "endcursor") | ("pagetoken", "nextpage")
    ) {
        return true;
    }
    let (wanted, found) = (core(parameter), core(member));
    let is_next = member.starts_with("next") || member == parameter;
    let is_vague = VAGUE.contains(&member);
    wanted == found && is_next && !is_vague && CURSORS.contains(&wanted)
}

/// What is named, without the word that says it is the next one.
fn core(name: &str) -> &str {
    ["next", "starting", "start"]
        .iter()
        .find_map(|word| name.strip_prefix(word))
        .unwrap_or(name)
}

/// Whether a member is one that pages have beside their elements.
pub(super) fn is_of_pages(member: &str) -> bool {
    let begins = [
        "total",
        "next",
        "prev",
        "firstpage",
        "lastpage",
        "hasprev",
        "page",
    ];
    let is = |list: &[&str]| list.contains(&member);
    begins.iter().any(|word| member.starts_with(word))
        || member.ends_with("count")
        || (is(&LIMITS) || is(&OFFSETS) || is(&NUMBERS) || is(&MORE) || is(&CURSORS))
        || is(&NEXT_LINKS)
}

/// Whether an object with this name holds what pages have beside their elements.
pub(super) fn is_container(member: &str) -> bool {
    ["meta", "pag", "cursor"]
        .iter()
        .any(|word| member.contains(word))
        || is_links(member)
}

/// Whether an object with this name holds links.
pub(super) fn is_links(member: &str) -> bool {
    ["links", "link", "pages", "paging", "pagination"].contains(&member)
}
