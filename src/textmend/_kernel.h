/* What the parts of textmend._kernel share. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Facts about characters are asked of Python once for each page of them. */
#define PAGE 256
#define PAGES (0x110000 / PAGE)

int have_page(PyObject *describe, void **pages, Py_UCS4 code, size_t size);
void free_pages(void **pages);
Py_ssize_t line_end(int kind, const void *data, Py_ssize_t start, Py_ssize_t stop);
Py_ssize_t piece_end(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, int longest, int unbroken);

extern PyTypeObject KernelType;  /* of _scorer.c */
extern PyTypeObject ScannerType; /* of _scanner.c */
extern PyTypeObject RankerType;  /* of _ranker.c */
extern PyTypeObject SieveType;   /* of _sieve.c */
extern PyTypeObject ReaderType;  /* of _reader.c */
