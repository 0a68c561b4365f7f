#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "host.h"

#undef mktime

/* Programs that write numbers write none longer than this. */
#define NUMBER_BYTES 128

/* Provided by `system.rs`. */
int cu_utc_offset_seconds(long long unix_seconds);

void cu_write_error(const char *format, const char *argument) {
  cu_write(2, argument, strlen(argument));
  /* Lua's formats add only this, or "PANIC: ". */
  if (strcmp(format, "%s\n") == 0) cu_write(2, "\n", 1);
}

struct tm *cu_local_time(const time_t *time, struct tm *parts) {
  time_t shifted = *time + cu_utc_offset_seconds(*time);
  return gmtime_r(&shifted, parts);
}

/* Normalises `parts` as mktime does. The offset is the one in force at that time, found in two steps: that
** is enough, since offsets change by less than the time between two changes. */
time_t cu_make_time(struct tm *parts) {
  time_t as_utc, result;
  errno = 0;
  as_utc = timegm(parts);
  /* -1 is not only an error but also the last second of 1969. */
  if (as_utc == -1 && errno != 0) return -1;
  result = as_utc - cu_utc_offset_seconds(as_utc);
  result = as_utc - cu_utc_offset_seconds(result);
  cu_local_time(&result, parts);
  return result;
}

void cu_set_error(int number) { errno = number; }

int cu_number_text(char *text, size_t size, int digits, double number) {
  return snprintf(text, size, "%.*g", digits, number);
}

const char *cu_error_text(int number) {
  switch (number) {
    case 2: return "No such file or directory";
    case 9: return "Bad file descriptor";
    case 13: return "Permission denied";
    case 20: return "Not a directory";
    case 21: return "Is a directory";
    case 22: return "Invalid argument";
    case 24: return "Too many open files";
    case 27: return "File too large";
    case 28: return "No space left on device";
    case 29: return "Illegal seek";
    case 36: return "File name too long";
    case 39: return "Directory not empty";
    default: return "Unknown error";
  }
}

char *cu_gets(char *buffer, int size, cu_File *file) {
  int c, length = 0;
  while (length < size - 1 && (c = cu_getc(file)) != EOF) {
    buffer[length++] = c;
    if (c == '\n') break;
  }
  buffer[length] = '\0';
  return length > 0 ? buffer : NULL;
}

int cu_print(cu_File *file, const char *format, ...) {
  char text[NUMBER_BYTES];
  va_list arguments;
  int length;
  va_start(arguments, format);
  length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return length > 0 && cu_put(text, (size_t)length, file) > 0 ? length : -1;
}
