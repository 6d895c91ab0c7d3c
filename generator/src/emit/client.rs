//! `client.rs`: the client, and what it knows of the service.

use proc_macro2::TokenStream;
use quote::quote;

use super::credentials;
use super::scope::Scope;
use super::source::Source;
use super::{Fault, servers};
use crate::surface::{Crate, Envelope, ErrorMembers, File, Profiles, Service, SettingNames};

pub(super) fn client(krate: &Crate) -> Result<File, Fault> {
    let mut scope = Scope::of_file(["Client", "Credentials"], &krate.error);
    let mut source = Source::default();
    source.item("Client", declaration(&mut scope))?;
    source.block("impl Client", inherent(krate, &mut scope))?;
    let head = format!("impl {} for Client", scope.runtime_name("Service"));
    source.block(&head, service(krate, &mut scope))?;
    credentials::declare(&krate.service, &mut source)?;
    Ok(source.finish("src/client.rs".to_owned(), &krate.package, &scope))
}

fn declaration(scope: &mut Scope<'_>) -> TokenStream {
    let core = scope.runtime_name("Core");
    quote! {
        #[doc = " A client of the service."]
        #[doc = ""]
        #[doc = " It is cheap to clone: clones share connections and credentials."]
        #[derive(Clone, Debug)]
        pub struct Client {
            #[allow(dead_code, reason = "without any feature there is nothing to call")]
            pub(crate) core: #core,
        }
    }
}

/// What the client can do beside the handles.
fn inherent(krate: &Crate, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let (builder, service) = (scope.runtime_name("Builder"), scope.runtime_name("Service"));
    let servers = servers::docs(&krate.servers);
    let mut items = vec![
        quote! {
            #[doc = " Begins a client: give it credentials, then build it."]
            #(#[doc = #servers])*
            pub fn builder() -> #builder<Self> {
                #builder::new()
            }
        },
        quote! {
            #[doc = " Begins a request for what the document lacks: a method, and a path below the base URL. Sign-in, retries and errors are"]
            #[doc = " those of every call."]
            pub fn untyped(
                &self,
                method: client_runtime::http::Method,
                path: &str,
            ) -> client_runtime::UntypedRequest<<Self as #service>::ErrorBody> {
                self.core.untyped(method, path)
            }
        },
    ];
    if krate.service.revoke_url.is_some() {
        items.push(quote! {
            #[doc = " Gives back the access token that a service account got, for the end of a program. Clones share it; a call after this gets"]
            #[doc = " a new one."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " As [`Core::revoke_token`](client_runtime::Core::revoke_token)."]
            pub async fn revoke_token(&self) -> Result<(), crate::Error> {
                self.core.revoke_token().await
            }
        });
    }
    items
}

/// What the client tells about its service.
fn service<'a>(krate: &'a Crate, scope: &mut Scope<'a>) -> Vec<TokenStream> {
    let Service {
        base_url,
        token_url,
        refresh_url,
        revoke_url,
        schemes,
        security,
        constructors: _,
        mutual_tls: _,
        envelope,
        error_members,
        trace_headers,
        client_id_prefix,
        environment,
        profiles,
    } = &krate.service;
    let error = match &krate.error {
        Some(ident) => scope.type_name(ident),
        None => scope.runtime_name("Value"),
    };
    let description = scope.runtime_name("Description");
    let core = scope.runtime_name("Core");
    let (base_url, token_url, revoke_url) = (
        optional(base_url),
        optional(token_url),
        optional(revoke_url),
    );
    let schemes = credentials::schemes(schemes, scope);
    let security = credentials::requirements(security);
    let envelope = self::envelope(envelope.as_ref(), scope);
    let error_members = self::error_members(error_members, scope);
    let client_id_prefix = optional(client_id_prefix);
    let environment = setting_names(environment, scope);
    let profiles = self::profiles(profiles.as_ref(), scope);
    let mut items = vec![
        quote!(type ErrorBody = #error;),
        quote! {
            const DESCRIPTION: &'static #description = &#description {
                base_url: #base_url,
                user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                token_url: #token_url,
                revoke_url: #revoke_url,
                schemes: &[#(#schemes),*],
                security: &[#(#security),*],
                envelope: #envelope,
                error_members: #error_members,
                trace_headers: &[#(#trace_headers),*],
                client_id_prefix: #client_id_prefix,
                environment: #environment,
                profiles: #profiles,
            };
        },
    ];
    if let Some(url) = refresh_url {
        items.push(quote!(const REFRESH_URL: Option<&'static str> = Some(#url);));
    }
    items.extend(servers::constants(&krate.servers, scope));
    items.push(quote! {
        fn from_core(core: #core) -> Self {
            Self { core }
        }
    });
    items
}

fn envelope(envelope: Option<&Envelope>, scope: &mut Scope<'_>) -> TokenStream {
    let Some(Envelope {
        parameter,
        status,
        content,
    }) = envelope
    else {
        return quote!(None);
    };
    let ty = scope.runtime_name("Envelope");
    quote!(Some(#ty { parameter: #parameter, status: #status, content: #content }))
}

fn error_members(members: &ErrorMembers, scope: &mut Scope<'_>) -> TokenStream {
    let ty = scope.runtime_name("ErrorMembers");
    let (code, detail, fields) = (
        optional(&members.code),
        optional(&members.detail),
        optional(&members.fields),
    );
    let (field_name, field_detail, retry_after) = (
        optional(&members.field_name),
        optional(&members.field_detail),
        optional(&members.retry_after),
    );
    quote! {
        #ty {
            code: #code,
            detail: #detail,
            fields: #fields,
            field_name: #field_name,
            field_detail: #field_detail,
            retry_after: #retry_after,
        }
    }
}

fn setting_names(names: &SettingNames, scope: &mut Scope<'_>) -> TokenStream {
    let ty = scope.runtime_name("SettingNames");
    let SettingNames {
        access_token,
        client_id,
        client_secret,
        public_key,
        private_key,
        base_url,
    } = names;
    quote! {
        #ty {
            access_token: &[#(#access_token),*],
            client_id: &[#(#client_id),*],
            client_secret: &[#(#client_secret),*],
            public_key: &[#(#public_key),*],
            private_key: &[#(#private_key),*],
            base_url: &[#(#base_url),*],
        }
    }
}

fn profiles(profiles: Option<&Profiles>, scope: &mut Scope<'_>) -> TokenStream {
    let Some(Profiles {
        folder,
        file,
        variables,
        default,
        keys,
        service,
        services,
    }) = profiles
    else {
        return quote!(None);
    };
    let ty = scope.runtime_name("Profiles");
    let (keys, service) = (setting_names(keys, scope), optional(service));
    let services = services.iter().map(|(name, url)| quote!((#name, #url)));
    quote! {
        Some(#ty {
            folder: #folder,
            file: #file,
            variables: &[#(#variables),*],
            default: #default,
            keys: #keys,
            service: #service,
            services: &[#(#services),*],
        })
    }
}

fn optional(text: &Option<String>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
