// use commented::One;
/* use outer::Comment; /* use inner::Comment; */ use still::Comment; */
use serde::{Deserialize, de::{self, Error as DeError}};
use ::nom::IResult;
use std::fs;
use crate::own::Thing;
use {rand::Rng, libc as c};
extern crate openssl_sys as ffi;

mod inner;

const TEXT: &str = "use text::One; \
    still";
const RAW: &str = r#"use raw::"One";"#;

pub fn read<'a>(path: &'a str, sign: char) -> IResult<&'a str, u8> {
    let quote = '"';
    let other = '\'';
    let value = serde_json::from_str::<u8>(path);
    fs::read(path); inner::call(); Thing::new(); de::value();
    c::malloc(1); serde_json::Value::Null;
    regex::Regex::new(r"use pattern::One;")
}

pub struct Store;
pub(crate) fn hidden() {}
impl Store {
    pub async fn close(self) {}
}
