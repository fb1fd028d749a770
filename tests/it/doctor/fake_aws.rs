//! An AWS on loopback that speaks HTTP/1.1, the query protocol with XML (Beanstalk, EC2) and Smithy RPC
//! v2 with CBOR (CloudWatch), each with its own spelling of an error.
//!
//! It answers every call well; a test lays its own answer over that. It stops when it is dropped.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
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
}

type Script = dyn Fn(&Asked) -> Answer + Send + Sync;

struct Shared {
    script: Box<Script>,
    asked: Mutex<Vec<Asked>>,
    stopped: AtomicBool,
}

pub(crate) struct FakeAws {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

impl FakeAws {
    pub(crate) fn start(script: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = socket.local_addr().expect("an address");
        let shared = Arc::new(Shared { script: Box::new(script), asked: Mutex::default(), stopped: AtomicBool::new(false) });
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
        Self { address, shared, listener: Some(listener) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that arrived, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().expect("the log").clone()
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
            Answer::Well => stream.write_all(&response(&asked, 200, &[], &well(&asked.action)))?,
            Answer::Body(body) => stream.write_all(&response(&asked, 200, &[], &body))?,
            Answer::Refuse(status, code, message) => stream.write_all(&refusal(&asked, status, code, &message, None))?,
            Answer::RefuseWith(status, code, message, header) => {
                stream.write_all(&refusal(&asked, status, code, &message, Some(header)))?;
            }
            Answer::Silence => while !is_over(&mut stream, shared)? {},
            Answer::HeadOnly => {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 1000\r\n\r\n<")?;
                while !is_over(&mut stream, shared)? {}
            }
        }
    }
    Ok(())
}

type Request = (String, BTreeMap<String, String>, Vec<u8>);

fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>, shared: &Shared) -> io::Result<Option<Request>> {
    loop {
        if let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
            let mut lines = head.lines();
            let path = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
            let headers: BTreeMap<_, _> = lines
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
                .collect();
            let length: usize = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
            if buffer.len() >= end + 4 + length {
                let body = buffer[end + 4..end + 4 + length].to_vec();
                buffer.drain(..end + 4 + length);
                return Ok(Some((path, headers, body)));
            }
        }
        let mut chunk = [0; 4096];
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
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

fn recorded(shared: &Shared, path: &str, headers: &BTreeMap<String, String>, body: Vec<u8>) -> Asked {
    // Credential=KEY/DATE/REGION/SERVICE/aws4_request
    let scope: Vec<String> = headers.get("authorization").map_or_else(Vec::new, |text| text.split('/').map(str::to_owned).collect());
    let part = |at: usize| scope.get(at).cloned().unwrap_or_default();
    let (region, service) = (part(2), part(3));
    let action = if service == "monitoring" {
        let operation = path.strip_prefix("/service/GraniteServiceVersion20100801/operation/").unwrap_or("an unknown path");
        assert_eq!(headers.get("smithy-protocol").map(String::as_str), Some("rpc-v2-cbor"));
        format!("cloudwatch:{operation}")
    } else {
        let form = String::from_utf8_lossy(&body).into_owned();
        let operation = form.split('&').find_map(|pair| pair.strip_prefix("Action=")).unwrap_or("no action");
        format!("{service}:{operation}")
    };
    let mut log = shared.asked.lock().expect("the log");
    let earlier = log.iter().filter(|asked| asked.action == action).count();
    let asked = Asked { action, region, body, earlier };
    log.push(asked.clone());
    asked
}

fn response(asked: &Asked, status: u16, more: &[&str], body: &[u8]) -> Vec<u8> {
    let protocol = if speaks_cbor(asked) {
        "content-type: application/cbor\r\nsmithy-protocol: rpc-v2-cbor"
    } else {
        "content-type: text/xml;charset=UTF-8"
    };
    let mut head = format!("HTTP/1.1 {status} Status\r\n{protocol}\r\ncontent-length: {}\r\n", body.len());
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
        cbor_map(&[("__type", cbor_text(&format!("com.amazonaws.cloudwatch#{code}"))), ("message", cbor_text(message))])
    } else {
        let message = message.replace('&', "&amp;").replace('<', "&lt;").replace('\u{1b}', "&#27;");
        let error = format!("<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>");
        if asked.action.starts_with("ec2:") {
            format!("<Response><Errors>{error}</Errors><RequestID>r</RequestID></Response>").into_bytes()
        } else {
            format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>").into_bytes()
        }
    };
    response(asked, status, &more, &body)
}

fn speaks_cbor(asked: &Asked) -> bool {
    asked.action.starts_with("cloudwatch:")
}

/// The answer of a healthy account with one environment.
fn well(action: &str) -> Vec<u8> {
    let xml = match action {
        "elasticbeanstalk:DescribeEnvironments" => {
            beanstalk("DescribeEnvironments", "<Environments><member><EnvironmentName>shop</EnvironmentName></member></Environments>")
        }
        "elasticbeanstalk:DescribeApplications" => {
            beanstalk("DescribeApplications", "<Applications><member><ApplicationName>shop</ApplicationName></member></Applications>")
        }
        "ec2:DescribeInstances" => instance_of("shop"),
        "ec2:DescribeSubnets" => "<DescribeSubnetsResponse><subnetSet/></DescribeSubnetsResponse>".to_owned(),
        "ec2:DescribeInstanceTypes" => "<DescribeInstanceTypesResponse><instanceTypeSet/></DescribeInstanceTypesResponse>".to_owned(),
        "cloudwatch:ListMetrics" | "cloudwatch:GetMetricData" => return cbor_map(&[]),
        other => panic!("{other} is not a call that this account expects"),
    };
    xml.into_bytes()
}

pub(crate) fn beanstalk(operation: &str, result: &str) -> String {
    format!("<{operation}Response><{operation}Result>{result}</{operation}Result></{operation}Response>")
}

/// EC2's answer with one instance that Beanstalk started.
pub(crate) fn instance_of(environment: &str) -> String {
    let tag = format!("<item><key>elasticbeanstalk:environment-name</key><value>{environment}</value></item>");
    let instance = format!("<item><instanceId>i-1</instanceId><tagSet>{tag}</tagSet></item>");
    format!(
        "<DescribeInstancesResponse><reservationSet><item><instancesSet>{instance}</instancesSet></item></reservationSet></DescribeInstancesResponse>"
    )
}

pub(crate) fn cbor_text(text: &str) -> Vec<u8> {
    [cbor_head(0x60, text.len()), text.as_bytes().to_vec()].concat()
}

pub(crate) fn cbor_list(items: &[Vec<u8>]) -> Vec<u8> {
    [cbor_head(0x80, items.len()), items.concat()].concat()
}

pub(crate) fn cbor_map(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = cbor_head(0xa0, entries.len());
    for (key, value) in entries {
        bytes.extend(cbor_text(key));
        bytes.extend(value);
    }
    bytes
}

/// Major type and length (RFC 8949, section 3).
fn cbor_head(major: u8, length: usize) -> Vec<u8> {
    match u16::try_from(length).expect("a short test value") {
        short @ 0..24 => vec![major | short.to_be_bytes()[1]],
        long => [vec![major | 25], long.to_be_bytes().to_vec()].concat(),
    }
}
