//! One test binary; each file asks one kind of question.

mod shared;
mod transformer;
