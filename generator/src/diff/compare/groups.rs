//! Features, and groups of operations.

use super::super::outline::Entry;
use super::super::rules;
use super::{Compare, Finding};

impl Compare<'_, '_> {
    pub(super) fn groups(&mut self) {
        self.features();
        let (old, new) = (self.old, self.new);
        for (module, group) in &old.groups {
            let name = self.pairs.group(module);
            let Some(other) = new.groups.get(name) else {
                self.group(&rules::GROUP_REMOVED, group, module);
                continue;
            };
            if name != *module {
                self.push(Finding {
                    groups: vec![other.fact("if").to_owned()],
                    before: (*module).to_owned(),
                    after: name.to_owned(),
                    ..Finding::of(&rules::GROUP_RENAMED, name)
                });
            } else if group.fact("handle") != other.fact("handle") {
                self.push(Finding {
                    groups: vec![other.fact("if").to_owned()],
                    before: group.fact("handle").to_owned(),
                    after: other.fact("handle").to_owned(),
                    ..Finding::of(&rules::HANDLE_RENAMED, name)
                });
            }
        }
        for (module, group) in &new.groups {
            let is_renamed = self.pairs.groups.values().any(|name| name == module);
            if !old.groups.contains_key(module) && !is_renamed {
                self.group(&rules::GROUP_ADDED, group, module);
            }
        }
    }

    fn group(&mut self, rule: &'static super::Rule, group: &Entry, module: &str) {
        self.push(Finding {
            groups: vec![group.fact("if").to_owned()],
            ..Finding::of(rule, module)
        });
    }

    fn features(&mut self) {
        let (old, new) = (&self.old.features, &self.new.features);
        for (before, after) in &self.pairs.features {
            self.push(Finding {
                groups: vec![(*after).to_owned()],
                before: (*before).to_owned(),
                after: (*after).to_owned(),
                ..Finding::of(&rules::FEATURE_RENAMED, *after)
            });
        }
        for feature in old.difference(new) {
            if !self.pairs.features.contains_key(feature) {
                self.push(Finding {
                    groups: vec![(*feature).to_owned()],
                    before: (*feature).to_owned(),
                    ..Finding::of(&rules::FEATURE_REMOVED, *feature)
                });
            }
        }
        for feature in new.difference(old) {
            if !self.pairs.features.values().any(|name| name == feature) {
                self.push(Finding {
                    groups: vec![(*feature).to_owned()],
                    after: (*feature).to_owned(),
                    ..Finding::of(&rules::FEATURE_ADDED, *feature)
                });
            }
        }
    }
}
