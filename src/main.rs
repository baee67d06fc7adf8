//! The `argopacks` program.

use std::process::ExitCode;

/// Compiling is many small allocations on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    argopacks::cli::main()
}
