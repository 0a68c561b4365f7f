/* Keeps the text that a chunk is loaded from. Every function can name the whole text of its chunk: the source string
** that the functions of a chunk share is its name, a NUL byte and the text. Where the name is the text, there is no NUL.
** Lua shows only the name: patches of ldebug.c end it at the NUL. */

/* A reader that keeps what another reader returns. */
struct cu_Text {
  lua_Reader reader;
  void *data;
  char *start;
  size_t length, capacity;
};

static const char *cu_read_text(lua_State *L, void *data, size_t *size) {
  struct cu_Text *text = data;
  const char *piece = text->reader(L, text->data, size);
  if (piece == NULL || *size == 0) return piece;
  if (*size > MAX_SIZE / 4 - text->length) luaM_toobig(L);
  if (text->length + *size > text->capacity) {
    size_t capacity = text->capacity * 2;
    if (capacity < text->length + *size) capacity = text->length + *size;
    text->start = luaM_reallocvchar(L, text->start, text->capacity, capacity);
    text->capacity = capacity;
  }
  memcpy(text->start + text->length, piece, *size);
  text->length += *size;
  return piece;
}

static void cu_set_source(lua_State *L, Proto *p, TString *source) {
  int i;
  p->source = source;
  luaC_objbarrier(L, p, source);
  for (i = 0; i < p->sizep; i++) cu_set_source(L, p->p[i], source);
}

/* Called with a chunk that was just compiled, at the top of the stack. */
static void cu_keep_text(lua_State *L, Proto *p, const char *name, const ZIO *input) {
  const struct cu_Text *text = input->data;
  size_t name_length = strlen(name);
  size_t length = name_length + 1 + text->length;
  if (name_length == text->length && memcmp(name, text->start, name_length) == 0) return;
  if (length <= LUAI_MAXSHORTLEN) {
    char source[LUAI_MAXSHORTLEN];
    memcpy(source, name, name_length + 1);
    memcpy(source + name_length + 1, text->start, text->length);
    cu_set_source(L, p, luaS_newlstr(L, source, length));
  } else {
    TString *source = luaS_createlngstrobj(L, length);
    memcpy(getstr(source), name, name_length + 1);
    memcpy(getstr(source) + name_length + 1, text->start, text->length);
    cu_set_source(L, p, source);
  }
}

/* The functions of the chunk whose main function is at the top of the stack know its name alone, and so are never stored. */
void cu_forget_text(lua_State *L, const char *name) {
  TString *source = luaS_new(L, name);
  cu_set_source(L, clLvalue(s2v(L->top.p - 1))->p, source);
}

/* Bytecode is never loaded: nothing in Lua checks it, and it can break the VM. */
static l_noret cu_refuse_binary(lua_State *L) {
  luaO_pushfstring(L, "attempt to load a binary chunk (binary chunks are not accepted)");
  luaD_throw(L, LUA_ERRSYNTAX);
}
