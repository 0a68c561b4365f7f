//! Programs that nobody would think of, compared one by one. One that differs is made as small as it can be, printed,
//! and noted to be tried first from then on.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};

use crate::{compare, expressions, flow};

/// Where the programs that once differed are noted.
const REGRESSIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential/generate.regressions");
/// How many programs of each kind are tried, always the same ones. `PROPTEST_CASES=10000 cargo test -p engine --test
/// differential` searches on, among others each time.
const PROGRAMS: u32 = 500;

fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let is_chosen = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if is_chosen { default.cases } else { PROGRAMS },
        rng_seed: if is_chosen { default.rng_seed } else { RngSeed::Fixed(1) },
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(REGRESSIONS))),
        ..default
    }
}

fn assert_same(program: &str) -> Result<(), TestCaseError> {
    let difference = compare(program.as_bytes(), &mut []);
    prop_assert!(difference.is_none(), "{}\nin\n{program}", difference.unwrap_or_default());
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn expressions_and_library_calls_are_the_same(calls in vec(expressions::expression(), 1..30)) {
        assert_same(&expressions::program(&calls))?;
    }

    #[test]
    fn control_flow_is_the_same(block in flow::block()) {
        assert_same(&flow::program(&block))?;
    }
}
