//! One test binary; each file asks one kind of question.

mod cases;
mod corpus;
mod hardness;
mod invent;
mod json;
mod model;
mod problems;
mod properties;
mod shared;
mod tidy;
