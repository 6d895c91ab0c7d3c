//! Forms and files with the encodings of the document, to the byte.

use std::collections::BTreeMap;

use exchange_client::types::{Charge, ChargeItem, Scans};
use exchange_client::{Client, Credentials, FilePart, Upload};

use crate::exchange::Exchange;

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn item(price: &str, quantity: i64) -> ChargeItem {
    ChargeItem::new().price(price).quantity(quantity)
}

#[tokio::test]
async fn members_of_a_form_are_written_as_the_document_says() {
    let exchange = Exchange::start().await;
    exchange.answer_status(204);
    let charge = Charge::new(7)
        .expand(texts(["customer", "a.b"]))
        .items(vec![item("p 1", 1), item("p&2", 2)])
        .metadata(BTreeMap::from([("k[1]".to_owned(), "v".to_owned())]))
        .codes(texts(["a,b", "c"]))
        .back("https://a.example/?x=1&y=2#z")
        .address(item("p", 3))
        .tags(texts(["x", "y"]));
    let call = exchange.client.bodies().send_charge(charge).send();
    call.await.unwrap();
    let request = exchange.last();
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let text = request.text();
    assert_eq!(
        text.split('&').collect::<Vec<_>>(),
        [
            "amount=7",
            "expand%5B%5D=customer",
            "expand%5B%5D=a.b",
            "items%5B0%5D%5Bprice%5D=p+1",
            "items%5B0%5D%5Bquantity%5D=1",
            "items%5B1%5D%5Bprice%5D=p%262",
            "items%5B1%5D%5Bquantity%5D=2",
            "metadata%5Bk%5B1%5D%5D=v",
            "codes=a%2Cb,c",
            "back=https://a.example/?x=1%26y=2%23z",
            "address=%7B%22price%22%3A%22p%22%2C%22quantity%22%3A3%7D",
            "tags=x",
            "tags=y",
        ]
    );
}

#[tokio::test]
async fn files_go_out_with_their_names_and_types_as_they_are_read() {
    let exchange = Exchange::start().await;
    exchange.answer_status(204);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page \"1\".png");
    let content = "0123456789".repeat(30_000);
    std::fs::write(&path, &content).unwrap();
    let files = Scans::new(FilePart::file(&path).unwrap().header("X-Rate", "20"))
        .pages(vec![
            FilePart::from("two")
                .file_name("2.gif")
                .media_type("image/gif"),
            Upload::from(vec![0xff_u8]).into(),
        ])
        .about(item("p", 1))
        .note("n")
        .marks(vec![1, 2]);
    let call = exchange.client.bodies().send_files(files).send();
    call.await.unwrap();
    let request = exchange.last();
    let media_type = request.header("content-type").unwrap();
    let boundary = media_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert_eq!(
        request.header("content-length"),
        Some(&*request.body.len().to_string())
    );
    assert_eq!(request.header("transfer-encoding"), None);
    let head = |rest: &str| format!("--B\r\nContent-Disposition: form-data; name={rest}");
    let expected = [
        head(
            "\"scan\"; filename=\"page %221%22.png\"\r\nContent-Type: image/png\r\nX-Kind: scan\r\nX-Rate: 20\r\n\r\nCONTENT",
        ),
        head("\"pages\"; filename=\"2.gif\"\r\nContent-Type: image/gif\r\n\r\ntwo"),
        head(
            "\"pages\"; filename=\"pages\"\r\nContent-Type: application/octet-stream\r\n\r\n\u{fffd}",
        ),
        head(
            "\"about\"\r\nContent-Type: application/vnd.about+json\r\n\r\n{\"price\":\"p\",\"quantity\":1}",
        ),
        head("\"note\"\r\n\r\nn"),
        head("\"marks\"\r\n\r\n1"),
        head("\"marks\"\r\n\r\n2"),
        "--B--\r\n".to_owned(),
    ];
    let text = String::from_utf8_lossy(&request.body).replace(boundary, "B");
    assert_eq!(text.replace(&content, "CONTENT"), expected.join("\r\n"));
}

#[tokio::test]
async fn an_operation_with_a_server_of_its_own_is_called_there() {
    let (exchange, uploads) = (Exchange::start().await, Exchange::start().await);
    let builder = || {
        Client::builder()
            .credentials(Credentials::access_token("t"))
            .base_url(exchange.base_url())
    };
    let upload = async |client: Client| {
        exchange.answer_status(204);
        uploads.answer_status(204);
        client
            .bodies()
            .send_files(Scans::new("x"))
            .send()
            .await
            .unwrap();
    };
    // A base URL of one's own stands for every server.
    upload(builder().build().unwrap()).await;
    assert_eq!((exchange.count(), uploads.count()), (1, 0));
    assert_eq!(exchange.last().target, "/upload");
    let server = "https://{region}.uploads.example.com/v2";
    let there = builder().server(server, uploads.base_url() + "/there");
    upload(there.build().unwrap()).await;
    assert_eq!((exchange.count(), uploads.count()), (1, 1));
    assert_eq!(uploads.last().target, "/there/upload");
    assert_eq!(uploads.last().header("authorization"), Some("Bearer t"));
}
