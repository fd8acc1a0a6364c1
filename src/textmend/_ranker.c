/* Ranker: which single-byte writers make the likeliest letters of some bytes.
 *
 * An optional copy of Ranking._ranked, _beaten_by and _rivals_of (misreadings/ranking.py), which are what
 * counts; both give the same answers, and tests/misreadings/test_ranking.py compares them.
 */
#include "_kernel.h"

#define ONE_CAPITAL (1 << 24) /* capitals are counted above the costs */
#define MOST_PAGES 256 /* readers of one byte a sign show none beyond U+FFFF */

typedef struct {
    uint32_t sign, byte;
} SignByte;

/* The bytes of the signs of a reader, 0 where it has none. */
typedef struct {
    Py_ssize_t writer;
    uint8_t *pages[MOST_PAGES];
} Back;

typedef struct {
    PyObject_HEAD
    Back *readers;
    Py_ssize_t several;
    PyObject *names, *describe; /* (byte) -> what it costs in each writer */
    Py_ssize_t writers;
    uint32_t *images; /* by writer and byte, 0 where it has none */
    uint8_t *scripts; /* by writer, 0 Latin */
    uint32_t *costs[256];
    int most[2]; /* writers named: Latin ones, those of each other script */
    int capital, few, most_signs;
} Ranker;

typedef struct {
    uint64_t cost;
    Py_ssize_t writer;
} Ranked;

static int
by_cost(const void *a, const void *b)
{
    const Ranked *one = a, *other = b;
    if (one->cost != other->cost)
        return one->cost < other->cost ? -1 : 1;
    return one->writer < other->writer ? -1 : one->writer > other->writer;
}

static int
have_costs(Ranker *self, uint8_t value)
{
    if (self->costs[value] != NULL)
        return 0;
    PyObject *raw = PyObject_CallFunction(self->describe, "i", (int)value);
    if (raw == NULL)
        return -1;
    size_t size = (size_t)self->writers * sizeof(uint32_t);
    if (!PyBytes_Check(raw) || (size_t)PyBytes_GET_SIZE(raw) != size) {
        Py_DECREF(raw);
        PyErr_SetString(PyExc_ValueError, "the costs of a byte have the wrong size");
        return -1;
    }
    uint32_t *costs = PyMem_Malloc(size + 1);
    if (costs == NULL) {
        Py_DECREF(raw);
        PyErr_NoMemory();
        return -1;
    }
    memcpy(costs, PyBytes_AS_STRING(raw), size);
    Py_DECREF(raw);
    if (self->costs[value] != NULL)
        PyMem_Free(costs); /* another thread was faster */
    else
        self->costs[value] = costs;
    return 0;
}

/* Fill in what bytes cost in each writer; return how many bytes are distinct. small: how many are behind small letters. */
static int
cost_of_bytes(Ranker *self, const uint8_t *high, Py_ssize_t length, uint64_t mixed, Py_ssize_t small, uint8_t *distinct,
              Ranked *best)
{
    uint32_t counts[256] = {0};
    int several = 0;
    for (Py_ssize_t i = 0; i < length; i++)
        if (!counts[high[i]]++)
            distinct[several++] = high[i];
    for (Py_ssize_t w = 0; w < self->writers; w++) {
        best[w].cost = 0;
        best[w].writer = w;
    }
    for (int d = 0; d < several; d++) {
        const uint32_t *costs = self->costs[distinct[d]];
        uint32_t count = counts[distinct[d]];
        for (Py_ssize_t w = 0; w < self->writers; w++)
            best[w].cost += (uint64_t)costs[w] * count;
    }
    for (Py_ssize_t w = 0; w < self->writers; w++) {
        uint64_t capitals = best[w].cost / ONE_CAPITAL, most = length - capitals + self->few + small;
        best[w].cost = best[w].cost % ONE_CAPITAL + self->capital * (capitals < most ? capitals : most);
        best[w].cost += self->scripts[w] ? mixed : 0;
    }
    return several;
}

/* Fill in the best writers, in order; return how many. */
static Py_ssize_t
rank_into(Ranker *self, const uint8_t *high, Py_ssize_t length, uint64_t mixed, Py_ssize_t small, Ranked *best)
{
    uint8_t distinct[256];
    int several = cost_of_bytes(self, high, length, mixed, small, distinct, best);
    qsort(best, self->writers, sizeof(Ranked), by_cost);
    int kept[256] = {0};
    Py_ssize_t named = 0;
    for (Py_ssize_t at = 0; at < self->writers; at++) {
        Ranked one = best[at];
        int script = self->scripts[one.writer];
        if (kept[script] == self->most[script > 0])
            continue;
        const uint32_t *image = self->images + one.writer * 256;
        int good = 1;
        for (int d = 0; good && d < several; d++)
            good = image[distinct[d]] != 0;
        for (Py_ssize_t k = 0; good && k < named; k++) { /* writers that agree are one */
            const uint32_t *other = self->images + best[k].writer * 256;
            int same = 1;
            for (int d = 0; same && d < several; d++)
                same = image[distinct[d]] == other[distinct[d]];
            good = !same;
        }
        if (good) {
            kept[script]++;
            best[named++] = one;
        }
    }
    return named;
}

static PyObject *
Ranker_rank(Ranker *self, PyObject *args)
{
    const char *high;
    Py_ssize_t length, small;
    unsigned long long mixed;
    if (!PyArg_ParseTuple(args, "y#Kn", &high, &length, &mixed, &small))
        return NULL;
    for (Py_ssize_t i = 0; i < length; i++)
        if (have_costs(self, (uint8_t)high[i]) < 0)
            return NULL;
    Ranked *best = PyMem_Malloc((self->writers + 1) * sizeof(Ranked));
    if (best == NULL)
        return PyErr_NoMemory();
    Py_ssize_t named = rank_into(self, (const uint8_t *)high, length, mixed, small, best);
    PyObject *answer = PyList_New(named);
    for (Py_ssize_t at = 0; answer != NULL && at < named; at++) {
        PyObject *one =
            Py_BuildValue("KO", (unsigned long long)best[at].cost, PyList_GET_ITEM(self->names, best[at].writer));
        if (one == NULL)
            Py_CLEAR(answer);
        else
            PyList_SET_ITEM(answer, at, one);
    }
    PyMem_Free(best);
    return answer;
}

#define MOST_RANKED 1024
#define MOST_WRITERS 128
#define MOST_NAMED 8

/* What a text is to the readers: its signs beyond ASCII, and what those inside words ask of other scripts. */
typedef struct {
    uint32_t signs[MOST_RANKED];
    uint8_t high[MOST_RANKED], distinct[256];
    Py_ssize_t count, small; /* small: how many are behind small letters of ASCII */
    int several;
    uint64_t inner;
} Signs;

static void
read_signs(Ranker *self, const Text *text, uint64_t mixed, Signs *signs)
{
    Py_ssize_t length = text->length;
    int kind = text->kind;
    const void *data = text->data;
    signs->count = signs->small = 0;
    signs->inner = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        if (code < 0x80)
            continue;
        if (signs->count < self->most_signs)
            signs->signs[signs->count++] = code;
        Py_UCS4 before = i ? PyUnicode_READ(kind, data, i - 1) : 0;
        Py_UCS4 after = i + 1 < length ? PyUnicode_READ(kind, data, i + 1) : 0;
        if ((before < 0x80 && (before | 0x20) - 'a' < 26) || (after < 0x80 && (after | 0x20) - 'a' < 26))
            signs->inner += mixed;
        signs->small += before - 'a' < 26;
    }
}

/* Fill in the bytes behind the signs: 0 if the reader does not show them all, -1 is an error. */
static int
bytes_behind(Ranker *self, const Back *back, Signs *signs)
{
    for (Py_ssize_t i = 0; i < signs->count; i++) {
        Py_UCS4 code = signs->signs[i];
        const uint8_t *page = code / PAGE < MOST_PAGES ? back->pages[code / PAGE] : NULL;
        if (page == NULL || !(signs->high[i] = page[code % PAGE]))
            return 0;
    }
    for (Py_ssize_t i = 0; i < signs->count; i++)
        if (have_costs(self, signs->high[i]) < 0)
            return -1;
    return 1;
}

/* The same, with what the bytes cost in each writer. */
static int
view(Ranker *self, const Back *back, Signs *signs, Ranked *best)
{
    int seen = bytes_behind(self, back, signs);
    if (seen > 0)
        signs->several = cost_of_bytes(self, signs->high, signs->count, signs->inner, signs->small, signs->distinct, best);
    return seen;
}

static int
has_all(const Ranker *self, Py_ssize_t writer, const Signs *signs)
{
    const uint32_t *image = self->images + writer * 256;
    for (int d = 0; d < signs->several; d++)
        if (!image[signs->distinct[d]])
            return 0;
    return 1;
}

static int
beaten(Ranker *self, Signs *signs, uint64_t cheaper, Ranked *best)
{
    for (Py_ssize_t r = 0; r < self->several; r++) {
        int seen = view(self, &self->readers[r], signs, best);
        if (seen < 0)
            return -1;
        for (Py_ssize_t w = 0; seen && w < self->writers; w++)
            if (best[w].cost + cheaper < best[self->readers[r].writer].cost && has_all(self, w, signs))
                return 1;
    }
    return 0;
}

/* The bytes that some readers have behind the same signs, and what they cost in each writer. */
typedef struct {
    uint8_t high[MOST_RANKED], has[MOST_WRITERS]; /* has: whether a writer has all of them */
    Ranked best[MOST_WRITERS];
} View;

#define MOST_VIEWS 6

static void
make_view(Ranker *self, Signs *signs, View *seen)
{
    memcpy(seen->high, signs->high, signs->count);
    signs->several = cost_of_bytes(self, signs->high, signs->count, signs->inner, signs->small, signs->distinct, seen->best);
    for (Py_ssize_t w = 0; w < self->writers; w++)
        seen->has[w] = (uint8_t)has_all(self, w, signs);
}

/* Add the likeliest writers of each script but the reader itself, those that agree counted once. */
static Py_ssize_t
add_rivals(const Ranker *self, const View *seen, Py_ssize_t reader, int most, Rival *found)
{
    Py_ssize_t own = self->readers[reader].writer, count = 0;
    uint64_t cheapest[256][MOST_NAMED]; /* by script, the lowest different costs */
    uint8_t named[256] = {0};
    for (Py_ssize_t w = 0; w < self->writers; w++) {
        int script = self->scripts[w], at = named[script];
        uint64_t cost = seen->best[w].cost, *costs = cheapest[script];
        if (w == own || !seen->has[w] || (at == most && cost >= costs[most - 1]))
            continue;
        while (at > 0 && costs[at - 1] >= cost)
            at--;
        if (at < named[script] && costs[at] == cost)
            continue;
        named[script] += named[script] < most;
        for (int k = named[script] - 1; k > at; k--)
            costs[k] = costs[k - 1];
        costs[at] = cost;
    }
    for (Py_ssize_t w = 0; w < self->writers; w++) {
        int script = self->scripts[w];
        if (w == own || !seen->has[w] || !named[script] || seen->best[w].cost > cheapest[script][named[script] - 1])
            continue;
        Py_ssize_t at = count++;
        for (; at > 0 && found[at - 1].cost > seen->best[w].cost; at--)
            found[at] = found[at - 1];
        found[at] = (Rival){seen->best[w].cost, (int)w, (int)reader};
    }
    return count;
}

/* Find what a text may have been (Ranking._rivals_of); return how many, -1 for an exception. found: to be freed. */
Py_ssize_t
find_rivals(PyObject *ranker, const Text *text, uint64_t mixed, int most, Rival **found)
{
    Ranker *self = (Ranker *)ranker;
    Signs signs;
    View *views = PyMem_Malloc(MOST_VIEWS * sizeof(View));
    *found = PyMem_Malloc((self->several * self->writers + 1) * sizeof(Rival));
    if (views == NULL || *found == NULL) {
        PyMem_Free(views);
        PyErr_NoMemory();
        return -1;
    }
    read_signs(self, text, mixed, &signs);
    Py_ssize_t count = 0;
    int known = 0;
    for (Py_ssize_t r = 0; r < self->several; r++) {
        int seen = bytes_behind(self, &self->readers[r], &signs), at = 0;
        if (seen < 0) {
            PyMem_Free(views);
            return -1;
        }
        if (!seen)
            continue;
        while (at < known && memcmp(views[at].high, signs.high, signs.count))
            at++;
        if (at == known) {
            at = known < MOST_VIEWS ? known++ : known - 1;
            make_view(self, &signs, &views[at]);
        }
        count += add_rivals(self, &views[at], r, most, *found + count);
    }
    PyMem_Free(views);
    return count;
}

/* Return the byte that a reader shows as a sign beyond ASCII, 0 for none. */
static uint8_t
byte_shown(const Back *back, Py_UCS4 code)
{
    const uint8_t *page = code / PAGE < MOST_PAGES ? back->pages[code / PAGE] : NULL;
    return page == NULL ? 0 : page[code % PAGE];
}

/* Write the bytes that a reader showed as a text; return whether it shows all of it. */
int
bytes_shown(PyObject *ranker, int reader, const Text *text, uint8_t *into)
{
    const Back *back = &((Ranker *)ranker)->readers[reader];
    for (Py_ssize_t i = 0; i < text->length; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        into[i] = code < 0x80 ? (uint8_t)code : byte_shown(back, code);
        if (code >= 0x80 && !into[i])
            return 0;
    }
    return 1;
}

/* Return where a text begins not to be what two readers show for the same byte, -1 if all of it is. */
Py_ssize_t
shown_apart(PyObject *ranker, int one, int other, const Text *text)
{
    const Back *first = &((Ranker *)ranker)->readers[one], *second = &((Ranker *)ranker)->readers[other];
    for (Py_ssize_t i = 0; i < text->length; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        if (code < 0x80)
            continue;
        uint8_t byte = byte_shown(first, code);
        if (!byte || byte != byte_shown(second, code))
            return i;
    }
    return -1;
}

/* Write what a text was if a writer wrote it and a reader showed it so; return whether it can have, and was another. */
int
translated(PyObject *ranker, int writer, int reader, const Text *text, Py_UCS4 *into)
{
    const Ranker *self = (const Ranker *)ranker;
    const Back *back = &self->readers[reader];
    const uint32_t *image = self->images + (Py_ssize_t)writer * 256;
    int other = 0;
    for (Py_ssize_t i = 0; i < text->length; i++) {
        Py_UCS4 code = into[i] = PyUnicode_READ(text->kind, text->data, i);
        if (code < 0x80)
            continue;
        uint8_t byte = byte_shown(back, code);
        if (byte < 0x80 || !image[byte])
            return 0;
        into[i] = image[byte];
        other |= into[i] != code;
    }
    return other;
}

/* Fill in the numbers of the writers that make the likeliest letters of some bytes (Ranking.best), no dearer than so much;
 * return how many, -1 for an exception. inner: what a sign of another script beside a letter of ASCII asks. */
Py_ssize_t
likeliest_writers(PyObject *ranker, const uint8_t *bytes, Py_ssize_t length, uint64_t inner, uint64_t most, int *writers)
{
    Ranker *self = (Ranker *)ranker;
    uint8_t high[MOST_RANKED];
    Ranked best[MOST_WRITERS];
    Py_ssize_t count = 0, small = 0, named;
    uint64_t mixed = 0;
    for (Py_ssize_t i = 0; i < length && i < 2 * self->most_signs; i++) {
        if (bytes[i] < 0x80)
            continue;
        mixed += (i && (bytes[i - 1] | 0x20) - 'a' + 0u < 26) || (i + 1 < length && (bytes[i + 1] | 0x20) - 'a' + 0u < 26) ? inner : 0;
        small += i && bytes[i - 1] - 'a' + 0u < 26;
        if (count < self->most_signs)
            high[count++] = bytes[i];
        if (have_costs(self, bytes[i]) < 0)
            return -1;
    }
    named = rank_into(self, high, count, mixed, small, best);
    for (count = 0; count < named && best[count].cost <= most; count++)
        writers[count] = (int)best[count].writer;
    return count;
}

/* Write what bytes are in a single-byte writer; return whether it has all of them. */
int
decoded_by(PyObject *ranker, int writer, const uint8_t *bytes, Py_ssize_t length, Py_UCS4 *into)
{
    const uint32_t *image = ((const Ranker *)ranker)->images + (Py_ssize_t)writer * 256;
    for (Py_ssize_t i = 0; i < length; i++) {
        into[i] = image[bytes[i]];
        if (!into[i])
            return 0;
    }
    return 1;
}

/* Write what hops.undo_legacy makes of a text: what a reader does not show beyond ASCII stays; return whether the writer
 * has all the bytes. */
int
undone_by(PyObject *ranker, int writer, int reader, const Text *text, Py_UCS4 *into)
{
    const Ranker *self = (const Ranker *)ranker;
    const Back *back = &self->readers[reader];
    const uint32_t *image = self->images + (Py_ssize_t)writer * 256;
    for (Py_ssize_t i = 0; i < text->length; i++) {
        Py_UCS4 code = into[i] = PyUnicode_READ(text->kind, text->data, i);
        const uint8_t *page = code >= 0x80 && code / PAGE < MOST_PAGES ? back->pages[code / PAGE] : NULL;
        uint8_t byte = page == NULL ? 0 : page[code % PAGE];
        if (byte < 0x80)
            continue;
        into[i] = image[byte];
        if (!into[i])
            return 0;
    }
    return 1;
}

/* The number of a reader among the writers. */
int
as_writer(PyObject *ranker, int reader)
{
    return (int)((const Ranker *)ranker)->readers[reader].writer;
}

/* Whether a ranker has so many writers and readers. */
int
same_tables(PyObject *ranker, Py_ssize_t writers, Py_ssize_t readers)
{
    return ((Ranker *)ranker)->writers == writers && ((Ranker *)ranker)->several == readers;
}

static PyObject *
Ranker_rivals(Ranker *self, PyObject *args)
{
    PyObject *text;
    unsigned long long mixed;
    int most;
    if (!PyArg_ParseTuple(args, "UKi", &text, &mixed, &most))
        return NULL;
    if (most < 1 || most > MOST_NAMED) {
        PyErr_SetString(PyExc_ValueError, "too many writers of a script are asked for");
        return NULL;
    }
    const Text signs = {PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)};
    Rival *found = NULL;
    Py_ssize_t count = find_rivals((PyObject *)self, &signs, mixed, most, &found);
    PyObject *answer = count < 0 ? NULL : PyList_New(count);
    for (Py_ssize_t k = 0; answer != NULL && k < count; k++) {
        PyObject *one = Py_BuildValue("KOO", (unsigned long long)found[k].cost, PyList_GET_ITEM(self->names, found[k].writer),
                                      PyList_GET_ITEM(self->names, self->readers[found[k].reader].writer));
        if (one == NULL)
            Py_CLEAR(answer);
        else
            PyList_SET_ITEM(answer, k, one);
    }
    PyMem_Free(found);
    return answer;
}

static PyObject *
Ranker_outranked(Ranker *self, PyObject *args)
{
    PyObject *text;
    unsigned long long cheaper, mixed;
    if (!PyArg_ParseTuple(args, "UKK", &text, &cheaper, &mixed))
        return NULL;
    Ranked *best = PyMem_Malloc((self->writers + 1) * sizeof(Ranked));
    if (best == NULL)
        return PyErr_NoMemory();
    const Text whole = {PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)};
    Signs signs;
    read_signs(self, &whole, mixed, &signs);
    int answer = beaten(self, &signs, cheaper, best);
    PyMem_Free(best);
    return answer < 0 ? NULL : PyBool_FromLong(answer);
}

static int
read_readers(Ranker *self, PyObject *readers)
{
    Py_ssize_t several = PyList_GET_SIZE(readers);
    self->readers = PyMem_Calloc(several + 1, sizeof(Back));
    if (self->readers == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->several = several;
    for (Py_ssize_t r = 0; r < several; r++) {
        Back *back = &self->readers[r];
        const char *raw;
        Py_ssize_t size;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(readers, r), "ny#", &back->writer, &raw, &size))
            return -1;
        if (back->writer < 0 || back->writer >= self->writers || size % (Py_ssize_t)sizeof(SignByte)) {
            PyErr_SetString(PyExc_ValueError, "the bytes of a reader have the wrong size");
            return -1;
        }
        const SignByte *signs = (const SignByte *)raw;
        for (Py_ssize_t k = 0; k < size / (Py_ssize_t)sizeof(SignByte); k++) {
            if (signs[k].sign / PAGE >= MOST_PAGES) {
                PyErr_SetString(PyExc_ValueError, "a byte is shown as a sign beyond U+FFFF");
                return -1;
            }
            uint8_t **page = &back->pages[signs[k].sign / PAGE];
            if (*page == NULL && (*page = PyMem_Calloc(PAGE, 1)) == NULL) {
                PyErr_NoMemory();
                return -1;
            }
            (*page)[signs[k].sign % PAGE] = (uint8_t)signs[k].byte;
        }
    }
    return 0;
}

static int
Ranker_init(Ranker *self, PyObject *args, PyObject *kwds)
{
    PyObject *names, *describe, *readers;
    const char *images, *scripts;
    Py_ssize_t wide, count;
    if (!may_set_up((PyObject *)self, kwds, self->describe))
        return -1;
    if (!PyArg_ParseTuple(args, "O!y#y#OO!iiiii", &PyList_Type, &names, &images, &wide, &scripts, &count, &describe,
                          &PyList_Type, &readers, &self->most[0], &self->most[1], &self->capital, &self->few,
                          &self->most_signs))
        return -1;
    self->writers = PyList_GET_SIZE(names);
    if (count > MOST_WRITERS || count != self->writers || wide != self->writers * 256 * (Py_ssize_t)sizeof(uint32_t)) {
        PyErr_SetString(PyExc_ValueError, "the tables of writers have the wrong size");
        return -1;
    }
    if (self->most_signs < 1 || self->most_signs > MOST_RANKED) {
        PyErr_SetString(PyExc_ValueError, "too many signs are ranked");
        return -1;
    }
    if (read_readers(self, readers) < 0)
        return -1;
    self->images = PyMem_Malloc(wide + 1);
    self->scripts = PyMem_Malloc(count + 1);
    self->names = PyList_GetSlice(names, 0, self->writers);
    if (self->images == NULL || self->scripts == NULL || self->names == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(self->images, images, wide);
    memcpy(self->scripts, scripts, count);
    Py_INCREF(describe);
    self->describe = describe;
    return 0;
}

static void
Ranker_dealloc(Ranker *self)
{
    for (int value = 0; value < 256; value++)
        PyMem_Free(self->costs[value]);
    for (Py_ssize_t r = 0; r < self->several; r++)
        for (int p = 0; p < MOST_PAGES; p++)
            PyMem_Free(self->readers[r].pages[p]);
    PyMem_Free(self->readers);
    PyMem_Free(self->images);
    PyMem_Free(self->scripts);
    Py_XDECREF(self->names);
    Py_XDECREF(self->describe);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Ranker_methods[] = {
    {"rank", (PyCFunction)Ranker_rank, METH_VARARGS, "Return (cost, writer) of the likeliest, as Ranking._ranked says."},
    {"outranked", (PyCFunction)Ranker_outranked, METH_VARARGS, "Tell what Ranking._beaten_by does."},
    {"rivals", (PyCFunction)Ranker_rivals, METH_VARARGS, "Return (cost, writer, reader) as Ranking._rivals_of does."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject RankerType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "textmend._kernel.Ranker",
    .tp_doc = "The ranking of single-byte writers.",
    .tp_basicsize = sizeof(Ranker),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Ranker_init,
    .tp_dealloc = (destructor)Ranker_dealloc,
    .tp_methods = Ranker_methods,
};
