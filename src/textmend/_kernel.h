/* What the parts of textmend._kernel share. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Facts about characters are asked of Python once for each page of them. */
#define PAGE 256
#define PAGES (0x110000 / PAGE)

int may_set_up(PyObject *self, PyObject *kwds, const void *done);
int have_page(PyObject *describe, void **pages, Py_UCS4 code, size_t size);
void free_pages(void **pages);
Py_ssize_t line_end(int kind, const void *data, Py_ssize_t start, Py_ssize_t stop);
Py_ssize_t piece_end(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, int longest, int unbroken);

/* Whether a character is no part of what is undone: ASCII, the mark of lost bytes, lone surrogates. */
static inline int
is_kept(Py_UCS4 code)
{
    return code < 0x80 || code == 0xFFFD || (code >= 0xD800 && code < 0xE000);
}

/* A run of a text that was undone: where it stands there, and what came out of it. */
typedef struct {
    Py_ssize_t start, end, first, last;
} Place;

/* A text as it was before UTF-8 was misread. */
typedef struct {
    Py_UCS4 *made;
    Place *places;
    Py_ssize_t count, several;
} Undone;

int undo_text(PyObject *reader, int kind, const void *data, Py_ssize_t length, Undone *undone); /* of _reader.c */
void forget(Undone *undone);

/* What stands between two spaces of a text. */
typedef struct {
    Py_ssize_t start, end;
} Token;

/* A text as characters of some size. */
typedef struct {
    int kind;
    const void *data;
    Py_ssize_t length;
} Text;

/* What a text may have been: what its letters cost, the numbers of the writer and the reader. */
typedef struct {
    uint64_t cost;
    int writer, reader;
} Rival;

Py_ssize_t find_rivals(PyObject *ranker, const Text *text, uint64_t mixed, int most, Rival **found); /* of _ranker.c */
int bytes_shown(PyObject *ranker, int reader, const Text *text, uint8_t *into);
Py_ssize_t shown_apart(PyObject *ranker, int one, int other, const Text *text);
int translated(PyObject *ranker, int writer, int reader, const Text *text, Py_UCS4 *into);
Py_ssize_t likeliest_writers(PyObject *ranker, const uint8_t *bytes, Py_ssize_t length, uint64_t inner, uint64_t most,
                             int *writers);
int decoded_by(PyObject *ranker, int writer, const uint8_t *bytes, Py_ssize_t length, Py_UCS4 *into);
int undone_by(PyObject *ranker, int writer, int reader, const Text *text, Py_UCS4 *into);
int as_writer(PyObject *ranker, int reader);
int same_tables(PyObject *ranker, Py_ssize_t writers, Py_ssize_t readers);

int know_signs(PyObject *kernel, const Text *text); /* of _scorer.c */
int tokens_gain(PyObject *kernel, const Text *text, const Token *beside, Py_ssize_t count, const Text *candidate,
                const Token *before, const Token *after, Py_ssize_t changed, int64_t *gain);
int tokens_cost(PyObject *kernel, const Text *text, const Token *tokens, Py_ssize_t count, int64_t most, int64_t *cost);

/* Of _verifier.c, which knows what signs are to readers and to the evidence. */
int readers_showing(PyObject *verifier, const Text *text, uint64_t *mask);
int is_special(PyObject *verifier, const Text *text, int original);
int looks_garbled(PyObject *verifier, const Text *text, const Text *candidate);
int holds_bad(PyObject *verifier, const Text *text, const Text *candidate);
int bears_witness(PyObject *verifier, const Text *text, const Token *before, const Text *candidate, const Token *after);

extern PyTypeObject KernelType;  /* of _scorer.c */
extern PyTypeObject ScannerType; /* of _scanner.c */
extern PyTypeObject RankerType;  /* of _ranker.c */
extern PyTypeObject SieveType;   /* of _sieve.c */
extern PyTypeObject ReaderType;  /* of _reader.c */
extern PyTypeObject VerifierType; /* of _verifier.c */
extern PyTypeObject TellerType;  /* of _teller.c */
