//! A fake Atlas service on a real socket, written from the facts about the API and not from
//! anything that the generator makes.
//!
//! It checks what the real service checks (credentials, versions, request bodies), answers the five
//! operations of `spec/atlas.yaml`, and misbehaves on demand:
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use atlas_codegen_tests::fake_atlas::{FakeAtlas, Member, Scripted};
//!
//! let atlas = FakeAtlas::start().await?;
//! atlas.answer_next(Scripted::User(Member::Active));
//! // … point a client at `atlas.base_url()` and let it call …
//! let last = atlas.operation_requests().pop();
//! # Ok(())
//! # }
//! ```

mod answer;
mod auth;
mod auth_digest;
mod auth_oauth;
mod bodies;
mod fault;
mod handle;
mod ids;
mod negotiation;
mod operations;
mod options;
mod paced_body;
mod recorded;
mod requests;
mod routing;
mod script;
mod server;
mod state;

pub use answer::{Answer, Delivery};
pub use auth_digest::{Algorithm, DigestInput, digest_response};
pub use fault::Fault;
pub use handle::FakeAtlas;
pub use ids::{KNOWN_IDS, KnownId};
pub use options::{NonceUse, Options, TokenErrors};
pub use recorded::RecordedRequest;
pub use script::{Alteration, Member, Scripted};

#[cfg(test)]
mod tests;
