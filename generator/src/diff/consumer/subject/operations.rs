//! Operations: methods of handles, and their requests.

use super::super::super::change::{Change, last_part};
use super::{Names, Subject, file_words};

impl Names<'_> {
    /// Changes of an operation, of what it takes or of what it brings.
    pub(super) fn of_operation(&self, code: &str, change: &Change, subject: &mut Subject) {
        let operation = self.new.operations.get(change.owner.as_str());
        let module = operation.map(|entry| entry.place.replace("::", "/"));
        subject.called = module.into_iter().map(|place| file_words(&place)).collect();
        match code {
            "operation-removed" => self.lost_operation(&change.item, &change.item, subject),
            "operation-renamed" | "operation-moved" => {
                self.lost_operation(&change.before, &change.item, subject);
            }
            "request-renamed" => subject.gone_types.push(change.before.clone()),
            code => {
                self.taken(code, change, subject);
                self.brought(code, change, subject);
            }
        }
    }

    /// What an operation takes: arguments of its method, and setters of its request.
    fn taken(&self, code: &str, change: &Change, subject: &mut Subject) {
        let item = last_part(&change.item).to_owned();
        match code {
            "argument-added" | "argument-removed" | "argument-became-optional" => {
                subject.argument = item;
                subject.is_count = true;
            }
            "setter-became-required" => {
                subject.owners.extend(self.request(change));
                subject.argument.clone_from(&item);
                subject.gone.push(item);
                subject.is_count = true;
            }
            "arguments-reordered" | "argument-type-changed" | "setter-type-changed" => {
                subject.argument = item;
            }
            "setter-removed" | "way-removed" => {
                subject.owners.extend(self.request(change));
                subject.gone.push(item);
            }
            "setter-renamed" => {
                subject.owners.extend(self.request(change));
                subject.gone.push(last_part(&change.before).to_owned());
            }
            _ => {}
        }
    }

    /// What an operation brings, and what can be waited for with it.
    fn brought(&self, code: &str, change: &Change, subject: &mut Subject) {
        let item = last_part(&change.item).to_owned();
        match code {
            "waiter-removed" => {
                subject.owners.extend(self.new.handle(&change.owner));
                subject.gone.push(item);
            }
            "waiter-changed" | "way-changed" => {
                let types = self.new.brings(&change.owner, &item).into_iter().collect();
                subject.value = Some((item, types));
            }
            "answer-changed" => subject.value = Some((item, vec![change.after.clone()])),
            "paging-removed" => {
                subject.owners.push("Call".to_owned());
                let methods = ["items", "pages", "collect_all"];
                subject.gone = methods.map(str::to_owned).to_vec();
            }
            "answer-status-removed" => {
                subject.owners.extend(status_of(&change.item));
                subject.gone.push(item);
            }
            "answer-status-changed" => {
                subject.owners.extend(status_of(&change.item));
                subject.beside = vec![item];
            }
            _ => {}
        }
    }

    /// The request of the operation that a change belongs to.
    fn request(&self, change: &Change) -> Option<String> {
        let (new, old) = (&self.new, &self.old);
        new.request(&change.owner)
            .or_else(|| old.request(&change.owner))
    }

    /// An operation that is not where it was: its method, its request, and its answers where they have a type of their own.
    fn lost_operation(&self, before: &str, after: &str, subject: &mut Subject) {
        subject.gone.push(last_part(before).to_owned());
        let handles = [
            self.old.handle(before),
            self.new.handle(before),
            self.new.handle(after),
        ];
        subject.owners.extend(handles.into_iter().flatten());
        subject.gone_types.extend(self.old.request(before));
        let operation = self.old.operations.get(before);
        let by_status = operation.filter(|entry| entry.fact("answer") == "by-status");
        subject
            .gone_types
            .extend(by_status.map(|entry| entry.fact("brings").to_owned()));
    }
}

/// The type of answers in `PetAnswer::Accepted`.
fn status_of(item: &str) -> Option<String> {
    item.split_once("::").map(|(ty, _)| ty.to_owned())
}
