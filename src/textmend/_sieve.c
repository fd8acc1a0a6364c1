/* Sieve: what a text holds of all that any rule looks for, found in one look.
 *
 * An optional copy of Sieve.search (rules/clues.py), which is what counts; both give the same
 * answers, and tests/rules/test_clues.py compares them. A part of textmend._kernel.
 */
#include "_kernel.h"

enum { ASKED = 1, BEYOND = 256, ANYTHING = 512, LOST = 1024 }; /* the other bits are those of the table */

typedef struct {
    PyObject_HEAD
    PyObject *describe; /* (first code point) -> bytes of 256 sets of bits */
    PyObject *scan;     /* Scanner.scan, or what does the same: 0 where nothing is misread or lost */
    PyObject *misread;  /* (text) -> which of both at a second look: ASKED, LOST */
    void *pages[PAGES]; /* of uint8_t */
} Sieve;

/* Return the bits of the characters of a text of one size of characters. */
#define BITS_OF(name, type)                                                                                           \
    static int name(Sieve *self, const type *text, Py_ssize_t length)                                                 \
    {                                                                                                                 \
        unsigned bits = 0;                                                                                            \
        for (Py_ssize_t i = 0; i < length; i++) {                                                                     \
            const uint8_t *page = self->pages[text[i] / PAGE];                                                        \
            if (page == NULL) {                                                                                       \
                if (have_page(self->describe, self->pages, text[i], 1) < 0)                                           \
                    return -1;                                                                                        \
                page = self->pages[text[i] / PAGE];                                                                   \
            }                                                                                                         \
            bits |= page[text[i] % PAGE];                                                                             \
        }                                                                                                             \
        return (int)bits;                                                                                             \
    }

BITS_OF(bits_of_two, Py_UCS2)
BITS_OF(bits_of_four, Py_UCS4)

static int
bits_of_one(Sieve *self, const Py_UCS1 *text, Py_ssize_t length)
{
    if (have_page(self->describe, self->pages, 0, 1) < 0)
        return -1;
    const uint8_t *page = self->pages[0];
    unsigned bits = 0, more = 0; /* two sums: neither waits for the other */
    Py_ssize_t i = 0;
    for (; i + 1 < length; i += 2) {
        bits |= page[text[i]];
        more |= page[text[i + 1]];
    }
    if (i < length)
        bits |= page[text[i]];
    return (int)(bits | more);
}

/* Return ASKED if something may have been misread, and LOST if something may have been lost; -1 for an exception. */
static int
is_misread(Sieve *self, PyObject *text)
{
    PyObject *found = PyObject_CallOneArg(self->scan, text);
    if (found == NULL)
        return -1;
    int there = PyObject_IsTrue(found);
    if (there > 0) {
        PyObject *answer = PyObject_CallOneArg(self->misread, text);
        there = answer == NULL ? -1 : (int)PyLong_AsLong(answer);
        Py_XDECREF(answer);
        if (PyErr_Occurred())
            there = -1;
    }
    Py_DECREF(found);
    return there;
}

static PyObject *
Sieve_look(Sieve *self, PyObject *const *args, Py_ssize_t count)
{
    if (count != 2 || !PyUnicode_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "look() takes a str and the bits that are wanted");
        return NULL;
    }
    PyObject *text = args[0];
    long wanted = PyLong_AsLong(args[1]);
    if (wanted == -1 && PyErr_Occurred())
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    const void *data = PyUnicode_DATA(text);
    int bits;
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        bits = bits_of_one(self, data, length);
        break;
    case PyUnicode_2BYTE_KIND:
        bits = bits_of_two(self, data, length);
        break;
    default:
        bits = bits_of_four(self, data, length);
    }
    if (bits < 0)
        return NULL;
    if (!PyUnicode_IS_ASCII(text))
        bits |= BEYOND | ASKED;
    if (bits & ASKED && wanted & (ASKED | LOST)) {
        int there = is_misread(self, text);
        if (there < 0)
            return NULL;
        bits = (bits & ~ASKED) | there;
    }
    return PyLong_FromLong((bits | ANYTHING) & wanted);
}

static int
Sieve_init(Sieve *self, PyObject *args, PyObject *kwds)
{
    PyObject *describe, *scan, *misread;
    if (!may_set_up((PyObject *)self, kwds, self->describe))
        return -1;
    if (!PyArg_ParseTuple(args, "OOO", &describe, &scan, &misread))
        return -1;
    Py_INCREF(describe);
    self->describe = describe;
    Py_INCREF(scan);
    self->scan = scan;
    Py_INCREF(misread);
    self->misread = misread;
    return 0;
}

static void
Sieve_dealloc(Sieve *self)
{
    free_pages(self->pages);
    Py_XDECREF(self->describe);
    Py_XDECREF(self->scan);
    Py_XDECREF(self->misread);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Sieve_methods[] = {
    {"look", (PyCFunction)(void (*)(void))Sieve_look, METH_FASTCALL, "Return which of the wanted clues a text holds."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject SieveType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "textmend._kernel.Sieve",
    .tp_doc = "One look at a text for all that any rule looks for.",
    .tp_basicsize = sizeof(Sieve),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Sieve_init,
    .tp_dealloc = (destructor)Sieve_dealloc,
    .tp_methods = Sieve_methods,
};
