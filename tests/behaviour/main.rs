//! The generated clients against servers on real sockets: what they send, what they make of every answer, and how they
//! sign in.
//!
//! `atlas_client` meets the fake Atlas service, which is strict where the real one is. `exchange_client`, made from
//! `tests/exchange/openapi.yaml`, sends and reads what the five operations of Atlas do not need; the fake service plays its
//! server by answering whatever it is told to.

mod answers;
mod apache;
mod bodies;
mod delivery;
mod digest;
mod environment;
mod errors;
mod examples;
mod exchange;
mod jobs;
mod lists;
mod odd_paths;
mod operations;
mod parameters;
mod production;
mod program;
mod rate_limits;
mod requests;
mod secrets;
mod security;
mod shapes;
mod testing;
mod tokens;
mod unions;
mod unknown;
mod uploads;
mod versions;
