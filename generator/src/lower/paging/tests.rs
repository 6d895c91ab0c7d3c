use super::names::{is_cursor, is_pair, squashed};

fn pair(parameter: &str, member: &str) -> bool {
    let (parameter, member) = (squashed(parameter), squashed(member));
    is_cursor(&parameter) && is_pair(&parameter, &member)
}

#[test]
fn a_cursor_and_the_member_that_it_comes_from_have_one_word() {
    for (parameter, member) in [
        ("cursor", "next_cursor"),
        ("start_cursor", "next_cursor"),
        ("cursor", "cursor"),
        ("pageToken", "nextPageToken"),
        ("pageToken", "next-page-token"),
        ("next_page_token", "next_page_token"),
        ("page_token", "next_page"),
        ("page", "next_page"),
        ("continue", "continue"),
        ("marker", "next_marker"),
        ("iterator", "iterator"),
        ("after", "after"),
        ("after", "last_id"),
        ("next", "next"),
        ("page[cursor]", "nextPageCursor"),
        ("nextToken", "nextToken"),
    ] {
        assert!(pair(parameter, member), "{parameter} {member}");
    }
}

#[test]
fn what_only_might_be_a_cursor_is_none() {
    for (parameter, member) in [
        // What is told of this page, or of the one before.
        ("page", "page"),
        ("cursor", "previous_cursor"),
        ("iterator", "prevIterator"),
        // Something else altogether.
        ("token", "token"),
        ("name", "name"),
        ("id", "next_id"),
        ("before", "before"),
        ("after", "before"),
        ("cursor", "next_token"),
        ("page_token", "page_size"),
        ("state", "next_state"),
    ] {
        assert!(!pair(parameter, member), "{parameter} {member}");
    }
}
