/* setjmp and longjmp for WebAssembly, as clang's -wasm-enable-sjlj lowers them. */

#ifndef cu_setjmp_h
#define cu_setjmp_h

/* What `__wasm_setjmp` notes (which call of which function, and where to go on there) and what
** `__wasm_longjmp` brings along. The layout of the last two is known to the compiler. */
typedef struct cu_jmp_buf {
  void *invocation;
  unsigned int label;
  struct {
    void *env;
    int value;
  } argument;
} jmp_buf[1];

int setjmp(jmp_buf) __attribute__((__returns_twice__));
void longjmp(jmp_buf, int) __attribute__((__noreturn__));
#define _setjmp setjmp
#define _longjmp longjmp

#endif
