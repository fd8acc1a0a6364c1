/* Reader: what a text was before UTF-8 was misread by a reader of one byte a sign, where all of it was.
 *
 * An optional copy of Reader.everywhere, lines, prove and undo_plain (misreadings/hops.py), which are what counts; both give the same
 * answers, and tests/misreadings/test_hops.py compares them.
 */
#include "_kernel.h"

typedef struct {
    PyObject_HEAD
    PyObject *describe; /* (first code point) -> for 256 characters, the byte that each was shown for, 0 if none */
    Py_UCS4 shown[128]; /* what each byte from 80 on is shown as, 0 if nothing */
    void *pages[PAGES];
} Reader;

static inline uint8_t
byte_of(const Reader *self, Py_UCS4 code)
{
    return ((const uint8_t *)self->pages[code / PAGE])[code % PAGE];
}

/* Whether no repair may bring a character in (hops.brings_worse); those of ASCII never come out of a sequence. */
static inline int
is_worse(Py_UCS4 code)
{
    return (code >= 0xFDD0 && code <= 0xFDEF) || (code >= 0xFFFD && code <= 0xFFFF);
}

/* Read a sequence of UTF-8, or a pair of surrogates of three bytes each; return its length, 0 if there is none. */
static int
sequence(const uint8_t *data, Py_ssize_t left, Py_UCS4 *code)
{
    uint8_t lead = data[0];
    int length = lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    if (!length || left < length)
        return 0;
    Py_UCS4 made = lead & (0xFF >> (length + 1));
    for (int i = 1; i < length; i++) {
        if ((data[i] & 0xC0) != 0x80)
            return 0;
        made = made << 6 | (data[i] & 0x3F);
    }
    if ((length == 3 && made < 0x800) || (length == 4 && (made < 0x10000 || made > 0x10FFFF)))
        return 0;
    if (made >= 0xD800 && made < 0xE000) {
        if (made >= 0xDC00 || left < 6 || data[3] != 0xED || (data[4] & 0xF0) != 0xB0 || (data[5] & 0xC0) != 0x80)
            return 0;
        made = 0x10000 + ((made - 0xD800) << 10) + ((Py_UCS4)(data[4] & 0x0F) << 6 | (data[5] & 0x3F));
        length = 6;
    }
    *code = made;
    return length;
}

/* Undo a run; return the characters that came out of it, -1 where it is not all UTF-8. */
static Py_ssize_t
undo_run(const uint8_t *data, Py_ssize_t size, Py_UCS4 *into)
{
    Py_ssize_t count = 0;
    for (Py_ssize_t at = 0; at < size;) {
        Py_UCS4 code;
        int length = sequence(data + at, size - at, &code);
        if (!length || is_worse(code))
            return -1;
        into[count++] = code;
        at += length;
    }
    return count;
}

/* Make sure that the bytes of all characters of a part of a text are there. */
static int
have_bytes(Reader *self, int kind, const void *data, Py_ssize_t start, Py_ssize_t stop)
{
    for (Py_ssize_t i = start; i < stop; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        if (!is_kept(code) && have_page(self->describe, self->pages, code, 1) < 0)
            return -1;
    }
    return 0;
}

/* Undo every run of a text; return 1, with the characters and the places, 0 where one is not all UTF-8 or none is
 * there, -1 for an exception. What was allocated is freed by forget(). */
int
undo_text(PyObject *reader, int kind, const void *data, Py_ssize_t length, Undone *undone)
{
    Reader *self = (Reader *)reader;
    memset(undone, 0, sizeof(*undone));
    if (have_bytes(self, kind, data, 0, length) < 0)
        return -1;
    undone->made = PyMem_Malloc((length + 1) * sizeof(Py_UCS4));
    uint8_t *bytes = PyMem_Malloc(length + 1);
    int answer = undone->made == NULL || bytes == NULL ? -1 : 1;
    if (answer < 0)
        PyErr_NoMemory();
    Py_ssize_t count = 0, room = 0;
    for (Py_ssize_t i = 0; answer > 0 && i < length;) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        if (is_kept(code)) {
            undone->made[count++] = code;
            i++;
            continue;
        }
        Py_ssize_t start = i, size = 0, came = 0;
        for (; came == 0 && i < length && !is_kept(code = PyUnicode_READ(kind, data, i)); i++)
            if ((bytes[size++] = byte_of(self, code)) == 0)
                came = -1;
        if (came == 0)
            came = undo_run(bytes, size, undone->made + count);
        if (came < 0) {
            answer = 0;
            break;
        }
        if (undone->several == room) {
            room = room ? 2 * room : 32;
            Place *more = PyMem_Realloc(undone->places, room * sizeof(Place));
            if (more == NULL) {
                PyErr_NoMemory();
                answer = -1;
                break;
            }
            undone->places = more;
        }
        undone->places[undone->several++] = (Place){start, i, count, count + came};
        count += came;
    }
    PyMem_Free(bytes);
    undone->count = count;
    return answer > 0 && !undone->several ? 0 : answer;
}

void
forget(Undone *undone)
{
    PyMem_Free(undone->made);
    PyMem_Free(undone->places);
    undone->made = NULL;
    undone->places = NULL;
}

/* Return (start, before, after) of the places of a text that was undone. */
static PyObject *
places_of(PyObject *text, const Undone *undone)
{
    PyObject *places = PyList_New(undone->several);
    for (Py_ssize_t p = 0; places != NULL && p < undone->several; p++) {
        const Place *at = &undone->places[p];
        PyObject *before = PyUnicode_Substring(text, at->start, at->end);
        PyObject *after =
            PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, undone->made + at->first, at->last - at->first);
        PyObject *place = before && after ? Py_BuildValue("nOO", at->start, before, after) : NULL;
        Py_XDECREF(before);
        Py_XDECREF(after);
        if (place == NULL)
            Py_CLEAR(places);
        else
            PyList_SET_ITEM(places, p, place);
    }
    return places;
}

static PyObject *
Reader_everywhere(Reader *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "everywhere() takes a str");
        return NULL;
    }
    Undone undone;
    int there =
        undo_text((PyObject *)self, PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), &undone);
    PyObject *places = there > 0 ? places_of(text, &undone) : NULL;
    PyObject *whole =
        places == NULL ? NULL : PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, undone.made, undone.count);
    forget(&undone);
    if (whole == NULL) {
        Py_XDECREF(places);
        if (there == 0)
            Py_RETURN_NONE;
        return NULL;
    }
    return Py_BuildValue("NN", whole, places);
}

/* Whether what came out of a text, written in UTF-8, is shown as the text. */
static int
is_shown(const Reader *self, int kind, const void *data, Py_ssize_t length, const Undone *undone)
{
    Py_ssize_t at = 0;
    for (Py_ssize_t i = 0; i < undone->count; i++) {
        Py_UCS4 code = undone->made[i];
        uint8_t bytes[4] = {(uint8_t)code};
        int size = 1;
        if (code >= 0xD800 && code < 0xE000)
            return 0;
        if (code >= 0x80) {
            size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
            for (int k = size - 1; k > 0; k--, code >>= 6)
                bytes[k] = 0x80 | (code & 0x3F);
            bytes[0] = (uint8_t)(0xF00 >> size) | (uint8_t)code;
        }
        for (int k = 0; k < size; k++, at++) {
            Py_UCS4 sign = bytes[k] < 0x80 ? bytes[k] : self->shown[bytes[k] - 0x80];
            if (at >= length || PyUnicode_READ(kind, data, at) != sign)
                return 0;
        }
    }
    return at == length;
}

static PyObject *
Reader_proved(Reader *self, PyObject *args)
{
    PyObject *text, *candidate;
    if (!PyArg_ParseTuple(args, "UU", &text, &candidate))
        return NULL;
    int kind = PyUnicode_KIND(text), other = PyUnicode_KIND(candidate);
    const void *data = PyUnicode_DATA(text), *wanted = PyUnicode_DATA(candidate);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    Undone undone;
    int there = undo_text((PyObject *)self, kind, data, length, &undone);
    if (there > 0 && undone.count != PyUnicode_GET_LENGTH(candidate))
        there = 0;
    for (Py_ssize_t i = 0; there > 0 && i < undone.count; i++)
        there = undone.made[i] == PyUnicode_READ(other, wanted, i);
    if (there > 0)
        there = is_shown(self, kind, data, length, &undone);
    PyObject *places = there > 0 ? places_of(text, &undone) : NULL;
    forget(&undone);
    if (there == 0)
        Py_RETURN_NONE;
    return places;
}

/* Whether no repair may bring a character beyond ASCII in (hops.BAD). */
static inline int
is_bad(Py_UCS4 code)
{
    return (code >= 0x80 && code < 0xA0) || (code >= 0xD800 && code < 0xF900) || is_worse(code);
}

static PyObject *
Reader_plain(Reader *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "plain() takes a str");
        return NULL;
    }
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    Undone undone;
    int there = undo_text((PyObject *)self, kind, data, length, &undone);
    for (Py_ssize_t i = 0; there > 0 && i < undone.count; i++)
        there = !is_bad(undone.made[i]);
    if (there > 0)
        there = is_shown(self, kind, data, length, &undone);
    PyObject *whole =
        there > 0 ? PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, undone.made, undone.count) : NULL;
    forget(&undone);
    if (there == 0)
        Py_RETURN_NONE;
    return whole;
}

/* Whether a part of a text holds a sequence of UTF-8 as a reader of one byte a sign shows it. */
static int
has_sequence(Reader *self, int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    int wanted = 0; /* continuation bytes still to come */
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        uint8_t byte = is_kept(code) ? 0 : byte_of(self, code);
        if ((byte & 0xC0) == 0x80) {
            if (wanted && --wanted == 0)
                return 1;
        }
        else
            wanted = byte < 0xC2 || byte > 0xF4 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    }
    return 0;
}

static PyObject *
Reader_lines(Reader *self, PyObject *args)
{
    PyObject *text;
    Py_ssize_t start, stop;
    int longest, unbroken;
    if (!PyArg_ParseTuple(args, "Unnii", &text, &start, &stop, &longest, &unbroken))
        return NULL;
    if (start < 0 || stop > PyUnicode_GET_LENGTH(text)) {
        PyErr_SetString(PyExc_ValueError, "lines() takes places in the text");
        return NULL;
    }
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    if (have_bytes(self, kind, data, start, stop) < 0)
        return NULL;
    PyObject *found = PyList_New(0);
    while (found != NULL && start < stop) {
        Py_ssize_t end = line_end(kind, data, start, stop), far;
        int cut = end - start > longest;
        for (; found != NULL && start < end; start = far) {
            far = cut ? piece_end(kind, data, start, end, longest, unbroken) : end;
            if (!has_sequence(self, kind, data, start, far))
                continue;
            PyObject *line = PyUnicode_Substring(text, start, far);
            PyObject *one = line == NULL ? NULL : Py_BuildValue("nN", start, line);
            if (one == NULL || PyList_Append(found, one) < 0)
                Py_CLEAR(found);
            Py_XDECREF(one);
        }
        start = end + 1;
    }
    return found;
}

static int
Reader_init(Reader *self, PyObject *args, PyObject *kwds)
{
    PyObject *describe, *shown;
    if (!may_set_up((PyObject *)self, kwds, self->describe))
        return -1;
    if (!PyArg_ParseTuple(args, "OO!", &describe, &PyList_Type, &shown))
        return -1;
    for (Py_ssize_t i = 0x80; i < PyList_GET_SIZE(shown) && i < 256; i++) {
        PyObject *sign = PyList_GET_ITEM(shown, i);
        if (!PyUnicode_Check(sign)) {
            PyErr_SetString(PyExc_TypeError, "a byte is shown as a str");
            return -1;
        }
        self->shown[i - 0x80] = PyUnicode_GET_LENGTH(sign) == 1 ? PyUnicode_READ_CHAR(sign, 0) : 0;
    }
    Py_INCREF(describe);
    self->describe = describe;
    return 0;
}

static void
Reader_dealloc(Reader *self)
{
    free_pages(self->pages);
    Py_XDECREF(self->describe);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Reader_methods[] = {
    {"everywhere", (PyCFunction)Reader_everywhere, METH_O, "Return a text undone and its places; None if some is not UTF-8."},
    {"proved", (PyCFunction)Reader_proved, METH_VARARGS, "Return the places of a text if undoing them gives another, which is shown as it."},
    {"plain", (PyCFunction)Reader_plain, METH_O, "Return a text undone, without controls, if it is shown as the text; else None."},
    {"lines", (PyCFunction)Reader_lines, METH_VARARGS, "Return the lines that may hold UTF-8, each with its start."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject ReaderType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "textmend._kernel.Reader",
    .tp_doc = "What one reader shows, back to UTF-8.",
    .tp_basicsize = sizeof(Reader),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Reader_init,
    .tp_dealloc = (destructor)Reader_dealloc,
    .tp_methods = Reader_methods,
};
