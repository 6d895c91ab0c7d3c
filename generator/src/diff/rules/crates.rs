//! Rules about the crate as a whole, its features and groups, and what the client knows of the service.

use super::super::verdict::{Rust, Wire};
use super::Rule;

table! { ALL;
    CRATE_RENAMED = "crate-renamed" Major Compatible Compatible
        "The crate has another name"
        "The crate is called `{after}` instead of `{before}`."
        "Every `use` line and the entry in `Cargo.toml` name the crate. The name comes from the config, or from the API's title."
        "- use shop_client::Client;\n+ use store_client::Client;";
    EXPORT_ADDED = "export-added" Minor Compatible Compatible
        "One more name at the crate's root"
        "`{item}` is new."
        "Something in the crate is made of it now: an answer of events (`Event`, `Events`) or of JSON texts one after the other (`Lines`), or a body that holds a file (`FilePart`)."
        "+ use shop_client::Event;";
    EXPORT_REMOVED = "export-removed" Major Compatible Compatible
        "A name at the crate's root is gone"
        "`{item}` is gone."
        "Nothing in the crate is made of it any more; what was is told of apart, and so is what that means on the wire. The runtime still has it: `client_runtime::Event`."
        "- use shop_client::Event;";
    FEATURE_ADDED = "feature-added" Minor Compatible Compatible
        "A new Cargo feature"
        "The feature `{after}` is new."
        "Each group of operations has a feature. Features are on by default, so code that turns none off has the new one."
        "+ features = [\"orders\"]";
    FEATURE_REMOVED = "feature-removed" Major Compatible Compatible
        "A Cargo feature is gone"
        "The feature `{before}` is gone."
        "Cargo refuses a dependency that asks for a feature which is not there, even where nothing behind it is used."
        "- shop-client = { version = \"1\", default-features = false, features = [\"orders\"] }";
    FEATURE_RENAMED = "feature-renamed" Major Compatible Compatible
        "A Cargo feature has another name"
        "The feature `{before}` is called `{after}` now."
        "The operations behind it are the same, but a dependency that names the feature has to name the new one."
        "- features = [\"orders\"]\n+ features = [\"purchases\"]";
    GROUP_ADDED = "group-added" Minor Compatible Compatible
        "A new group of operations"
        "There is a new group of operations, `{item}()`."
        "The client has one more method, and there is one more feature."
        "+ client.orders().list_orders()";
    GROUP_REMOVED = "group-removed" Major Compatible Compatible
        "A group of operations is gone"
        "The group of operations `{item}()` is gone."
        "Its operations are gone, or stand in other groups; each is told of apart."
        "- client.orders().list_orders()";
    GROUP_RENAMED = "group-renamed" Major Compatible Compatible
        "A group of operations has another name"
        "The group `{before}()` is called `{after}()` now."
        "Most of its operations are the same, by method and path. Its tag in the document has another name; calls go where they went. Where a feature has the group's name, it changes with it."
        "- client.orders().list_orders()\n+ client.purchases().list_orders()";
    HANDLE_RENAMED = "handle-renamed" Major Compatible Compatible
        "The type of a group's handle has another name"
        "The handle of `{item}()` has the type `{after}` instead of `{before}`."
        "Few programs name the type: most call a method on what `client.group()` returns."
        "- fn f(orders: Orders)\n+ fn f(orders: OrdersGroup)";
    ERROR_BODY_CHANGED = "error-body-changed" Major Compatible Breaking
        "The type of error bodies is another one"
        "Error bodies have the type `{after}` instead of `{before}`."
        "`Error::api()` brings it, and `Error` is an alias that names it. Calls that succeed are not concerned; of those that fail, code and detail are still found where they stand in both."
        "- error.api().map(|body: &ApiError| …)\n+ error.api().map(|body: &Problem| …)";
    BASE_URL_CHANGED = "base-url-changed" Patch Risky Risky
        "The service has another base URL"
        "The base URL is `{after}` instead of `{before}`."
        "A program that runs already keeps asking at the old one. Whether that answers, the document does not say."
        "- https://api.example.com/v1\n+ https://api.example.com/v2";
    SIGN_IN_CHANGED = "sign-in-changed" Patch Risky Risky
        "Tokens are fetched or given back elsewhere"
        "How a client signs in has changed (`{item}`): {after} instead of {before}."
        "A program that runs already asks for its tokens at the old place."
        "- token_url = \"/oauth/token\"\n+ token_url = \"/oauth2/token\"";
    REVOKE_ADDED = "revoke-token-added" Minor Compatible Compatible
        "Tokens can be given back"
        "`Client::revoke_token` is new: tokens are given back at {after}."
        "The config names where tokens are given back, so the client has a method for it."
        "+ client.revoke_token().await?";
    REVOKE_REMOVED = "revoke-token-removed" Major Compatible Compatible
        "Tokens can no longer be given back"
        "`Client::revoke_token` is gone."
        "The client has the method only where it is known where tokens are given back."
        "- client.revoke_token().await?";
    DEFAULT_AUTHENTICATION = "default-authentication-changed" Patch Risky Risky
        "The service wants other credentials in general"
        "What the service wants of callers in general has changed: {after} instead of {before}."
        "It holds for every operation that says nothing of its own. A program that runs already brings what was wanted before."
        "- security: [{key: []}]\n+ security: [{token: []}]";
    SCHEMES_CHANGED = "security-schemes-changed" Patch Risky Risky
        "Credentials are sent in another way"
        "How credentials stand in requests has changed (`{item}`): {after} instead of {before}."
        "A program that runs already sends them as before. What a caller can give is told of apart."
        "- X-Api-Key: …\n+ Authorization: Bearer …";
    CREDENTIALS_TYPE_CHANGED = "credentials-type-changed" Major Compatible Compatible
        "Credentials have another type"
        "`Credentials` is {after} instead of {before}."
        "Where the document has a security scheme that credentials are made for under its name, the crate has a type of credentials of its own, with constructors for what the service takes. Else it is the runtime's, which has constructors for everything that is no matter of names. Code that makes credentials for something that the service does not take, or gives them where the runtime's are wanted, does not compile."
        "- pub type Credentials = client_runtime::Credentials<Client>;\n+ pub struct Credentials { … }";
    CREDENTIALS_ADDED = "credentials-added" Minor Compatible Compatible
        "Callers can say in one more way who they are"
        "`{item}` is new: {after}."
        "The document has a security scheme more, which credentials are made for under its name."
        "+ Credentials::shop_key(key)";
    CREDENTIALS_REMOVED = "credentials-removed" Major Risky Risky
        "Callers can no longer say in one way who they are"
        "`{item}` is gone: {before}."
        "The document no longer has the security scheme, or its name is another one."
        "- Credentials::shop_key(key)";
    CREDENTIALS_CHANGED = "credentials-changed" Major Risky Risky
        "Credentials are made of something else"
        "`{item}` is another one: {after} instead of {before}."
        "The security scheme of that name wants something else."
        "- Credentials::shop(key)\n+ Credentials::shop(user, password)";
    SERVERS_CHANGED = "servers-changed" Patch Risky Risky
        "The servers are other ones, or have other variables"
        "What the client knows of servers has changed (`{item}`): {after} instead of {before}."
        "A program that runs already asks where it did. Where it gives a value for a variable that is gone, building the client fails."
        "- https://{region}.example.com\n+ https://example.com/{region}";
    SETTING_CHANGED = "client-setting-changed" Patch Compatible Compatible
        "The client knows something else of the service"
        "What the client knows of the service has changed (`{item}`): `{after}` instead of `{before}`."
        "Such as where the code of an error stands, the wrapper around answers, or environment variables and profiles that credentials come from. No code stops compiling; look whether your program relies on it."
        "- environment.client_id = SHOP_CLIENT_ID\n+ environment.client_id = STORE_CLIENT_ID";
    UNCLASSIFIED = "unclassified" Major Breaking Breaking
        "A change that no rule speaks of"
        "`{item}` has changed in a way that no rule speaks of: `{after}` instead of `{before}`."
        "This is a fault of the generator: every change of the surface should have a rule. Until it has one, the change counts as major. Please report it, with both documents if you may."
        "(any)";
}
