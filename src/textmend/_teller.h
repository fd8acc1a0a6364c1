/* The Teller, for what it does with lines (_teller.c) and with windows (_windows.c). */
#include "_kernel.h"

#define MOST_MULTI 16
#define MOST_WRITERS 128
#define ALONE 128 /* in place of a first byte: the next is a sign of its own */

typedef struct {
    PyObject_HEAD
    PyObject *verifier, *ranker, *model, *decode, *signs, *writers, *readers, *multi;
    double prices[MOST_WRITERS], reader_prices[MOST_WRITERS], multi_prices[MOST_MULTI];
    int bits[MOST_WRITERS];   /* of the readers, in the masks of the verifier */
    int orders[MOST_WRITERS], reader_orders[MOST_WRITERS]; /* by name */
    uint16_t *rows[MOST_MULTI][129]; /* what a byte is after each high one; the last: what each is alone; when asked for */
    int several, last;      /* last: the writer of several bytes a sign that was told last, -1 if none was */
    int units, mixed, named, ranked, least, compared, looked, views, glance;
    double gain, each, ahead, far, witnessed, hopeless;
} Teller;

typedef struct {
    double rank;
    int written, read; /* in the order of names */
    Rival rival;
} Pair;

/* Of _teller.c. */
Py_ssize_t likeliest_pairs(Teller *self, Text text, uint64_t mask, Pair **found, int *outside);
Py_ssize_t decode(Teller *self, int number, const uint8_t *bytes, Py_ssize_t length, Py_UCS4 *signs);

PyObject *promising(Teller *self, PyObject *args); /* of _windows.c */
