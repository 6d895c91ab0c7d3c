//! Rules about types and what is in them.

use super::super::verdict::{Rust, Wire};
use super::Rule;

table! { ALL;
    TYPE_ADDED = "type-added" Minor Compatible Compatible
        "A new type"
        "The type `{item}` is new."
        "It comes with what uses it."
        "+ types::OrderReceipt";
    TYPE_REMOVED = "type-removed" Major Compatible Compatible
        "A type is gone"
        "The type `{item}` is gone."
        "Nothing that the crate does sends or brings it any more. What used it is told of apart, and so is what that means on the wire."
        "- use shop_client::types::OrderReceipt;";
    TYPE_RENAMED = "type-renamed" Major Compatible Compatible
        "A type has another name"
        "The type `{before}` is called `{after}` now."
        "It holds much the same, and stands where the other one stood. What uses it is not told of again. The name of a type is not sent."
        "- use shop_client::types::OrderView;\n+ use shop_client::types::Order;";
    TYPE_KIND_CHANGED = "type-kind-changed" Major Breaking Breaking
        "A type is something else"
        "`{item}` is {after} instead of {before}."
        "Such as an enum that is a struct now. Whether a program that runs already understands it is worked out from the types."
        "- pub enum Size { Small, Large }\n+ pub struct Size { pub width: i64, pub height: i64 }";
    TYPE_NARROWED = "type-needs-feature" Major Compatible Compatible
        "A type is behind fewer features"
        "`{item}` is no longer there with only the features {before}."
        "No operation behind these features sends or brings it any more. Code that turns off default features and names the type has to turn on another feature."
        "- #[cfg(any(feature = \"orders\", feature = \"shops\"))]\n+ #[cfg(feature = \"shops\")]";
    TYPE_WIDENED = "type-under-more-features" Minor Compatible Compatible
        "A type is there with more features"
        "`{item}` is there with more features: {after}."
        "An operation behind one more feature sends or brings it."
        "- #[cfg(feature = \"shops\")]\n+ #[cfg(any(feature = \"orders\", feature = \"shops\"))]";
    DERIVE_ADDED = "derive-added" Minor Compatible Compatible
        "A type implements one more trait"
        "`{item}` implements {after}."
        "The config asks for it, or all that is in the type has it now."
        "+ #[derive(Hash)]";
    DERIVE_REMOVED = "derive-removed" Major Compatible Compatible
        "A type no longer implements a trait"
        "`{item}` no longer implements {before}."
        "The config no longer asks for it, or something in the type does not have it."
        "- #[derive(Hash)]";
    ALIAS_CHANGED = "alias-changed" Major Breaking Breaking
        "A name stands for another type"
        "`{item}` stands for `{after}` instead of `{before}`."
        "Uses have the type itself and are told of apart; this is about code that names the alias."
        "- pub type OrderId = String;\n+ pub type OrderId = i64;";
    SETTERS_ADDED = "struct-setters-added" Minor Compatible Compatible
        "A struct has setters"
        "`{item}` has setters for what is optional."
        "A request holds it now."
        "+ Address::new().street(\"High Street\")";
    SETTERS_REMOVED = "struct-setters-removed" Major Compatible Compatible
        "A struct has no setters any more"
        "`{item}` has no setters any more."
        "No request holds it any more. Its fields are public: set them."
        "- Address::new().street(\"High Street\")";
    FIELD_ADDED = "field-added" Minor Compatible Compatible
        "A struct has one more optional field"
        "`{item}` is new: `{after}`."
        "Structs are `#[non_exhaustive]` and made by `new`, so an optional field is in nobody's way."
        "+ pub note: Option<String>";
    REQUIRED_FIELD_ADDED = "required-field-added" Major Breaking Compatible
        "A struct has one more required field"
        "`{item}` is new and required: `{after}`."
        "`new` takes one more argument. A program that runs already does not send it; what it receives it passes over."
        "- Order::new(customer)\n+ Order::new(customer, currency)";
    FIELD_REMOVED = "field-removed" Major Risky Risky
        "An optional field is gone"
        "`{item}` is gone: `{before}`."
        "Code that names it does not compile. A program that runs already may still send it, and finds nothing where it reads it."
        "- order.note";
    REQUIRED_FIELD_REMOVED = "required-field-removed" Major Risky Breaking
        "A required field is gone"
        "`{item}` is gone, and was required: `{before}`."
        "`new` takes one argument less. A program that runs already can't read what comes without it."
        "- Order::new(customer, currency)\n+ Order::new(customer)";
    FIELD_RENAMED = "field-renamed" Major Compatible Compatible
        "A field has another name"
        "The field `{before}` is called `{after}` now."
        "Its name on the wire is the same."
        "- order.customer_name\n+ order.name_of_customer";
    FIELD_WIRE_NAME_CHANGED = "field-name-changed-on-wire" Patch Breaking Breaking
        "A field has another name on the wire"
        "`{item}` is `{after}` on the wire instead of `{before}`."
        "The code is the same. Of a program that runs already the service does not see the field, and the other way round; where neither side needs it, nothing fails."
        "- {\"userName\": \"jo\"}\n+ {\"username\": \"jo\"}";
    FIELD_TYPE_CHANGED = "field-type-changed" Major Breaking Breaking
        "A field has another type"
        "`{item}` has the type `{after}` instead of `{before}`."
        "Whether a program that runs already understands it is worked out from the types."
        "- pub size: i32\n+ pub size: i64";
    FIELD_BECAME_REQUIRED = "field-became-required" Major Breaking Compatible
        "A field must be there"
        "`{item}` must be there now: `{after}` instead of `{before}`."
        "Its type loses the `Option`, and `new` takes it. A program that runs already may leave it out; to one that only reads, it is safe."
        "- Order::new().currency(\"EUR\")\n+ Order::new(\"EUR\")";
    FIELD_BECAME_OPTIONAL = "field-became-optional" Major Compatible Breaking
        "A field may be missing"
        "`{item}` may be missing now: `{after}` instead of `{before}`."
        "Its type is an `Option`, and `new` does not take it. A program that runs already can't read an answer without it."
        "- order.currency.as_str()\n+ order.currency.as_deref()";
    FIELD_BECAME_NULLABLE = "field-became-nullable" Major Compatible Breaking
        "A field may be null"
        "`{item}` may be null now: `{after}` instead of `{before}`."
        "A program that runs already can't read null where it expects a value; where the field was optional before, it can."
        "- pub note: Option<String>\n+ pub note: Patch<String>";
    FIELD_NOT_NULLABLE = "field-no-longer-nullable" Major Breaking Compatible
        "A field can't be null any more"
        "`{item}` can't be null any more: `{after}` instead of `{before}`."
        "A program that runs already may send null to clear it, which the service no longer takes."
        "- order.note(Patch::Null)\n+ order.note(\"…\")";
    CONSTRUCTOR_REORDERED = "constructor-reordered" Major Compatible Compatible
        "A constructor takes its arguments in another order"
        "`{item}` takes its arguments in another order: ({after}) instead of ({before})."
        "The order is that of the properties in the document. Where types are equal, the compiler does not see that they are mixed up: look at every call."
        "- Address::new(street, city)\n+ Address::new(city, street)";
    REST_ADDED = "rest-added" Minor Compatible Compatible
        "A struct keeps what is not declared"
        "`{item}` is new: it keeps the properties that are not declared."
        "The schema allows properties beyond the declared ones and says of which type."
        "+ pub additional_properties: BTreeMap<String, String>";
    REST_REMOVED = "rest-removed" Major Risky Risky
        "A struct no longer keeps what is not declared"
        "`{item}` is gone: properties that are not declared are passed over."
        "The schema no longer says of which type other properties are."
        "- order.additional_properties";
    REST_CHANGED = "rest-changed" Major Breaking Breaking
        "What is not declared has another type or stands in another field"
        "Properties that are not declared stand in `{after}` instead of `{before}`."
        "Whether a program that runs already understands them is worked out from the types."
        "- BTreeMap<String, String>\n+ BTreeMap<String, i64>";
    CONVERSION_ADDED = "conversion-added" Minor Compatible Compatible
        "What a response brought can be put back"
        "`{owner}` can be made from {after}."
        "The type of responses became the source of a type of requests."
        "+ OrderRequest::from(order)";
    CONVERSION_REMOVED = "conversion-removed" Major Compatible Compatible
        "What a response brought can't be put back as it is"
        "`{owner}` can no longer be made from {before}."
        "The two types no longer belong together."
        "- OrderRequest::from(order)";
    CONVERSION_CHANGED = "conversion-changed" Major Compatible Compatible
        "A conversion takes something else"
        "`{owner}` is made from {after} instead of {before}."
        "Where a request needs what no response brings, the conversion is `from_response` and takes that as an argument."
        "- OrderRequest::from(order)\n+ OrderRequest::from_response(order, pin)";
    PAGE_ADDED = "page-added" Minor Compatible Compatible
        "A type is a page of a list"
        "`{owner}` is a page of {after}."
        "Its elements can be walked over without naming the field."
        "+ impl Page for OrderList";
    PAGE_REMOVED = "page-removed" Major Compatible Compatible
        "A type is no longer a page of a list"
        "`{owner}` is no longer a page of {before}."
        "Its elements can't be walked over without naming the field."
        "- impl Page for OrderList";
    PAGE_CHANGED = "page-changed" Major Compatible Compatible
        "A page holds something else"
        "`{owner}` is a page of {after} instead of {before}."
        "The walk over its elements brings values of another type, or from another field."
        "- impl Page<Item = OrderView> for OrderList\n+ impl Page<Item = Order> for OrderList";
    VALUE_ADDED = "enum-value-added" Minor Compatible Compatible
        "An enum has one more value"
        "`{item}` is new: `{after}`."
        "Enums are open: every `match` has an arm for what it does not know. A program that runs already sees `Unknown`."
        "+ Size::ExtraLarge";
    VALUE_REMOVED = "enum-value-removed" Major Breaking Compatible
        "A value of an enum is gone"
        "`{item}` is gone: `{before}`."
        "Code that names it does not compile. A program that runs already may send it, and the service no longer takes it."
        "- Size::ExtraLarge";
    VALUE_RENAMED = "enum-value-renamed" Major Compatible Compatible
        "A value of an enum has another name"
        "`{before}` is called `{after}` now."
        "It is the same on the wire."
        "- Size::Xl\n+ Size::ExtraLarge";
    VALUE_CHANGED = "enum-value-changed-on-wire" Patch Breaking Risky
        "A value of an enum is written otherwise"
        "`{item}` is `{after}` on the wire instead of `{before}`."
        "The code is the same. A program that runs already sends the old text, and sees `Unknown` where the new one comes."
        "- \"XL\"\n+ \"xl\"";
    VARIANT_ADDED = "variant-added" Minor Compatible Compatible
        "A union has one more variant"
        "`{item}` is new and holds `{after}`."
        "Unions are open: every `match` has an arm for what it does not know. A program that runs already sees `Unknown`."
        "+ Payment::Voucher(Voucher)";
    VARIANT_REMOVED = "variant-removed" Major Breaking Compatible
        "A variant of a union is gone"
        "`{item}` is gone, which held `{before}`."
        "Code that names it does not compile. A program that runs already may send it, and the service no longer takes it."
        "- Payment::Voucher(voucher) => …";
    VARIANT_RENAMED = "variant-renamed" Major Compatible Compatible
        "A variant of a union has another name"
        "`{before}` is called `{after}` now."
        "It holds the same type."
        "- Payment::Card(card) => …\n+ Payment::CreditCard(card) => …";
    VARIANT_TYPE_CHANGED = "variant-type-changed" Major Breaking Breaking
        "A variant of a union holds another type"
        "`{item}` holds `{after}` instead of `{before}`."
        "Whether a program that runs already understands it is worked out from the types."
        "- Payment::Card(CardView)\n+ Payment::Card(Card)";
    VARIANT_SELECTION_CHANGED = "variant-selection-changed" Patch Risky Risky
        "A variant of a union is told by something else"
        "`{item}` is chosen by {after} instead of {before}."
        "The code is the same. What the service sends may become another variant than in a program that runs already."
        "- Card(Card) = \"card\"\n+ Card(Card) = \"credit-card\"";
    VARIANT_TAGS_ADDED = "variant-tags-added" Patch Compatible Compatible
        "A variant of a union is chosen by one more value"
        "`{item}` is chosen by {after} too."
        "The code is the same. A program that runs already sees `Unknown` where the new value comes."
        "- Card(Card) = \"card\"\n+ Card(Card) = \"card\" | \"credit-card\"";
    UNION_ORDER_CHANGED = "union-order-changed" Patch Compatible Risky
        "Types of a union are tried in another order"
        "The variants of `{item}` are tried in another order: `{after}` instead of `{before}`."
        "A value can be several of these types, and the first that fits is taken. One that fits several is another variant now, while a program that runs already reads it as before. What is sent is not concerned."
        "- oneOf: [Card, Voucher]\n+ oneOf: [Voucher, Card]";
    UNION_SELECTION_CHANGED = "union-selection-changed" Patch Risky Risky
        "The variants of a union are told apart in another way"
        "The variants of `{item}` are told apart by {after} instead of by {before}."
        "The code is the same. What the service sends may become another variant than in a program that runs already."
        "- by their look\n+ by \"kind\"";
    ACCESSOR_ADDED = "accessor-added" Minor Compatible Compatible
        "A union has one more method for what all variants have"
        "`{item}()` is new."
        "All variants have the field now."
        "+ payment.amount()";
    ACCESSOR_REMOVED = "accessor-removed" Major Compatible Compatible
        "A union has a method less for what all variants have"
        "`{item}()` is gone."
        "A variant does not have the field any more, or a new variant lacks it: then match on the variant."
        "- payment.amount()";
    ACCESSOR_CHANGED = "accessor-changed" Major Compatible Compatible
        "A method of a union brings another type"
        "`{item}()` brings `{after}` instead of `{before}`."
        "The field has another type in all variants."
        "- payment.amount(): Option<&i32>\n+ payment.amount(): Option<&i64>";
}
