//! A small module that makes another one of the form in which it travels: of `letters`, or of what it carries `deflated`.
//! Engines offer no way to do this at once, and JavaScript that runs for the first time is slow; this runs at the speed of
//! machine code.
//!
//! What is read was made by the build, which compares what comes out (`www/tasks/carriers.mjs`). So whatever is malformed or
//! too long may end in any way.

#![no_std]

#[cfg(feature = "deflated")]
mod deflated;
#[cfg(feature = "letters")]
mod letters;

/// How many bytes come out.
const LENGTH: usize = number(env!("CARRIED_LENGTH"));

/// How many bytes come out.
#[unsafe(no_mangle)]
#[allow(unsafe_code)]
pub extern "C" fn length() -> usize {
    LENGTH
}

const fn number(digits: &str) -> usize {
    match usize::from_str_radix(digits, 10) {
        Ok(number) => number,
        Err(_) => panic!("what should be a number is none"),
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
