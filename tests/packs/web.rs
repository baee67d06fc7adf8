//! The smallest web server that git and curl can be tested with.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

#[derive(Debug)]
pub(super) struct Request {
    pub(super) path: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

pub(super) struct Response {
    pub(super) status: &'static str,
    pub(super) header: &'static str,
    pub(super) body: Vec<u8>,
}

pub(super) struct Server {
    port: u16,
    requests: Receiver<Request>,
}

impl Server {
    pub(super) fn start(answer: impl Fn(&Request) -> Response + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, requests) = channel();
        thread::spawn(move || serve(&listener, &answer, &sender));
        Self { port, requests }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// What came in so far.
    pub(super) fn requests(&self) -> Vec<Request> {
        self.requests.try_iter().collect()
    }
}

fn serve(listener: &TcpListener, answer: &dyn Fn(&Request) -> Response, sender: &Sender<Request>) {
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let Some(request) = receive(&stream) else { continue };
        let response = answer(&request);
        if sender.send(request).is_err() {
            return;
        }
        reply(&mut stream, &response);
    }
}

fn receive(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let headers = receive_headers(&mut reader)?;
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { path, headers, body: String::from_utf8(body).unwrap() })
}

fn receive_headers(reader: &mut impl BufRead) -> Option<BTreeMap<String, String>> {
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.split_once(':') else { return Some(headers) };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
}

fn reply(stream: &mut TcpStream, response: &Response) {
    let Response { status, header, body } = response;
    let head = format!(
        "HTTP/1.1 {status}\r\n{header}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client that has gone away is no concern of the server.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}
