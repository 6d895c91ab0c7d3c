//! Characters that show nothing of themselves.

/// Whether a character has no place in prose: it is hidden, and neither parts words nor joins letters, without which some scripts are
/// not written.
pub fn hides_in_prose(letter: char) -> bool {
    is_hidden(letter) && !matches!(letter, '\t' | '\n' | '\u{200c}' | '\u{200d}')
}

/// Whether a character is not seen, or changes the order of what is: controls, joiners, marks of direction, line separators.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
