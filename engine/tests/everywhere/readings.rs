//! What programs take from outside is noted, for the journal.

use engine::host::Reading;
use wire::RunMode;

use crate::common;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_a_program_reads_of_the_clocks_is_noted_and_nothing_else() {
    let (mut vm, host) = common::vm();
    host.readings.take();
    let program =
        b"local t = {} for i = 1, 100000 do t[i] = i end assert(os.clock() >= 0 and os.time() > 0 and os.date())";
    vm.run(&"main.lua".into(), program, RunMode::Program).unwrap();
    let readings = host.readings.take();
    let monotonic = readings.iter().filter(|reading| matches!(reading, Reading::Monotonic(_))).count();
    let unix = readings.iter().filter(|reading| matches!(reading, Reading::Unix(millis) if *millis > 1.6e12)).count();
    // Outside of a browser, the C library tells the time.
    let expected = if cfg!(target_arch = "wasm32") { (1, 2) } else { (1, 0) };
    assert_eq!((monotonic, unix, readings.len()), (expected.0, expected.1, expected.0 + expected.1));
}
