//! Advice on misspelt words.

/// The candidate that was most likely meant; none where nothing is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word_and_a_different_word_finds_nothing() {
        let known = ["operation_ids", "words", "pins"];
        assert_eq!(nearest("operation_id", known), Some("operation_ids"));
        assert_eq!(nearest("wrods", known), Some("words"));
        assert_eq!(nearest("colour", known), None);
    }
}
