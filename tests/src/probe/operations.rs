//! What can be done with the operations of a crate.

use atlas_codegen::surface::{Answer, Crate, Input, Operation, RustType};

use super::spelling::{self, runtime, unboxed};
use super::types::{mine_into, variations};
use super::{Uses, names};

pub(super) fn collect(krate: &Crate, uses: &mut Uses<'_>) {
    for group in &krate.groups {
        uses.gate = names(std::slice::from_ref(&group.feature));
        let module = format!("::api::operations::{}", group.module);
        let handle = format!("{module}::{}", group.ident);
        uses.push(
            format!("operations::{}", group.module),
            format!(
                "fn it(a: &::api::Client) -> {handle} {{ a.{}() }}",
                group.module
            ),
        );
        for operation in &group.operations {
            let place = format!("operations::{}::{}", group.module, operation.module);
            Called {
                krate,
                operation,
                place,
                request: format!("{module}::{}", operation.request),
                brings: spelling::answer(&operation.answer, &module),
                module: &module,
                handle: &handle,
            }
            .collect(uses);
        }
    }
}

/// An operation with what it is called in full.
struct Called<'a> {
    krate: &'a Crate,
    operation: &'a Operation,
    place: String,
    request: String,
    brings: String,
    module: &'a str,
    handle: &'a str,
}

impl Called<'_> {
    fn collect(&self, uses: &mut Uses<'_>) {
        let Self {
            operation,
            place,
            request,
            brings,
            handle,
            ..
        } = self;
        let forms: Vec<Vec<String>> = operation
            .arguments
            .iter()
            .map(|input| argument(input, uses))
            .collect();
        for (set_up, arguments) in variations(&forms) {
            uses.push(
                place,
                format!(
                    "{set_up} fn it(a: &{handle}) -> {request} {{ a.{}({arguments}) }}",
                    operation.module
                ),
            );
        }
        self.setters(uses);
        uses.push(
            place,
            format!(
                "fn has<T: ::core::clone::Clone + ::core::fmt::Debug + Send + 'static>() {{}} \
                 fn it(a: {request}) -> ::api::Call<{brings}> {{ has::<{request}>(); a.send() }}"
            ),
        );
        uses.push(
            place,
            format!("async fn it(a: {request}) -> ::core::result::Result<{brings}, ::api::Error> {{ a.send().await }}"),
        );
        if operation.wire.paging.is_some() {
            uses.push(
                place,
                format!("fn it(a: {request}) {{ let _ = a.send().items(); }}"),
            );
        }
        for way in &operation.ways {
            let parts = way.parts.as_ref();
            let parts = parts.map(|(how, ty)| spelling::sequence(*how, ty));
            let brings = parts.unwrap_or_else(|| "::api::Download".to_owned());
            uses.push(
                format!("{place}>{}", way.ident),
                format!(
                    "fn it(a: {request}) -> ::api::Call<{brings}> {{ a.{}() }}",
                    way.ident
                ),
            );
        }
        for waiter in &operation.waiters {
            let outcome = if waiter.waiting.gone { ", ()" } else { "" };
            for (set_up, arguments) in variations(&forms) {
                uses.push(
                    format!("{place}~{}", waiter.ident),
                    format!(
                        "{set_up} fn it(a: &{handle}) -> ::api::Waiter<{brings}{outcome}> {{ a.{}({arguments}) }}",
                        waiter.ident
                    ),
                );
            }
        }
        self.statuses(uses);
    }

    fn setters(&self, uses: &mut Uses<'_>) {
        let shared = self.operation.shared.iter().filter_map(|name| {
            let mut all = self.krate.parameters.iter();
            all.find(|input| input.ident == *name)
        });
        for input in shared.chain(&self.operation.options) {
            let (request, name) = (&self.request, &input.ident);
            let taken = unboxed(&input.ty);
            let ty = spelling::ty(taken);
            let item = format!("{}.{name}", self.place);
            let mut given = vec![ty.clone()];
            if uses.spelling.is_from_str(taken) {
                given.push("&'static str".to_owned());
            }
            for given in given {
                uses.push(
                    &item,
                    format!("fn it(a: {request}, b: {given}) -> {request} {{ a.{name}(b) }}"),
                );
            }
            uses.push(
                &item,
                format!(
                    "{} fn it(a: {request}) -> {request} {{ a.{name}(Mine) }}",
                    mine_into(&ty)
                ),
            );
        }
    }

    fn statuses(&self, uses: &mut Uses<'_>) {
        let Answer::ByStatus { variants, .. } = &self.operation.answer else {
            return;
        };
        let answer = &self.brings;
        for variant in variants {
            let name = &variant.ident;
            let code = match &variant.ty {
                Some(ty) => {
                    let held = spelling::ty(ty);
                    format!(
                        "fn make(a: {held}) -> {answer} {{ {answer}::{name}(a) }} \
                         fn look(a: {answer}) -> {held} {{ match a {{ {answer}::{name}(a) => a, _ => crate::any() }} }}"
                    )
                }
                None => format!(
                    "fn make() -> {answer} {{ {answer}::{name} }} \
                     fn look(a: {answer}) {{ match a {{ {answer}::{name} => {{}} _ => {{}} }} }}"
                ),
            };
            uses.push(format!("{}::{name}", self.place), code);
        }
        uses.push(
            &self.place,
            format!(
                "fn it(a: {answer}) -> (u16, {}) {{ match a {{ {answer}::Unknown(a, b) => (a, b), _ => crate::any() }} }} \
                 fn at(a: {}::{}) {{}}",
                runtime("Bytes"),
                self.module,
                self.operation.request
            ),
        );
    }
}

/// The forms in which an argument can be given.
fn argument(input: &Input, uses: &Uses<'_>) -> Vec<String> {
    let taken = unboxed(&input.ty);
    let ty = spelling::ty(taken);
    if *uses.spelling.resolved(taken) == RustType::String {
        let mine = "struct Mine; impl ::core::convert::AsRef<str> for Mine { fn as_ref(&self) -> &str { \"\" } }";
        return vec![
            "crate::any::<&'static str>()".to_owned(),
            "crate::any::<::std::string::String>()".to_owned(),
            "crate::any::<&'static ::std::string::String>()".to_owned(),
            format!("Mine|{mine}"),
        ];
    }
    let mut forms = vec![format!("crate::any::<{ty}>()")];
    if uses.spelling.is_made_from_text(taken) {
        if uses.spelling.is_from_str(taken) {
            forms.push("crate::any::<&'static str>()".to_owned());
        }
        forms.push(format!("Mine|{}", mine_into(&ty)));
    }
    forms
}
