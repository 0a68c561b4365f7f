/* The runtime behind -wasm-enable-sjlj. The compiler calls these three; their contract is described in
** LLVM's WebAssemblyLowerEmscriptenEHSjLj.cpp. */

#include "setjmp.h"

__asm__(
    ".globl __c_longjmp\n"
    ".tagtype __c_longjmp i32\n"
    "__c_longjmp:\n");

void __wasm_setjmp(void *env, unsigned int label, void *invocation) {
  struct cu_jmp_buf *buffer = env;
  buffer->invocation = invocation;
  buffer->label = label;
}

/* The label to go on at, if `env` was set in this call of the function; else 0. */
unsigned int __wasm_setjmp_test(void *env, void *invocation) {
  struct cu_jmp_buf *buffer = env;
  return buffer->invocation == invocation ? buffer->label : 0;
}

void __wasm_longjmp(void *env, int value) {
  struct cu_jmp_buf *buffer = env;
  buffer->argument.env = env;
  buffer->argument.value = value ? value : 1;
  __builtin_wasm_throw(1, &buffer->argument);
}
