//! `operations/parameters.rs`: what many operations take alike, described once.

use super::super::source::Source;
use super::request::write_option;
use super::{in_full, unboxed};
use crate::surface::{Crate, File};

/// The file; none where nothing is shared.
pub(super) fn file(krate: &Crate) -> Option<File> {
    if krate.parameters.is_empty() {
        return None;
    }
    let mut table = String::from(
        "/// A parameter by the name of its setter: what `use` stands for in the table of a request.\n\
         #[allow(unused_macros, reason = \"without any feature there is no request\")]\n\
         macro_rules! parameter {\n",
    );
    for input in &krate.parameters {
        table.push_str(&format!(
            "    ({}) => {{ client_runtime::parameter! {{\n",
            input.ident
        ));
        let ty = in_full(unboxed(&input.ty), "crate");
        write_option(input, &ty, &mut table);
        table.push_str("\n    }};\n");
    }
    table.push_str("}\n");
    let mut source = Source::default();
    source.text("//! The parameters that several operations share.\n".to_owned());
    source.text(table);
    Some(source.finish_plain("src/operations/parameters.rs", &krate.package))
}
