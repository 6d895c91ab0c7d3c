//! Characters that show nothing of themselves.

/// Whether a character is not seen, or changes the order of what is: controls, joiners, marks of direction, line separators.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
