/* Windows: which legacy originals the evidence for what stands around a clue can be enough for, by a bound of it.
 *
 * The Teller's, for misreadings/hopeless.py: what it leaves out the search finds wanting as well, and
 * tests/misreadings/test_hopeless.py compares them.
 */
#include "_teller.h"

#define MOST_WINDOW 320 /* a line may be one */
#define MOST_LEAF (4 * MOST_WINDOW)
#define MOST_LEAVES 256
#define KEPT_SIGNS 4096
#define NOBODY -1 /* no reader; a lower number is one of several bytes a sign */

/* A window and what is compared with it. */
typedef struct {
    Py_UCS4 signs[MOST_WINDOW];
    Py_ssize_t length;
    Py_UCS4 words[2 * MOST_WINDOW]; /* as evidence weighs them, twice: the second time with spaces for no-break spaces */
    Py_ssize_t weighed, several;    /* signs and tokens of one of them */
    Token tokens[MOST_WINDOW + 1];
    struct {
        const Py_UCS4 *signs;
        Py_ssize_t length;
        double bits; /* more the evidence cannot say */
    } leaves[MOST_LEAVES];
    int count;
    Py_UCS4 kept[KEPT_SIGNS];
    Py_ssize_t used;
    double least, over, figure, told, native; /* what a candidate must gain, over its price too; what evidence may add */
    Py_ssize_t telling;                       /* tokens beside a change for which it asks its language */
    PyObject *found;
} Window;

static int
same_signs(const Py_UCS4 *one, Py_ssize_t length, const Py_UCS4 *other, Py_ssize_t size)
{
    return length == size && !memcmp(one, other, length * sizeof(Py_UCS4));
}

/* Fill in what the evidence for a candidate cannot exceed (evidence.bits), -1 for an exception. */
static int
bound(Teller *self, Window *window, const Text *candidate, double *bits)
{
    const Py_UCS4 *signs = candidate->data, *words = window->words, *plain = words + window->weighed;
    const Text text = {PyUnicode_4BYTE_KIND, words, 2 * window->weighed};
    Token tokens[MOST_WINDOW + 1], beside[MOST_WINDOW + 1], before[MOST_WINDOW + 1], after[MOST_WINDOW + 1];
    Py_ssize_t same = 0, changed = 0, start = 0, count = 0;
    *bits = 1e9;
    int special = is_special(self->verifier, candidate, 0);
    if (special || know_signs(self->model, candidate) < 0)
        return special < 0 || PyErr_Occurred() ? -1 : 0; /* it depends on how it is normalized */
    int figure = 0;
    for (Py_ssize_t i = 0; i <= candidate->length; i++) {
        Py_UCS4 code = i < candidate->length ? signs[i] : ' ';
        figure |= code == 0x20AC || code == 0xA3 || code == 0xB0;
        if (code == ' ') {
            if (count == window->several)
                return 0; /* spaces changed too */
            tokens[count++] = (Token){start, i};
            start = i + 1;
        }
    }
    if (count != window->several)
        return 0;
    for (Py_ssize_t t = 0; t < count; t++) {
        const Token old = window->tokens[t], new = tokens[t];
        if (same_signs(words + old.start, old.end - old.start, signs + new.start, new.end - new.start)) {
            beside[same++] = old;
            continue;
        }
        int known = 0;
        for (Py_ssize_t c = 0; !known && c < changed; c++)
            known = same_signs(words + before[c].start, before[c].end - before[c].start, plain + old.start,
                               old.end - old.start) &&
                    same_signs(signs + after[c].start, after[c].end - after[c].start, signs + new.start, new.end - new.start);
        if (!known) {
            before[changed] = (Token){old.start + window->weighed, old.end + window->weighed};
            after[changed++] = new;
        }
    }
    int64_t gain;
    if (tokens_gain(self->model, &text, beside, same, candidate, before, after, changed, &gain) < 0)
        return -1;
    *bits = (double)gain / self->units + (figure ? window->figure : 0.0);
    if (*bits > 0)
        *bits += window->told + (same >= window->telling ? window->native : 0.0);
    return 0;
}

/* Keep a candidate if the evidence for it may be enough: 0, -1 for an exception. */
static int
weigh(Teller *self, Window *window, const Py_UCS4 *signs, Py_ssize_t length, double price)
{
    if (same_signs(signs, length, window->signs, window->length))
        return 0;
    int at = 0;
    while (at < window->count && !same_signs(signs, length, window->leaves[at].signs, window->leaves[at].length))
        at++;
    double bits = at < window->count ? window->leaves[at].bits : -1e9;
    if (at == window->count) {
        const Text text = {PyUnicode_4BYTE_KIND, window->signs, window->length};
        const Text candidate = {PyUnicode_4BYTE_KIND, signs, length};
        int bad = holds_bad(self->verifier, &text, &candidate);
        if (bad < 0 || (!bad && bound(self, window, &candidate, &bits) < 0))
            return -1;
        if (at < MOST_LEAVES && window->used + length <= KEPT_SIGNS) {
            Py_UCS4 *kept = window->kept + window->used;
            memcpy(kept, signs, length * sizeof(Py_UCS4));
            window->used += length;
            window->leaves[at].signs = kept;
            window->leaves[at].length = length;
            window->leaves[at].bits = bits;
            window->count++;
        }
    }
    if (bits <= window->least || bits - price <= window->over)
        return 0;
    PyObject *decoded = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, signs, length);
    PyObject *one = decoded == NULL ? NULL : Py_BuildValue("Nd", decoded, price);
    int good = one == NULL ? -1 : PyList_Append(window->found, one);
    Py_XDECREF(one);
    return good;
}

/* Whether bytes may be UTF-8 throughout, or Java's. */
static int
seems_utf8(const uint8_t *bytes, Py_ssize_t length)
{
    int left = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        int tail = bytes[i] >= 0x80 && bytes[i] < 0xC0;
        if (tail != (left > 0))
            return 0;
        left = tail ? left - 1 : bytes[i] < 0x80 ? 0 : bytes[i] < 0xE0 ? 1 : bytes[i] < 0xF0 ? 2 : 3;
    }
    return left == 0;
}

/* Weigh what a view of a window is in the likeliest single-byte writers and in those of several bytes a sign. The readers
 * are numbers. */
static int
weigh_view(Teller *self, Window *window, PyObject *data, int reader, int next, double price, uint64_t most)
{
    const uint8_t *bytes = (const uint8_t *)PyBytes_AS_STRING(data);
    const Py_ssize_t length = PyBytes_GET_SIZE(data);
    const Text text = {PyUnicode_4BYTE_KIND, window->signs, window->length};
    Py_UCS4 signs[MOST_LEAF];
    int writers[MOST_WRITERS];
    Py_ssize_t several = likeliest_writers(self->ranker, bytes, length, self->mixed, most, writers);
    if (several < 0)
        return -1;
    for (Py_ssize_t k = 0; k < several; k++) {
        int read = reader >= 0 && as_writer(self->ranker, reader) == writers[k] ? next : reader, there;
        if (read == NOBODY)
            continue;
        there = read >= 0 ? undone_by(self->ranker, writers[k], read, &text, signs)
                          : decoded_by(self->ranker, writers[k], bytes, length, signs);
        if (there && weigh(self, window, signs, read >= 0 ? text.length : length, price + self->prices[writers[k]]) < 0)
            return -1;
    }
    for (int number = 0; number < self->several; number++) {
        Py_ssize_t size = decode(self, number, bytes, length, signs);
        if (size == -3)
            return -1;
        PyObject *decoded = NULL;
        if (size == -2) {
            decoded = PyObject_CallFunction(self->decode, "OO", data, PyTuple_GET_ITEM(self->multi, number));
            if (decoded == NULL)
                return -1;
            size = PyUnicode_Check(decoded) ? PyUnicode_GET_LENGTH(decoded) : -1;
            if (size > MOST_LEAF || (size >= 0 && PyUnicode_AsUCS4(decoded, signs, MOST_LEAF, 0) == NULL))
                size = -1;
            Py_DECREF(decoded);
        }
        if (size >= 0 && weigh(self, window, signs, size, price + self->multi_prices[number]) < 0)
            return -1;
    }
    return 0;
}

/* Weigh the originals of one byte a sign that may be beyond doubt at once (outright.outright). */
static int
weigh_rivals(Teller *self, Window *window)
{
    const Text text = {PyUnicode_4BYTE_KIND, window->signs, window->length};
    Py_UCS4 signs[MOST_WINDOW];
    Pair *pairs = NULL;
    int outside = 0, answer = 0;
    Py_ssize_t several = likeliest_pairs(self, text, 0, &pairs, &outside);
    if (several < 0)
        return -1;
    for (Py_ssize_t k = 0; answer == 0 && k < several && k < self->looked; k++) {
        const Rival rival = pairs[k].rival;
        if (pairs[k].rank > pairs[0].rank + self->far)
            break;
        if (undone_by(self->ranker, rival.writer, rival.reader, &text, signs))
            answer = weigh(self, window, signs, text.length,
                           self->prices[rival.writer] + self->reader_prices[rival.reader]);
    }
    PyMem_Free(pairs);
    return answer;
}

/* Return (candidate, least price) of the legacy originals of a window for which the evidence may be enough; None where one
 * may be UTF-8, or the window is too long.
 * weighed: the window as the evidence weighs it. For the others of legacy.legacy and outright.outright it is not enough. */
PyObject *
promising(Teller *self, PyObject *args)
{
    PyObject *whole, *weighed, *views;
    unsigned long long most;
    Window window;
    if (!PyArg_ParseTuple(args, "UUO!K(dddddn)", &whole, &weighed, &PyList_Type, &views, &most, &window.least, &window.over,
                          &window.figure, &window.told, &window.native, &window.telling))
        return NULL;
    window.length = PyUnicode_GET_LENGTH(whole);
    window.weighed = PyUnicode_GET_LENGTH(weighed);
    if (window.length > MOST_WINDOW || window.weighed > MOST_WINDOW)
        Py_RETURN_NONE; /* normalizing may make it longer */
    if (PyUnicode_AsUCS4(whole, window.signs, MOST_WINDOW, 0) == NULL ||
        PyUnicode_AsUCS4(weighed, window.words, MOST_WINDOW, 0) == NULL)
        return NULL;
    Py_ssize_t foreign = 0;
    for (Py_ssize_t i = 0; i < window.length; i++)
        foreign += window.signs[i] >= 0x80;
    window.several = window.used = window.count = 0;
    for (Py_ssize_t i = 0, start = 0; i <= window.weighed; i++) {
        Py_UCS4 code = i < window.weighed ? window.words[i] : ' ';
        if (i < window.weighed)
            window.words[window.weighed + i] = code == 0xA0 ? ' ' : code;
        if (code == ' ') {
            window.tokens[window.several++] = (Token){start, i};
            start = i + 1;
        }
    }
    const Text text = {PyUnicode_4BYTE_KIND, window.words, 2 * window.weighed};
    window.found = PyList_New(0);
    int answer = window.found == NULL ? -1 : know_signs(self->model, &text);
    for (Py_ssize_t v = 0; answer == 0 && v < PyList_GET_SIZE(views); v++) {
        PyObject *data;
        int reader, next;
        double price;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(views, v), "Siid", &data, &reader, &next, &price))
            answer = -1;
        else if (reader >= PyTuple_GET_SIZE(self->readers) || next >= PyTuple_GET_SIZE(self->readers)) {
            PyErr_SetString(PyExc_ValueError, "no such reader");
            answer = -1;
        }
        else if (PyBytes_GET_SIZE(data) > MOST_LEAF)
            answer = 1;
        else if (seems_utf8((const uint8_t *)PyBytes_AS_STRING(data), PyBytes_GET_SIZE(data)))
            answer = 1;
        else
            answer = weigh_view(self, &window, data, reader, next, price, most);
    }
    if (answer == 0 && foreign >= self->least)
        answer = weigh_rivals(self, &window);
    if (answer)
        Py_CLEAR(window.found);
    if (answer > 0)
        Py_RETURN_NONE;
    return window.found;
}
