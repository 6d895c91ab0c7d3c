//! Apache httpd with `mod_auth_digest`, for tests of digest authentication against a server that
//! this project did not write.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use md5::{Digest, Md5};
use tempfile::TempDir;

/// The realm, as the real service has it.
pub const REALM: &str = "MMS Public API";

/// The answer to every request that is let in.
pub const BODY: &str = r#"{"id":"32b6e34b3d91647abb20e7b8","orgMembershipStatus":"PENDING","roles":{"orgRoles":["ORG_MEMBER"]},"username":"hello@example.com","invitationCreatedAt":"2025-05-04T09:42:00Z","inviterUsername":"owner@example.com"}"#;

/// How often another port is tried when one was taken meanwhile.
const ATTEMPTS: u32 = 3;
// Far more than is needed, for machines that stall. A server that is there, or gone, is noticed at once.
const READY_WITHIN: Duration = Duration::from_secs(60);
const LOGGED_WITHIN: Duration = Duration::from_secs(30);
const STOPPED_WITHIN: Duration = Duration::from_secs(30);
/// How long to wait for an answer before asking again: another server on the port may never give one.
const NAME_WITHIN: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(20);
/// Where the server tells its name, to anyone.
const NAME_PATH: &str = "/name";

/// How one server behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// The user name.
    pub public_key: String,
    /// The password.
    pub private_key: String,
    /// How long a nonce is good for, in seconds; later uses are answered with `stale=true`.
    /// Negative: for ever.
    pub nonce_lifetime: i32,
    /// Whether the server insists that `nc` rises by one with each request. Then the challenge has
    /// an `opaque` value, by which the server knows the client again.
    pub check_count: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            public_key: "fakepubl".to_owned(),
            private_key: "0f4ced00-0000-4000-8000-00000000beef".to_owned(),
            nonce_lifetime: 300,
            check_count: true,
        }
    }
}

/// What became of an attempt to start the server.
#[derive(Debug)]
pub enum Start {
    /// It runs.
    Running(Apache),
    /// This machine lacks it; the text says what, and how to get it on Debian.
    NotInstalled(String),
}

/// A running server on a free port of the loopback interface. Dropping it stops it.
///
/// It answers GET and POST on `/api/atlas/v2/orgs/{id}/teams/{id}:addUser` and on
/// `/api/atlas/v2/orgs/{id}/users` with status 200 and [`BODY`], once the client has signed in.
#[derive(Debug)]
pub struct Apache {
    address: SocketAddr,
    binary: PathBuf,
    child: Child,
    folder: TempDir,
}

impl Apache {
    /// Starts a server and waits until it answers.
    ///
    /// # Errors
    /// When the server is installed and does not come up, with its error log.
    pub fn start(options: &Options) -> io::Result<Start> {
        let installation = match Installation::find() {
            Ok(installation) => installation,
            Err(missing) => return Ok(Start::NotInstalled(missing)),
        };
        let mut attempt = 1;
        loop {
            match Self::launch(&installation, options, free_address()?) {
                Ok(apache) => return Ok(Start::Running(apache)),
                Err(error) if attempt == ATTEMPTS => return Err(error),
                Err(_) => attempt += 1,
            }
        }
    }

    /// The base URL to give to a client.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the server listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The statuses of all answers so far, oldest first. The server logs a request after it has
    /// answered, so this waits a little for `expected` of them.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn statuses(&self, expected: usize) -> io::Result<Vec<u16>> {
        self.statuses_once(|statuses| statuses.len() >= expected)
    }

    /// The statuses of all answers so far, oldest first, once they are as expected or do not
    /// become so.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn statuses_once(&self, is_expected: impl Fn(&[u16]) -> bool) -> io::Result<Vec<u16>> {
        let deadline = Instant::now() + LOGGED_WITHIN;
        loop {
            let log = fs::read_to_string(self.folder.path().join("access.log"))?;
            let statuses: Vec<u16> = log.lines().filter_map(|line| line.parse().ok()).collect();
            if is_expected(&statuses) || Instant::now() > deadline {
                return Ok(statuses);
            }
            sleep(PAUSE);
        }
    }

    /// What the server has printed and logged about itself.
    #[must_use]
    pub fn log(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        read("stderr.log") + &read("error.log")
    }

    fn launch(
        installation: &Installation,
        options: &Options,
        address: SocketAddr,
    ) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        // A server started by root reads its files as another user.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        write_files(folder.path(), &installation.modules, options, address)?;
        let child = Command::new(&installation.binary)
            // One process in the foreground, so that nothing outlives the test.
            .arg("-X")
            .arg("-f")
            .arg(folder.path().join("httpd.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join("stderr.log"))?)
            .spawn()?;
        let mut apache = Self {
            address,
            binary: installation.binary.clone(),
            child,
            folder,
        };
        apache.wait_until_ready()?;
        Ok(apache)
    }

    /// Waits until this very server answers. That something listens says little: between the choice
    /// of the port and the server's start, another test may have taken it.
    fn wait_until_ready(&mut self) -> io::Result<()> {
        let deadline = Instant::now() + READY_WITHIN;
        while self.child.try_wait()?.is_none() && Instant::now() < deadline {
            if tells_name(self.address, &name(self.folder.path())).unwrap_or(false) {
                return Ok(());
            }
            sleep(PAUSE);
        }
        let message = format!("Apache httpd does not come up: {}", self.log());
        Err(io::Error::other(message))
    }
}

impl Drop for Apache {
    /// Asks the server to end, which also frees its shared memory, and ends it if it does not.
    fn drop(&mut self) {
        let asked = Command::new(&self.binary)
            .arg("-f")
            .arg(self.folder.path().join("httpd.conf"))
            .args(["-k", "stop"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        let deadline = Instant::now() + STOPPED_WITHIN;
        while asked.as_ref().is_ok_and(|status| status.success()) && Instant::now() < deadline {
            if let Ok(Some(_)) = self.child.try_wait() {
                return;
            }
            sleep(PAUSE);
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Where the parts of the server are on this machine.
struct Installation {
    binary: PathBuf,
    modules: PathBuf,
}

impl Installation {
    /// Looks in the usual places of Debian, Red Hat, Alpine and Homebrew.
    fn find() -> Result<Self, String> {
        let advice = "on Debian: apt-get install apache2";
        let binary = [
            "/usr/sbin/apache2",
            "/usr/sbin/httpd",
            "/opt/homebrew/bin/httpd",
            "/usr/local/bin/httpd",
        ];
        let modules = [
            "/usr/lib/apache2/modules",
            "/usr/lib64/httpd/modules",
            "/usr/lib/httpd/modules",
            "/usr/lib/apache2",
            "/usr/libexec/apache2",
            "/opt/homebrew/lib/httpd/modules",
            "/usr/local/lib/httpd/modules",
        ];
        let binary = binary.iter().map(PathBuf::from).find(|file| file.is_file());
        let modules = modules
            .iter()
            .map(PathBuf::from)
            .find(|folder| folder.join("mod_auth_digest.so").is_file());
        match (binary, modules) {
            (Some(binary), Some(modules)) => Ok(Self { binary, modules }),
            (None, _) => Err(format!("Apache httpd is not installed ({advice})")),
            (_, None) => Err(format!("mod_auth_digest is not installed ({advice})")),
        }
    }
}

/// Where nobody listens at this moment.
fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// What only the server of this folder answers.
fn name(folder: &Path) -> String {
    folder.display().to_string()
}

/// Whether the server of this name answers here.
fn tells_name(address: SocketAddr, name: &str) -> io::Result<bool> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(NAME_WITHIN))?;
    write!(stream, "GET {NAME_PATH} HTTP/1.0\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer.ends_with(name.as_bytes()))
}

/// Writes the configuration, the password file and the document.
fn write_files(
    folder: &Path,
    modules: &Path,
    options: &Options,
    address: SocketAddr,
) -> io::Result<()> {
    let Options {
        public_key,
        private_key,
        ..
    } = options;
    let secret = Md5::digest(format!("{public_key}:{REALM}:{private_key}"));
    let mut users = fs::File::create(folder.join("users"))?;
    write!(users, "{public_key}:{REALM}:")?;
    for byte in secret {
        write!(users, "{byte:02x}")?;
    }
    writeln!(users)?;
    fs::write(folder.join("answer.json"), BODY)?;
    fs::write(folder.join("name"), name(folder))?;
    let text = configuration(folder, modules, options, address)?;
    fs::write(folder.join("httpd.conf"), text)
}

fn configuration(
    folder: &Path,
    modules: &Path,
    options: &Options,
    address: SocketAddr,
) -> io::Result<String> {
    let load = load_modules(modules);
    let user = run_as(folder)?;
    let check_count = if options.check_count { "On" } else { "Off" };
    let lifetime = options.nonce_lifetime;
    let folder = folder.display();
    Ok(format!(
        r#"{load}{user}
ServerName localhost
Listen {address}
ServerRoot "{folder}"
DefaultRuntimeDir "{folder}"
PidFile "{folder}/httpd.pid"
Mutex "file:{folder}" default
ErrorLog "{folder}/error.log"
CustomLog "{folder}/access.log" "%>s" "expr=%{{REQUEST_URI}} != '{NAME_PATH}'"
DocumentRoot "{folder}"
KeepAlive On
# As long as any test: an idle connection is otherwise closed after five seconds, perhaps just as a request comes.
KeepAliveTimeout 600
# Room for many connections: without, idle ones are closed, perhaps just as a request comes.
ThreadsPerChild 64
MaxRequestWorkers 64
AliasMatch "^/api/atlas/v2/orgs/[a-f0-9]+/(users|teams/[a-f0-9]+:addUser)$" "{folder}/answer.json"
Alias "{NAME_PATH}" "{folder}/name"
<Directory />
    AllowOverride None
    Require all denied
</Directory>
<Directory "{folder}">
    ForceType application/vnd.atlas.2025-02-19+json
    AuthType Digest
    AuthName "{REALM}"
    AuthDigestProvider file
    AuthUserFile "{folder}/users"
    AuthDigestQop auth
    AuthDigestAlgorithm MD5
    AuthDigestNonceLifetime {lifetime}
    AuthDigestNcCheck {check_count}
    Require valid-user
</Directory>
<Location "{NAME_PATH}">
    AuthType None
    Require all granted
</Location>
"#
    ))
}

/// A line for each module that is needed and is not built into the server.
fn load_modules(modules: &Path) -> String {
    let names = [
        ("mpm_event_module", "mod_mpm_event.so"),
        ("unixd_module", "mod_unixd.so"),
        ("log_config_module", "mod_log_config.so"),
        ("alias_module", "mod_alias.so"),
        ("authn_core_module", "mod_authn_core.so"),
        ("authn_file_module", "mod_authn_file.so"),
        ("authz_core_module", "mod_authz_core.so"),
        ("authz_user_module", "mod_authz_user.so"),
        ("auth_digest_module", "mod_auth_digest.so"),
    ];
    names
        .iter()
        .map(|(name, file)| (name, modules.join(file)))
        .filter(|(_, file)| file.is_file())
        .map(|(name, file)| format!("LoadModule {name} \"{}\"\n", file.display()))
        .collect()
}

/// Root must name another user to serve as; everyone else serves as themselves. The new folder
/// tells who runs the test.
fn run_as(folder: &Path) -> io::Result<String> {
    if fs::metadata(folder)?.uid() != 0 {
        return Ok(String::new());
    }
    let accounts = fs::read_to_string("/etc/passwd")?;
    let has = |name: &str| {
        accounts
            .lines()
            .any(|line| line.starts_with(&format!("{name}:")))
    };
    let name = ["www-data", "apache", "_www", "nobody"]
        .into_iter()
        .find(|name| has(name))
        .ok_or_else(|| io::Error::other("there is no user for Apache httpd to run as"))?;
    Ok(format!("User {name}"))
}

#[cfg(test)]
#[path = "apache_tests.rs"]
mod tests;
