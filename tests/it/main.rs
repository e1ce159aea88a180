//! One test binary; each file asks one kind of question.

mod aws_messages;
mod cases;
mod codes;
mod corpus;
mod crowds;
mod hardness;
mod invent;
mod json;
mod lint;
mod model;
mod nearest;
mod problems;
mod properties;
mod reading;
mod shared;
mod tidy;
mod transformer;
