//! Changed images with coroutines: whatever was changed, they are refused, or restored and resumed without harm.

use engine::codec;
use engine::image::{CellId, HeapImage, Value, Values};
use engine::lua::Vm;
use wire::{Limits, RunMode};

use super::{Program, is_done, programs, reread, run};

/// Resumes all that can be reached, with garbage collections in between, and looks into it.
const SHAKE: &str = r#"
local seen, queue = {}, { _home }
local function meet(value)
  local kind = type(value)
  if (kind == "table" or kind == "function" or kind == "thread") and not seen[value] and value ~= _G and value ~= package.loaded then
    seen[value] = true
    queue[#queue + 1] = value
  end
end
local function look(co)
  debug.traceback(co)
  for level = 0, 20 do
    local info = debug.getinfo(co, level, "Slntuf")
    if not info then break end
    meet(info.func)
    for i = -3, 40 do if i ~= 0 then
      local name, value = debug.getlocal(co, level, i)
      if name then meet(value) end
    end end
  end
end
local function shake(value)
  if type(value) == "thread" then
    for i = 1, 4 do
      look(value)
      coroutine.resume(value, i, {}, "text")
      collectgarbage("step")
    end
    look(value)
    collectgarbage()
    coroutine.close(value)
  elseif type(value) == "function" then
    local info = debug.getinfo(value, "S")
    for i = 1, 255 do
      local name, upvalue = debug.getupvalue(value, i)
      if not name then break end
      meet(upvalue)
    end
    if info.what ~= "C" then pcall(value, 1, {}) else
      for path, permanent in pairs({ coroutine, string, table, _G }) do for _, f in pairs(permanent) do if f == value then return end end end
      for i = 1, 4 do pcall(value, i) end
    end
    for i = 1, 3 do local name, old = debug.getupvalue(value, i) if name then pcall(debug.setupvalue, value, i, "changed") end end
  else
    for k, v in next, value do meet(k) meet(v) end
  end
end
local next_one = 1
while queue[next_one] and next_one < 300 do
  shake(queue[next_one])
  next_one = next_one + 1
end
collectgarbage()
"#;

/// Numbers that look random, always the same ones.
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.throw() % end.max(1) as u64) as usize
    }
}

fn any_value(image: &HeapImage, dice: &mut Dice) -> Value {
    let values: &Values = if dice.below(4) == 0 { &image.cells } else { &image.values };
    match dice.below(10) {
        0 => Value::Nil,
        1 => Value::Integer(dice.below(5) as i64),
        2 => Value::Float(1.5),
        3 => Value::Boolean(true),
        _ => values.get(dice.below(values.len())).unwrap_or(Value::Nil),
    }
}

/// Changes a number, a value, a cell, or which cell something is. Nil where it may not be is refused later.
fn change(image: &mut HeapImage, dice: &mut Dice) {
    match dice.below(10) {
        0..5 if !image.numbers.is_empty() => {
            let (index, other) = (dice.below(image.numbers.len()), dice.below(image.numbers.len()));
            let number = image.numbers[index];
            image.numbers[index] = match dice.below(6) {
                0 => number.wrapping_add(1),
                1 => number.wrapping_sub(1),
                2 => image.numbers[other],
                3 => number ^ (1 << dice.below(32)),
                4 => number.wrapping_add(dice.below(12) as u32),
                _ => dice.below(40) as u32,
            };
        }
        5..8 => {
            let value = any_value(image, dice);
            let index = dice.below(image.values.len());
            if index < image.values.len() {
                image.values.set(index, value);
            }
        }
        8 if !image.cells.is_empty() => {
            let (index, value) = (dice.below(image.cells.len()), any_value(image, dice));
            image.cells.set(index, value);
        }
        _ if !image.upvalues.is_empty() => {
            let (index, cell) = (dice.below(image.upvalues.len()), dice.below(image.cells.len()));
            image.upvalues[index] = CellId(cell as u32);
        }
        _ => {}
    }
}

/// The bytes after the header's texts: changes there are seldom refused by the compiler.
fn change_bytes(bytes: &mut [u8], dice: &mut Dice) {
    let index = bytes.len() - 1 - dice.below(bytes.len() * 2 / 3);
    bytes[index] = match dice.below(3) {
        0 => dice.below(26) as u8,
        1 => bytes[index] ^ (1 << dice.below(8)),
        _ => bytes[index].wrapping_add(1),
    };
}

/// The images of a program between its steps.
fn images(program: &Program) -> Vec<HeapImage> {
    let (mut vm, _) = crate::common::vm();
    run(&mut vm, &program.setup);
    let mut images = Vec::new();
    while images.len() < 12 {
        images.push(reread(&vm.capture_home().unwrap()));
        if is_done(images.last().unwrap()) {
            break;
        }
        run(&mut vm, &program.step);
    }
    images
}

fn shake(vm: &mut Vm) {
    let _ = vm.run(&"shake.lua".into(), SHAKE.as_bytes(), RunMode::Program);
    run(vm, "_home = {}");
    let _ = vm.collect_garbage();
}

/// `CU_FUZZ` is how many times each image is changed.
#[test]
fn changed_coroutines_do_no_harm() {
    let times: usize = std::env::var("CU_FUZZ").ok().map_or(4, |times| times.parse().unwrap());
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ times as u64);
    let limits = Limits { time_millis: 100, memory_bytes: 64 << 20, ..Limits::default() };
    let (mut restored, mut refused) = (0, 0);
    for program in programs() {
        for image in images(&program) {
            let mut vm = Vm::new(crate::common::TestHost::new(), limits).unwrap();
            vm.restore_home(&image).unwrap();
            shake(&mut vm);
            let bytes = codec::encode(&image).unwrap();
            for _ in 0..times {
                let mut bytes = bytes.clone();
                if dice.below(3) > 0 {
                    let mut changed = image.clone();
                    (0..=dice.below(3)).for_each(|_| change(&mut changed, &mut dice));
                    bytes = codec::encode(&changed).unwrap();
                } else {
                    (0..=dice.below(2)).for_each(|_| change_bytes(&mut bytes, &mut dice));
                }
                match codec::decode(&bytes).map(|image| vm.restore_home(&image)) {
                    Ok(Ok(())) => restored += 1,
                    Ok(Err(_)) | Err(_) => refused += 1,
                }
                shake(&mut vm);
            }
        }
    }
    assert!(restored > refused / 4, "{restored} were restored, {refused} refused");
}
