//! Types and their members.

use super::super::super::change::{Change, last_part};
use super::{Names, Subject};

impl Names<'_> {
    /// Changes of a type, or of a member of it.
    pub(super) fn of_type(&self, code: &str, change: &Change, subject: &mut Subject) {
        match code {
            "struct-setters-removed" => {
                let fields = self.old.settable.get(change.owner.as_str());
                let fields = fields.into_iter().flatten();
                subject.gone = fields.map(|name| (*name).to_owned()).collect();
            }
            code => {
                whole(code, change, subject);
                lost_member(code, change, subject);
                other_member(code, change, subject);
            }
        }
    }
}

/// The type itself, and what can be done with it.
fn whole(code: &str, change: &Change, subject: &mut Subject) {
    let name = |path: &str| last_part(path).to_owned();
    match code {
        "type-removed" | "type-needs-feature" => subject.gone_types.push(name(&change.item)),
        "type-renamed" => subject.gone_types.push(name(&change.before)),
        "type-kind-changed" => subject.is_whole = true,
        "derive-removed" => {
            let traits = change.before.split(", ");
            subject.beside = traits.map(str::to_owned).collect();
        }
        "conversion-removed" | "conversion-changed" => {
            let from = change.before.split('`').nth(1);
            subject.beside = from.map(str::to_owned).into_iter().collect();
        }
        "page-removed" | "page-changed" => subject.beside = vec!["Page".to_owned()],
        "alias-changed" => subject.value = value(change),
        _ => {}
    }
}

/// Members that are not there any more, or under another name.
fn lost_member(code: &str, change: &Change, subject: &mut Subject) {
    let item = last_part(&change.item).to_owned();
    match code {
        "field-removed" | "rest-removed" | "accessor-removed" | "enum-value-removed"
        | "variant-removed" => subject.gone.push(item),
        "field-renamed" | "enum-value-renamed" | "variant-renamed" => {
            subject.gone.push(last_part(&change.before).to_owned());
            subject.argument = item;
        }
        "required-field-removed" => {
            subject.gone.push(item.clone());
            subject.argument = item;
            subject.is_count = true;
        }
        _ => {}
    }
}

/// Members that are new where they are asked for, or that hold something else.
fn other_member(code: &str, change: &Change, subject: &mut Subject) {
    let item = last_part(&change.item).to_owned();
    match code {
        "required-field-added" => {
            subject.argument = item;
            subject.is_count = true;
        }
        "field-became-required" => {
            subject.value = value(change);
            subject.argument.clone_from(&item);
            subject.is_count = true;
            // What `new` takes has no setter.
            subject.gone.push(item);
        }
        "field-became-optional" | "field-became-nullable" => {
            subject.value = value(change);
            subject.argument = item;
            subject.is_count = true;
        }
        "field-no-longer-nullable" | "field-type-changed" | "constructor-reordered" => {
            subject.value = value(change);
            subject.argument = item;
        }
        "accessor-changed" | "rest-changed" => subject.value = value(change),
        "variant-type-changed" => subject.beside = vec![item],
        _ => {}
    }
}

/// What has another type now, and that type.
fn value(change: &Change) -> Option<(String, Vec<String>)> {
    let types = layers(&change.after, &change.before);
    Some((last_part(&change.item).to_owned(), types))
}

/// A type, and what is in an `Option` or `Patch`.
fn layers(ty: &str, before: &str) -> Vec<String> {
    let inner = |ty: &str| {
        let inside = ty
            .strip_prefix("Option<")
            .or_else(|| ty.strip_prefix("Patch<"));
        inside
            .and_then(|inside| inside.strip_suffix('>'))
            .unwrap_or(ty)
            .to_owned()
    };
    let mut layers = vec![ty.to_owned()];
    if inner(ty) != ty && inner(ty) != inner(before) {
        layers.push(inner(ty));
    }
    layers
}
