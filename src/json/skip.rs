//! Reading over a value, with all its checks.

use super::scan::{Scan, Scanner};
use crate::limits::JSON_DEPTH;

impl Scanner<'_> {
    /// Reads over any value, checking it. `depth`: how many objects and arrays are open around it.
    pub fn skip(&mut self, depth: usize) -> Scan<()> {
        if self.skip_leaf()? {
            return Ok(());
        }
        let mut open = Open { objects: [0; JSON_DEPTH / 64 + 1], outside: depth, level: depth };
        let mut inside = self.enter(&mut open)?;
        loop {
            inside = match inside {
                Inside::Object => self.skip_members(&mut open)?,
                Inside::Array => self.skip_elements(&mut open)?,
                Inside::Nothing => return Ok(()),
            };
        }
    }

    /// Reads over a value that is no object and no array; `false` if it is one.
    #[inline(always)]
    fn skip_leaf(&mut self) -> Scan<bool> {
        self.space();
        match self.byte() {
            b'"' => self.string().map(|_| ())?,
            b'-' | b'0'..=b'9' => self.number().map(|_| ())?,
            b'{' | b'[' => return Ok(false),
            b't' => self.literal("true")?,
            b'f' => self.literal("false")?,
            b'n' => self.literal("null")?,
            _ => return self.broken(),
        }
        Ok(true)
    }

    /// Goes into an object or array, and out again if it is empty.
    #[inline(always)]
    fn enter(&mut self, open: &mut Open) -> Scan<Inside> {
        if open.level == JSON_DEPTH {
            return self.broken();
        }
        let object = self.byte() == b'{';
        open.enter(object);
        self.at += 1;
        self.space();
        if object {
            if self.byte() == b'}' {
                return self.leave(open);
            }
            self.key()?;
            return Ok(Inside::Object);
        }
        if self.byte() == b']' { self.leave(open) } else { Ok(Inside::Array) }
    }

    /// Reads over the closing bracket, and over what separates the container from its next sibling.
    fn leave(&mut self, open: &mut Open) -> Scan<Inside> {
        loop {
            self.at += 1;
            let inside = open.leave();
            if inside == Inside::Nothing {
                return Ok(inside);
            }
            self.space();
            match self.byte() {
                b',' => {
                    self.at += 1;
                    if inside == Inside::Object {
                        self.space();
                        self.key()?;
                    }
                    return Ok(inside);
                }
                b'}' if inside == Inside::Object => {}
                b']' if inside == Inside::Array => {}
                _ => return self.broken(),
            }
        }
    }

    /// In an object, behind a key.
    fn skip_members(&mut self, open: &mut Open) -> Scan<Inside> {
        loop {
            if !self.skip_leaf()? {
                return self.enter(open);
            }
            self.space();
            match self.byte() {
                b',' => {
                    self.at += 1;
                    self.space();
                    self.key()?;
                }
                b'}' => return self.leave(open),
                _ => return self.broken(),
            }
        }
    }

    /// In an array, before an element.
    fn skip_elements(&mut self, open: &mut Open) -> Scan<Inside> {
        loop {
            if !self.skip_leaf()? {
                return self.enter(open);
            }
            self.space();
            match self.byte() {
                b',' => self.at += 1,
                b']' => return self.leave(open),
                _ => return self.broken(),
            }
        }
    }
}

/// What is open while a value is skipped.
struct Open {
    /// One bit for each level: is it an object?
    objects: [u64; JSON_DEPTH / 64 + 1],
    /// The levels around the value.
    outside: usize,
    level: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Object,
    Array,
    Nothing,
}

impl Open {
    #[inline(always)]
    fn enter(&mut self, object: bool) {
        let word = &mut self.objects[self.level / 64];
        let bit = self.level % 64;
        *word = *word & !(1 << bit) | u64::from(object) << bit;
        self.level += 1;
    }

    /// Out of the innermost container: what is around it?
    #[inline(always)]
    fn leave(&mut self) -> Inside {
        self.level -= 1;
        if self.level == self.outside {
            return Inside::Nothing;
        }
        let innermost = self.level - 1;
        let object = self.objects[innermost / 64] >> (innermost % 64) & 1 == 1;
        if object { Inside::Object } else { Inside::Array }
    }
}
