//! What the Atlas document itself has wrong or leaves open, looked at one by one. An entry that is not needed fails the test.

/// A place in the document, and the reason why it is listed.
pub(crate) type Reviewed = (&'static str, &'static str);

/// Alerts of a stream processor that have none of its own members.
const ALERT: &str =
    "the values of `eventTypeName` are those of hosts, and both kinds require the same members";
/// Providers that require the same members and allow the same values everywhere.
const PROVIDER: &str = "all providers require `id` and `oktaIdpId` only, and each allows both values of `protocol` and `idpType`";
const PROVIDER_UPDATE: &str = "neither kind of OIDC provider requires anything, and both allow both values of `protocol` and `idpType`";

/// Variants whose instances may land in another variant.
pub(crate) const AMBIGUOUS_IN_ATLAS: &[Reviewed] = &[
    ("#/components/schemas/AlertViewForNdsGroup/oneOf/6", ALERT),
    (
        "#/components/schemas/FederationIdentityProvider/oneOf/1",
        PROVIDER,
    ),
    (
        "#/components/schemas/FederationIdentityProvider/oneOf/2",
        PROVIDER,
    ),
    (
        "#/components/schemas/FederationIdentityProviderUpdate/oneOf/2",
        PROVIDER_UPDATE,
    ),
    (
        "#/components/schemas/FederationOidcIdentityProvider/oneOf/1",
        PROVIDER,
    ),
    (
        "#/components/schemas/FederationOidcIdentityProviderUpdate/oneOf/1",
        PROVIDER_UPDATE,
    ),
];

const AUTO_INDEXING: &str = "`autoIndexing` is no property of `AdvancedAutoScalingSettings`";

/// Examples that contradict their schema.
pub(crate) const WRONG_EXAMPLES_IN_ATLAS: &[Reviewed] = &[
    (
        "#/paths/~1api~1atlas~1v2~1groups~1{groupId}~1clusters/post/requestBody/content/application~1vnd.atlas.2024-08-05+json/examples/Cluster/value",
        AUTO_INDEXING,
    ),
    (
        "#/paths/~1api~1atlas~1v2~1groups~1{groupId}~1clusters/post/requestBody/content/application~1vnd.atlas.2024-10-23+json/examples/Cluster/value",
        AUTO_INDEXING,
    ),
];
