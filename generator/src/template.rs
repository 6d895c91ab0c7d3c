//! Templates: what is the same of all of them.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

/// What fills templates in, with what values are escaped for. A line with nothing but a tag leaves no line, and what is not given is a fault.
///
/// # Errors
///
/// The syntax cannot be made: a fault of the generator, not of its input.
pub(crate) fn environment<'t>(
    escape: fn(&str) -> AutoEscape,
) -> Result<Environment<'t>, minijinja::Error> {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(escape);
    environment.set_syntax(syntax);
    Ok(environment)
}
