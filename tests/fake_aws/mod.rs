//! An AWS on loopback that speaks HTTP/1.1, the query protocol with XML (Beanstalk, EC2) Smithy RPC
//! v2 with CBOR (CloudWatch) and AWS JSON (the price list), each with its own spelling of an error.
//!
//! It answers every call well: with next to nothing ([`FakeAws::start`]), or with an [`Estate`] under the
//! documented limits ([`FakeAws::of`]). A test lays its own answer over that. It stops when it is dropped.

#![allow(
    dead_code,
    unused_imports,
    reason = "the tests and the bench each use a part"
)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of a test, far from any edge"
)]

mod cbor;
mod estate;
mod history;
mod limits;
mod listings;
mod price_list;

pub(crate) use cbor::{cbor_list, cbor_map, cbor_text};
pub(crate) use estate::{Canaries, Estate, Setup};
pub(crate) use history::value;
pub(crate) use limits::Limits;
pub(crate) use price_list::{listed, product};

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// A request, as far as the tests look.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The IAM action that the real service would check: from the signature's scope and the operation.
    pub(crate) action: String,
    /// From the signature's scope.
    pub(crate) region: String,
    /// The access key that signed it.
    pub(crate) key: String,
    pub(crate) body: Vec<u8>,
    /// How often this action had been asked before.
    pub(crate) earlier: usize,
}

/// What to do with a request.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// As a healthy service would.
    Well,
    /// The body of a success.
    Body(Vec<u8>),
    /// A service's refusal: HTTP status, code, message.
    Refuse(u16, &'static str, String),
    /// The same with a header on top.
    RefuseWith(u16, &'static str, String, &'static str),
    /// Nothing, with the connection held open.
    Silence,
    /// The head of an answer, and then nothing.
    HeadOnly,
    /// The healthy answer, cut after that many thousandths of it, with a length that fits the rest.
    Cut(usize),
    /// What something else says in the service's place: HTTP status, its kind, and the body.
    Foreign(u16, &'static str, Vec<u8>),
    /// The connection is closed instead.
    Reset,
}

type Script = dyn Fn(&Asked) -> Answer + Send + Sync;

struct Shared {
    script: Box<Script>,
    estate: Option<Estate>,
    limits: Mutex<Limits>,
    asked: Mutex<Vec<Asked>>,
    throttled: AtomicUsize,
    points: AtomicUsize,
    stopped: AtomicBool,
}

pub(crate) struct FakeAws {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

impl FakeAws {
    /// An account with one environment, which answers as fast as it is asked.
    pub(crate) fn start(script: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self::serving(None, Limits::none(), script)
    }

    /// An account that holds `estate` and refuses what comes faster than `limits`.
    pub(crate) fn of(
        estate: Estate,
        limits: Limits,
        script: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::serving(Some(estate), limits, script)
    }

    fn serving(
        estate: Option<Estate>,
        limits: Limits,
        script: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = socket.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            script: Box::new(script),
            estate,
            limits: Mutex::new(limits),
            asked: Mutex::default(),
            throttled: AtomicUsize::new(0),
            points: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
        });
        let listening = Arc::clone(&shared);
        let listener = std::thread::spawn(move || {
            let mut served = Vec::new();
            for stream in socket.incoming() {
                if listening.stopped.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&listening);
                let stream = stream.expect("a connection");
                // A client that gave up has closed its end; that is no failure of the test.
                served.push(std::thread::spawn(move || drop(serve(stream, &shared))));
            }
            for thread in served {
                thread.join().expect("a connection is served to its end");
            }
        });
        Self {
            address,
            shared,
            listener: Some(listener),
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that arrived, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().expect("the log").clone()
    }

    /// How often a limit was passed.
    pub(crate) fn throttled(&self) -> usize {
        self.shared.throttled.load(Ordering::SeqCst)
    }

    /// Data points that were asked for and not refused, as the service counts them.
    pub(crate) fn points(&self) -> usize {
        self.shared.points.load(Ordering::SeqCst)
    }

    /// How often each action was asked.
    pub(crate) fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for asked in self.asked() {
            *counts.entry(asked.action).or_default() += 1;
        }
        counts
    }
}

impl Drop for FakeAws {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the listener, which then sees the flag.
        drop(TcpStream::connect(self.address));
        if let Some(listener) = self.listener.take() {
            listener.join().expect("the listener ends");
        }
    }
}

fn serve(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_millis(20)))?;
    let mut buffer = Vec::new();
    while let Some((path, headers, body)) = read_request(&mut stream, &mut buffer, shared)? {
        let asked = recorded(shared, &path, &headers, body);
        match (shared.script)(&asked) {
            Answer::Well => stream.write_all(&shared.well(&asked))?,
            Answer::Body(body) => stream.write_all(&response(&asked, 200, &[], &body))?,
            Answer::Refuse(status, code, message) => {
                stream.write_all(&refusal(&asked, status, code, &message, None))?
            }
            Answer::RefuseWith(status, code, message, header) => {
                stream.write_all(&refusal(&asked, status, code, &message, Some(header)))?;
            }
            Answer::Silence => while !is_over(&mut stream, shared)? {},
            Answer::HeadOnly => {
                stream.write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 1000\r\n\r\n<",
                )?;
                while !is_over(&mut stream, shared)? {}
            }
            Answer::Cut(thousandths) => {
                let body = shared.body(&asked);
                stream.write_all(&response(
                    &asked,
                    200,
                    &[],
                    &body[..body.len() * thousandths / 1000],
                ))?;
            }
            Answer::Foreign(status, kind, body) => {
                let head = format!(
                    "HTTP/1.1 {status} Status\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
                    body.len()
                );
                stream.write_all(&[head.as_bytes(), &body].concat())?;
            }
            Answer::Reset => return Ok(()),
        }
    }
    Ok(())
}

impl Shared {
    /// Within the limits, what a healthy service says; beyond them, that it was asked too fast.
    fn well(&self, asked: &Asked) -> Vec<u8> {
        let points = self.estate.as_ref().map_or(0, |_| history::points(asked));
        if let Some((status, code)) = self
            .limits
            .lock()
            .expect("the limits")
            .refuse(asked, points)
        {
            self.throttled.fetch_add(1, Ordering::SeqCst);
            return refusal(asked, status, code, "Rate exceeded", None);
        }
        // The fleet's history ends at its own hour, which is therefore the time here.
        let clock: &[&str] = if self.estate.is_some() {
            &[estate::CLOCK]
        } else {
            &[]
        };
        self.points.fetch_add(points, Ordering::SeqCst);
        response(asked, 200, clock, &self.body(asked))
    }

    fn body(&self, asked: &Asked) -> Vec<u8> {
        if speaks_json(asked) {
            return price_list::answer(&asked.body);
        }
        match &self.estate {
            Some(estate) => estate.answer(asked),
            None => well(&asked.action),
        }
    }
}

type Request = (String, BTreeMap<String, String>, Vec<u8>);

fn read_request(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    shared: &Shared,
) -> io::Result<Option<Request>> {
    loop {
        if let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
            let mut lines = head.lines();
            let path = lines
                .next()
                .and_then(|line| line.split(' ').nth(1))
                .unwrap_or_default()
                .to_owned();
            let headers: BTreeMap<_, _> = lines
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
                .collect();
            let length: usize = headers
                .get("content-length")
                .and_then(|text| text.parse().ok())
                .unwrap_or(0);
            if buffer.len() >= end + 4 + length {
                let body = buffer[end + 4..end + 4 + length].to_vec();
                buffer.drain(..end + 4 + length);
                return Ok(Some((path, headers, body)));
            }
        }
        let mut chunk = [0; 65_536];
        match stream.read(&mut chunk) {
            Ok(0) => return Ok(None),
            Ok(count) => buffer.extend_from_slice(&chunk[..count]),
            Err(error) if is_pause(&error) && !shared.stopped.load(Ordering::SeqCst) => {}
            Err(_) => return Ok(None),
        }
    }
}

fn is_over(stream: &mut TcpStream, shared: &Shared) -> io::Result<bool> {
    match stream.read(&mut [0; 64]) {
        Ok(count) => Ok(count == 0),
        Err(error) if is_pause(&error) => Ok(shared.stopped.load(Ordering::SeqCst)),
        Err(error) => Err(error),
    }
}

fn is_pause(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
    )
}

fn recorded(
    shared: &Shared,
    path: &str,
    headers: &BTreeMap<String, String>,
    body: Vec<u8>,
) -> Asked {
    // Credential=KEY/DATE/REGION/SERVICE/aws4_request
    let scope: Vec<String> = headers.get("authorization").map_or_else(Vec::new, |text| {
        text.split('/').map(str::to_owned).collect()
    });
    let part = |at: usize| scope.get(at).cloned().unwrap_or_default();
    let key = part(0).rsplit('=').next().unwrap_or_default().to_owned();
    let (region, service) = (part(2), part(3));
    let action = if service == "monitoring" {
        let operation = path
            .strip_prefix("/service/GraniteServiceVersion20100801/operation/")
            .unwrap_or("an unknown path");
        assert_eq!(
            headers.get("smithy-protocol").map(String::as_str),
            Some("rpc-v2-cbor")
        );
        format!("cloudwatch:{operation}")
    } else if service == "pricing" {
        let target = headers
            .get("x-amz-target")
            .map(String::as_str)
            .unwrap_or_default();
        format!(
            "pricing:{}",
            target
                .strip_prefix("AWSPriceListService.")
                .unwrap_or("an unknown target")
        )
    } else {
        let form = String::from_utf8_lossy(&body).into_owned();
        let field = |name: &str| {
            form.split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
                .unwrap_or("none")
                .to_owned()
        };
        // Two services share a name and an operation, and are told apart by their versions.
        let classic = if field("Version") == "2012-06-01" {
            " (classic)"
        } else {
            ""
        };
        format!("{service}:{}{classic}", field("Action"))
    };
    let mut log = shared.asked.lock().expect("the log");
    let earlier = log.iter().filter(|asked| asked.action == action).count();
    let asked = Asked {
        action,
        region,
        key,
        body,
        earlier,
    };
    log.push(asked.clone());
    asked
}

fn response(asked: &Asked, status: u16, more: &[&str], body: &[u8]) -> Vec<u8> {
    let protocol = if speaks_cbor(asked) {
        "content-type: application/cbor\r\nsmithy-protocol: rpc-v2-cbor"
    } else if speaks_json(asked) {
        "content-type: application/x-amz-json-1.1"
    } else {
        "content-type: text/xml;charset=UTF-8"
    };
    let mut head = format!(
        "HTTP/1.1 {status} Status\r\n{protocol}\r\ncontent-length: {}\r\n",
        body.len()
    );
    for header in more {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}

fn refusal(asked: &Asked, status: u16, code: &str, message: &str, header: Option<&str>) -> Vec<u8> {
    let mut more: Vec<&str> = header.into_iter().collect();
    let query_error = format!("x-amzn-query-error: {code};Sender");
    let body = if speaks_cbor(asked) {
        more.push(&query_error);
        cbor_map(&[
            (
                "__type",
                cbor_text(&format!("com.amazonaws.cloudwatch#{code}")),
            ),
            ("message", cbor_text(message)),
        ])
    } else if speaks_json(asked) {
        serde_json::json!({"__type": format!("com.amazonaws.pricing#{code}"), "message": message})
            .to_string()
            .into_bytes()
    } else {
        let message = message
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('\u{1b}', "&#27;");
        let error = format!(
            "<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
        );
        if asked.action.starts_with("ec2:") {
            format!("<Response><Errors>{error}</Errors><RequestID>r</RequestID></Response>")
                .into_bytes()
        } else {
            format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>").into_bytes()
        }
    };
    response(asked, status, &more, &body)
}

fn speaks_cbor(asked: &Asked) -> bool {
    asked.action.starts_with("cloudwatch:")
}

fn speaks_json(asked: &Asked) -> bool {
    asked.action.starts_with("pricing:")
}

/// The answer of a healthy account with one environment.
fn well(action: &str) -> Vec<u8> {
    let operation = action.split([':', ' ']).nth(1).unwrap_or_default();
    let list = match action {
        "cloudwatch:ListMetrics" | "cloudwatch:GetMetricData" => return cbor_map(&[]),
        "ec2:DescribeInstances" => return instance_of("shop").into_bytes(),
        "elasticbeanstalk:DescribeEnvironments" => {
            "<Environments><member><EnvironmentName>shop</EnvironmentName><EnvironmentId>e-1</EnvironmentId><ApplicationName>shop</ApplicationName><EnvironmentArn>arn:aws:elasticbeanstalk:eu-west-1:123456789012:environment/shop/shop</EnvironmentArn></member></Environments>"
        }
        "elasticbeanstalk:DescribeApplications" => {
            "<Applications><member><ApplicationName>shop</ApplicationName></member></Applications>"
        }
        "elasticbeanstalk:DescribeEnvironmentResources" => "<EnvironmentResources/>",
        "elasticbeanstalk:DescribeConfigurationSettings" => {
            "<ConfigurationSettings><member/></ConfigurationSettings>"
        }
        "elasticbeanstalk:ListTagsForResource" => "<ResourceTags/>",
        "elasticbeanstalk:ListPlatformBranches" => "<PlatformBranchSummaryList/>",
        "autoscaling:DescribeAutoScalingGroups" => {
            "<AutoScalingGroups><member><AutoScalingGroupName>g</AutoScalingGroupName></member></AutoScalingGroups>"
        }
        "autoscaling:DescribeScalingActivities" => "<Activities/>",
        "elasticloadbalancing:DescribeLoadBalancers" => {
            "<LoadBalancers><member><LoadBalancerArn>arn:lb</LoadBalancerArn></member></LoadBalancers>"
        }
        "elasticloadbalancing:DescribeListeners" => "<Listeners/>",
        "elasticloadbalancing:DescribeTargetGroups" => "<TargetGroups/>",
        "elasticloadbalancing:DescribeLoadBalancers (classic)" => "<LoadBalancerDescriptions/>",
        "sts:GetCallerIdentity" => "<Account>123456789012</Account>",
        "ec2:DescribeInstanceTypes" => "<instanceTypeSet/>",
        "ec2:DescribeVolumes" => "<volumeSet/>",
        "ec2:DescribeVpcs" => "<vpcSet/>",
        "ec2:DescribeSubnets" => "<subnetSet/>",
        "ec2:DescribeRouteTables" => "<routeTableSet/>",
        "ec2:DescribeSecurityGroups" => "<securityGroupInfo/>",
        other => panic!("{other} is not a call that this account expects"),
    };
    if action.starts_with("ec2:") {
        return format!("<{operation}Response>{list}</{operation}Response>").into_bytes();
    }
    beanstalk(operation, list).into_bytes()
}

pub(crate) fn beanstalk(operation: &str, result: &str) -> String {
    format!(
        "<{operation}Response><{operation}Result>{result}</{operation}Result></{operation}Response>"
    )
}

/// EC2's answer with one instance that Beanstalk started.
pub(crate) fn instance_of(environment: &str) -> String {
    let tag = format!(
        "<item><key>elasticbeanstalk:environment-name</key><value>{environment}</value></item>"
    );
    let instance = format!("<item><instanceId>i-1</instanceId><tagSet>{tag}</tagSet></item>");
    format!(
        "<DescribeInstancesResponse><reservationSet><item><instancesSet>{instance}</instancesSet></item></reservationSet></DescribeInstancesResponse>"
    )
}
