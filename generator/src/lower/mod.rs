//! From the document to what it means.
//!
//! Schemas become types (`schema` decides what a schema is; `object`, `union` and `enumeration` build it), path items become
//! operations. Types are built from a queue, so a long chain of references costs no stack.

mod annotations;
mod answer;
mod binary;
mod body;
mod calls;
mod context;
mod deprecation;
mod encoding;
mod enumeration;
mod envelope;
mod error_envelope;
mod found;
mod media;
mod member;
mod object;
mod operation;
mod own;
mod paging;
mod parameter;
mod part_headers;
mod path_template;
mod pattern;
mod schema;
mod security;
mod select;
mod sequence;
mod server;
mod tag;
mod union;
mod unused;
mod version;
mod view;
mod webhooks;

use crate::config::Config;
use crate::diag::{Diagnostics, SpecPath};
use crate::ir::{Api, Info};
use crate::spec::Document;
use context::Context;

/// What a document means. Faults in single operations and schemas are reported, and the part is left out or typed as any JSON.
pub fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let openapi = document.openapi();
    let mut context = Context::new(document, config, diagnostics);
    let schemes = security::schemes(&mut context);
    let mut security = security::Reader::new(&mut context, &schemes);
    let (mut operations, tags) = operation::lower_all(&mut context, &mut security);
    let requirements = security.usual(&mut operations);
    if config.schemas.emit_all || operations.is_empty() {
        context.lower_components();
        webhooks::lower_all(&mut context);
    }
    own::check(&context.used.borrow(), config, context.diagnostics);
    binary::keep_in_parts(&mut context.types, &mut operations);
    part_headers::keep_of_files(&mut operations, &context.types, context.diagnostics);
    envelope::mark_declared(&mut operations, &context.types, config.envelope.as_ref());
    paging::find(&mut operations, &context.types, config, context.diagnostics);
    calls::apply(&mut operations, &context.types, config, context.diagnostics);
    let servers = server::lower_all(&openapi.servers, &SpecPath::root().join("servers"));
    server::report_plain(&servers, &operations, context.diagnostics);
    let error = error_envelope::find(&operations, &context.types);
    unused::oauth(&mut context);
    unused::members(
        &operations,
        &context.types,
        error.as_ref(),
        config,
        context.diagnostics,
    );
    Api {
        info: Info {
            title: openapi.info.title.clone(),
            version: openapi.info.version.clone(),
            description: openapi.info.description.clone().unwrap_or_default(),
        },
        servers,
        security: schemes,
        requirements,
        tags,
        types: context.types,
        operations,
        error,
    }
}
