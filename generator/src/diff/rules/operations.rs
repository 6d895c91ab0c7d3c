//! Rules about operations: what they take, what they bring, and how they stand on the wire.

use super::super::verdict::{Rust, Wire};
use super::Rule;

table! { ALL;
    OPERATION_ADDED = "operation-added" Minor Compatible Compatible
        "A new operation"
        "`{item}` is new: {after}."
        "The handle of its group has one more method."
        "+ client.orders().cancel_order(order_id).send().await?";
    OPERATION_REMOVED = "operation-removed" Major Breaking Breaking
        "An operation is gone"
        "`{item}` is gone: {before}."
        "The document no longer has the method and path. A program that runs already may still call it for as long as the service answers."
        "- client.orders().cancel_order(order_id).send().await?";
    OPERATION_RENAMED = "operation-renamed" Major Compatible Compatible
        "An operation has another name"
        "The operation `{before}` is called `{after}` now."
        "Method and path are the same, so calls that are compiled already go where they went. The name of its request changes with it."
        "- client.orders().cancel(order_id)\n+ client.orders().cancel_order(order_id)";
    OPERATION_MOVED = "operation-moved" Major Compatible Compatible
        "An operation stands in another group"
        "The operation `{before}` stands at `{after}` now."
        "Method and path are the same; its tag in the document is another one. It needs the feature of the new group."
        "- client.orders().list_refunds()\n+ client.refunds().list_refunds()";
    REQUEST_RENAMED = "request-renamed" Major Compatible Compatible
        "The type of a request has another name"
        "The request of `{item}` has the type `{after}` instead of `{before}`."
        "Few programs name the type: most call `send` on what the method returns."
        "- let request: ListOrders = …\n+ let request: ListAllOrders = …";
    OPERATION_DEPRECATED = "operation-deprecated" Minor Compatible Compatible
        "An operation is deprecated"
        "`{item}` is deprecated: {after}."
        "Calls of it bring a warning of the compiler, with what the document says of the reason."
        "warning: use of deprecated method `Orders::list_orders`: Use searchOrders instead. (sunset: 2027-01-01)";
    OPERATION_REVIVED = "operation-no-longer-deprecated" Minor Compatible Compatible
        "An operation is no longer deprecated"
        "`{item}` is no longer deprecated."
        "The warning of the compiler is gone. Where the method has `#[expect(deprecated)]` around it, that warns now."
        "- #[deprecated]";
    DEPRECATION_NOTE = "deprecation-note-changed" Patch Compatible Compatible
        "What is said of a deprecation has changed"
        "`{item}` is deprecated for another reason: {after}."
        "Only the text of the compiler's warning is another one."
        "- (sunset: 2027-01-01)\n+ (sunset: 2027-07-01)";
    SUNSET_CHANGED = "sunset-changed" Patch Risky Risky
        "An operation ends on another day"
        "The service may end `{item}` on {after} instead of {before}."
        "From the sunset date on the service may refuse the operation. A program that relies on it should move before."
        "- Sunset: 2027-01-01\n+ Sunset: 2026-07-01";
    METHOD_CHANGED = "method-changed" Patch Breaking Breaking
        "An operation has another HTTP method"
        "`{item}` is sent with {after} instead of {before}."
        "The code is the same, but a program that runs already sends what the service no longer answers."
        "- PUT /orders/{orderId}\n+ PATCH /orders/{orderId}";
    PATH_CHANGED = "path-changed" Patch Breaking Breaking
        "An operation has another path"
        "`{item}` is sent to `{after}` instead of `{before}`."
        "The code is the same, but a program that runs already asks at the old path. Names of parameters in a path do not count: they are not sent."
        "- GET /orders\n+ GET /shop/orders";
    OPERATION_ID_CHANGED = "operation-id-changed" Patch Compatible Compatible
        "The document calls an operation otherwise"
        "The document calls `{item}` {after} instead of {before}."
        "The Rust name is the same. Spans, errors and scripts of tests show the document's name."
        "- OperationId(\"ordersList\")\n+ OperationId(\"listOrders\")";
    ACCEPT_CHANGED = "accept-changed" Patch Risky Risky
        "An operation asks for another media type"
        "`{item}` asks for `{after}` instead of `{before}`."
        "A program that runs already asks for the old one; a dated version is mostly served for a year or more after a newer one."
        "- Accept: application/vnd.shop.2025-01-01+json\n+ Accept: application/vnd.shop.2026-01-01+json";
    CONTENT_TYPE_CHANGED = "content-type-changed" Patch Risky Risky
        "A body is sent as another media type"
        "`{item}` sends its body as `{after}` instead of `{before}`."
        "A program that runs already sends the old one; a dated version is mostly taken for a year or more after a newer one."
        "- Content-Type: application/vnd.shop.2025-01-01+json\n+ Content-Type: application/vnd.shop.2026-01-01+json";
    AUTHENTICATION_ADDED = "authentication-added" Patch Breaking Breaking
        "An operation needs credentials"
        "`{item}` needs credentials now."
        "A client with credentials sends them for it; a program that runs already does not."
        "+ Authorization: Bearer …";
    AUTHENTICATION_REMOVED = "authentication-removed" Patch Compatible Compatible
        "An operation needs no credentials"
        "`{item}` needs no credentials any more."
        "No credentials are sent for it; a program that runs already sends some, which does no harm."
        "- Authorization: Bearer …";
    AUTHENTICATION_CHANGED = "authentication-changed" Patch Risky Risky
        "An operation needs other credentials"
        "`{item}` needs other credentials: {after} instead of {before}."
        "Alternatives stand beside each other, and what is needed together is one of them. A program that runs already brings what was needed before."
        "- security: [{key: []}]\n+ security: [{token: []}]";
    PAGING_ADDED = "paging-added" Minor Compatible Compatible
        "A list can be read page by page"
        "The list that `{item}` brings can be read page by page."
        "The document says enough to find the next page, so `items()`, `pages()` and `collect_all()` work."
        "+ client.orders().list_orders().send().items()";
    PAGING_REMOVED = "paging-removed" Major Compatible Compatible
        "A list can no longer be read page by page"
        "The list that `{item}` brings can no longer be read page by page."
        "The document no longer says how to find the next page, so `items()` stops after the first one or is not there."
        "- client.orders().list_orders().send().items()";
    PAGING_CHANGED = "paging-changed" Patch Risky Risky
        "The next page is found in another way"
        "The next page of `{item}` is found in another way: {after} instead of {before}."
        "The code is the same. A program that runs already looks for the next page where it was."
        "- next page: a link\n+ next page: a cursor";
    DETAIL_CHANGED = "operation-detail-changed" Patch Risky Risky
        "An operation stands on the wire in another way"
        "How `{item}` stands on the wire has changed: {after} instead of {before}."
        "Such as whether it may be repeated, whether its answer is the service's wrapper itself, its servers or the kinds of credentials that it takes. The code is the same."
        "- idempotent\n+ not idempotent";
    ARGUMENT_ADDED = "argument-added" Major Breaking Breaking
        "An operation needs one more argument"
        "`{owner}` needs one more argument, {after}."
        "What is required is an argument, so every call has to name it. A program that runs already does not send it."
        "- client.orders().list_orders(shop_id)\n+ client.orders().list_orders(shop_id, region)";
    ARGUMENT_REMOVED = "argument-removed" Major Risky Risky
        "An operation takes one argument less"
        "`{owner}` no longer takes the argument {before}."
        "Every call has to leave it out. A program that runs already still sends it; most services pass over what they do not know."
        "- client.orders().list_orders(shop_id, region)\n+ client.orders().list_orders(shop_id)";
    ARGUMENT_BECAME_OPTIONAL = "argument-became-optional" Major Compatible Compatible
        "An argument is a setter now"
        "What was the argument {before} of `{owner}` is a setter now."
        "The service no longer needs it, so it is no argument. Every call has to name it with the setter instead."
        "- client.orders().list_orders(shop_id, region)\n+ client.orders().list_orders(shop_id).region(region)";
    SETTER_BECAME_REQUIRED = "setter-became-required" Major Breaking Breaking
        "What was optional is an argument now"
        "`{owner}` needs what was optional: {after}."
        "The service needs it, so it is an argument. A program that runs already may leave it out."
        "- client.orders().list_orders(shop_id).region(region)\n+ client.orders().list_orders(shop_id, region)";
    ARGUMENTS_REORDERED = "arguments-reordered" Major Compatible Compatible
        "The arguments of an operation stand in another order"
        "`{item}` takes its arguments in another order: ({after}) instead of ({before})."
        "Arguments of the path come first, in its order, then the others in the document's. Where types are equal, the compiler does not see that they are mixed up: look at every call."
        "- get_item(order_id, item_id)\n+ get_item(item_id, order_id)";
    ARGUMENT_TYPE_CHANGED = "argument-type-changed" Major Breaking Breaking
        "An argument has another type"
        "The argument `{item}` has the type `{after}` instead of `{before}`."
        "Whether a program that runs already sends what the service takes depends on the types; it is worked out from what is in them."
        "- list_orders(limit: i32)\n+ list_orders(limit: i64)";
    ARGUMENT_RENAMED = "argument-renamed" Patch Compatible Compatible
        "An argument has another name"
        "The argument `{before}` of `{owner}` is called `{after}` now."
        "Calls do not name their arguments."
        "- fn get_order(&self, id: impl AsRef<str>)\n+ fn get_order(&self, order_id: impl AsRef<str>)";
    SETTER_ADDED = "setter-added" Minor Compatible Compatible
        "A request has one more setter"
        "`{item}` is new: an optional {after}."
        "The operation takes one more parameter that may be left out."
        "+ client.orders().list_orders().region(region)";
    SETTER_REMOVED = "setter-removed" Major Risky Risky
        "A setter of a request is gone"
        "`{item}` is gone: {before}."
        "The operation no longer takes the parameter. A program that runs already may still send it; most services pass over what they do not know."
        "- client.orders().list_orders().region(region)";
    SETTER_RENAMED = "setter-renamed" Major Compatible Compatible
        "A setter of a request has another name"
        "The setter `{before}` is called `{after}` now."
        "It sends the same parameter."
        "- .per_page(10)\n+ .items_per_page(10)";
    SETTER_TYPE_CHANGED = "setter-type-changed" Major Breaking Breaking
        "A setter of a request has another type"
        "The setter `{item}` takes `{after}` instead of `{before}`."
        "A setter takes whatever converts into its type, so some calls compile on. Whether a program that runs already sends what the service takes is worked out from the types."
        "- .limit(10_i32)\n+ .limit(\"10\")";
    PARAMETER_NAME_CHANGED = "parameter-name-changed" Patch Breaking Breaking
        "A parameter has another name on the wire"
        "`{item}` is sent as `{after}` instead of `{before}`."
        "The code is the same, but a program that runs already sends the old name."
        "- ?pageNum=2\n+ ?page_num=2";
    PARAMETER_FORM_CHANGED = "parameter-form-changed" Patch Breaking Breaking
        "A parameter or body is written in another form"
        "`{item}` is written in another form: {after} instead of {before}."
        "Such as the style of a list in a query, or a body that was JSON and is a form. The code is the same, but a program that runs already writes the old form."
        "- ?ids=1,2\n+ ?ids=1&ids=2";
    PATTERN_CHANGED = "parameter-pattern-changed" Patch Risky Risky
        "A path parameter is checked otherwise"
        "What `{item}` must look like has changed: {after} instead of {before}."
        "The client checks it before anything is sent. Code compiles on, and values that the new check refuses bring an error; a program that runs already checks as before."
        "- [a-f0-9]{24}\n+ [a-z0-9]{24}";
    ANSWER_CHANGED = "answer-changed" Major Breaking Breaking
        "An operation brings another type"
        "`{item}` brings `{after}` instead of `{before}`."
        "Whether a program that runs already can read the new answer is worked out from the types."
        "- let order: Order = client.orders().get_order(id).send().await?\n+ let order: Option<Order> = client.orders().get_order(id).send().await?";
    STATUS_ADDED = "answer-status-added" Minor Compatible Compatible
        "An operation has one more kind of answer"
        "`{item}` is new: an answer with status {after}."
        "The enum of the answers is open, so every `match` has an arm for what it does not know; a program that runs already sees `Unknown`."
        "+ OrderAnswer::Accepted => …";
    STATUS_REMOVED = "answer-status-removed" Major Compatible Compatible
        "An operation has one kind of answer less"
        "`{item}` is gone: an answer with status {before}."
        "The service no longer answers so. Code that names it does not compile."
        "- OrderAnswer::Accepted => …";
    STATUS_CHANGED = "answer-status-changed" Major Breaking Breaking
        "A kind of answer holds something else"
        "`{item}` is {after} instead of {before}."
        "Where only the statuses are other ones, code compiles on. Whether a program that runs already can read the new answer is worked out from the types."
        "- OrderAnswer::Created(Order)\n+ OrderAnswer::Created(OrderReceipt)";
    WAY_ADDED = "way-added" Minor Compatible Compatible
        "An answer can be had in another form"
        "`{item}` is new: it asks for `{after}`."
        "The operation answers in one more media type."
        "+ client.orders().list_orders().send_csv()";
    WAY_REMOVED = "way-removed" Major Breaking Breaking
        "An answer can no longer be had in a form"
        "`{item}` is gone: it asked for `{before}`."
        "The operation no longer answers in that media type."
        "- client.orders().list_orders().send_csv()";
    WAY_CHANGED = "way-changed" Patch Risky Risky
        "A form of an answer has another media type"
        "`{item}` asks for `{after}` instead of `{before}`."
        "The code is the same; a program that runs already asks for the old one."
        "- Accept: application/vnd.shop.2025-01-01+csv\n+ Accept: application/vnd.shop.2026-01-01+csv";
    WAITER_ADDED = "waiter-added" Minor Compatible Compatible
        "Something more can be waited for"
        "`{item}` is new."
        "The config names one more thing to wait for."
        "+ client.orders().until_delivered(order_id).await?";
    WAITER_REMOVED = "waiter-removed" Major Compatible Compatible
        "Something can no longer be waited for"
        "`{item}` is gone."
        "The config no longer names it, or it asked an operation that is gone."
        "- client.orders().until_delivered(order_id).await?";
    WAITER_CHANGED = "waiter-changed" Patch Compatible Compatible
        "A wait ends on other conditions"
        "`{item}` waits on other conditions: {after} instead of {before}."
        "Where it ends when something is gone, and did not before, it brings nothing instead of the last answer, and is major."
        "- done = [\"DELIVERED\"]\n+ done = [\"DELIVERED\", \"PICKED_UP\"]";
}
