/* C's files, over the console: see files.h. */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fuel.h"
#include "host.h"

#undef fgets
#undef fread

/* Programs that write numbers write none longer than this. */
#define NUMBER_BYTES 128

enum { INPUT, OUTPUT, ERRORS };

struct cu_File {
  int stream;
  int has_failed, is_at_end;
  struct lua_State *reader;
  /* The line that is being read. The host owns it until the next one. */
  const char *line;
  size_t at, length;
};

/* Provided by `system.rs`: waits for a line, with its line feed. Returns 0 if no more lines will come. */
int cu_read_line(struct lua_State *L, const char **start, size_t *length);

static CU_THREAD cu_File console[] = {{INPUT}, {OUTPUT}, {ERRORS}};

/* Before a run: drops the rest of the line that was read last, and any error. */
void cu_forget_input(void) {
  console[INPUT].at = console[INPUT].length = 0;
  console[INPUT].has_failed = console[INPUT].is_at_end = 0;
}

cu_File *cu_standard_input(struct lua_State *L) {
  console[INPUT].reader = L;
  return &console[INPUT];
}

cu_File *cu_standard_output(void) { return &console[OUTPUT]; }
cu_File *cu_standard_error(void) { return &console[ERRORS]; }

int cu_no_file(void) {
  errno = ENOENT;
  return -1;
}

cu_File *cu_open(const char *path, const char *mode) {
  (void)path;
  (void)mode;
  cu_no_file();
  return NULL;
}

cu_File *cu_open_temporary(void) {
  errno = EROFS;
  return NULL;
}

int cu_close(cu_File *file) {
  (void)file;
  return 0;
}

int cu_seek(void) {
  errno = ESPIPE;
  return -1;
}

void cu_begin_reading(struct lua_State *L, cu_File *file) {
  file->reader = L;
  file->has_failed = file->is_at_end = 0;
}

int cu_failed(const cu_File *file) { return file->has_failed; }
int cu_at_end(const cu_File *file) { return file->is_at_end; }

static void refuse(cu_File *file) {
  file->has_failed = 1;
  errno = EBADF;
}

/* Whether there is a byte to read. */
static int fill(cu_File *file) {
  if (file->at < file->length) return 1;
  if (file->stream != INPUT) {
    refuse(file);
    return 0;
  }
  file->at = file->length = 0;
  file->is_at_end = !cu_read_line(file->reader, &file->line, &file->length);
  return file->length > 0;
}

int cu_getc(cu_File *file) { return fill(file) ? (unsigned char)file->line[file->at++] : EOF; }

int cu_ungetc(int c, cu_File *file) {
  if (c != EOF) file->at--;
  return c;
}

size_t cu_read(void *buffer, size_t size, size_t count, cu_File *file) {
  size_t wanted = size * count, done = 0;
  while (done < wanted && fill(file)) {
    size_t piece = file->length - file->at;
    if (piece > wanted - done) piece = wanted - done;
    memcpy((char *)buffer + done, file->line + file->at, piece);
    file->at += piece;
    done += piece;
  }
  return done / size;
}

char *cu_gets(char *buffer, int size, cu_File *file) {
  int length = 0;
  while (length < size - 1 && fill(file)) {
    buffer[length++] = file->line[file->at++];
    if (buffer[length - 1] == '\n') break;
  }
  buffer[length] = '\0';
  return length > 0 ? buffer : NULL;
}

size_t cu_put(const void *start, size_t size, size_t count, cu_File *file) {
  if (file->stream == INPUT) {
    refuse(file);
    return 0;
  }
  if (size * count > 0) cu_write(file->stream, start, size * count);
  return count;
}

int cu_print(cu_File *file, const char *format, ...) {
  char text[NUMBER_BYTES];
  va_list arguments;
  int length;
  va_start(arguments, format);
  length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return length > 0 && cu_put(text, 1, (size_t)length, file) > 0 ? length : -1;
}
