/* The inner loops of textmend in C.
 *
 * Kernel: the cost of tokens, and of packed sums. An optional copy of Model.token, settle and what sums them up
 * (plausibility/model.py), which are what counts: both give the same numbers, and
 * tests/plausibility/test_kernel.py compares them. A packed cost is a Python integer of 32-bit
 * fields, little end first: the classes' cost, one field for each language, the number of rare
 * letters and mixed words.
 *
 * Scanner: whether a text holds a clue. An optional copy of Clues.scan (misreadings/clues.py),
 * compared in tests/misreadings/test_clues.py.
 *
 * Ranker: which single-byte writers make the likeliest letters of some bytes. An optional copy of
 * Ranking._ranked, _beaten_by and _rivals_of (misreadings/ranking.py), compared in tests/misreadings/test_ranking.py.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 256
#define PAGES (0x110000 / PAGE)
#define NO_GROUP (-1)
#define SKIPPED (-2)

/* What the model knows of a character, asked of Python once for each page of them. */
typedef struct {
    int32_t cost;   /* within its class */
    int32_t letter; /* its number among the letters of its group, -1 if it has none */
    int16_t class_;
    int8_t group;
    uint8_t apostrophe;
} Sign;

typedef struct {
    int east, first, languages, size, unmixed;
    const uint8_t *own, *pool, *lone;
    uint32_t *keys; /* of triples, ascending; East Asian: of pairs, one table for each language */
    uint32_t *ends;
    Py_ssize_t triples;
    const uint8_t *who, *gain;
    uint32_t *words; /* keys of known words, ascending */
    Py_ssize_t known;
    const uint8_t *word_who, *word_cost;
    const uint8_t *unigrams[8];
    uint32_t *pair_keys[8];
    uint8_t *pair_gains[8];
    Py_ssize_t pairs[8];
} Group;

typedef struct {
    PyObject_HEAD
    PyObject *describe; /* (first code point) -> bytes of 256 Signs */
    PyObject *kept;     /* the objects whose memory the tables point into */
    void *pages[PAGES]; /* of Signs */
    const uint8_t *transitions;
    int classes, space, fields, units;
    int foreign_word, foreign_pair, rare_letter, rare_han, end, repeated, word_step;
    int doubted, further;
    uint32_t *prior;
    uint8_t *upper;  /* class: 1 a capital that has a class of its own after capitals */
    int16_t *upper2; /* that class; for it, itself */
    uint8_t *after;  /* class: 1 if capitals after it are of the other class */
    Group *groups;
    int count;
    uint32_t *sum, *word;
} Kernel;

/* Make sure that the page of a character is there: what Python tells of 256 characters. */
int
have_page(PyObject *describe, void **pages, Py_UCS4 code, size_t size)
{
    if (pages[code / PAGE] != NULL)
        return 0;
    PyObject *raw = PyObject_CallFunction(describe, "I", (unsigned int)(code / PAGE * PAGE));
    if (raw == NULL)
        return -1;
    if (!PyBytes_Check(raw) || PyBytes_GET_SIZE(raw) != (Py_ssize_t)(PAGE * size)) {
        Py_DECREF(raw);
        PyErr_SetString(PyExc_ValueError, "a page of characters has the wrong size");
        return -1;
    }
    void *page = PyMem_Malloc(PAGE * size);
    if (page == NULL) {
        Py_DECREF(raw);
        PyErr_NoMemory();
        return -1;
    }
    memcpy(page, PyBytes_AS_STRING(raw), PAGE * size);
    Py_DECREF(raw);
    if (pages[code / PAGE] != NULL)
        PyMem_Free(page); /* another thread was faster */
    else
        pages[code / PAGE] = page;
    return 0;
}

void
free_pages(void **pages)
{
    for (int p = 0; p < PAGES; p++)
        PyMem_Free(pages[p]);
}

static Py_ssize_t
lookup(const uint32_t *keys, Py_ssize_t count, uint32_t key)
{
    Py_ssize_t low = 0, high = count;
    while (low < high) {
        Py_ssize_t middle = (low + high) / 2;
        if (keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && keys[low] == key ? low : -1;
}

/* Add to costs what letter `third` costs after two others, in every language. */
static void
add_triple(Kernel *self, const Group *group, uint32_t *costs, int first, int second, int third, int known)
{
    Py_ssize_t at = (Py_ssize_t)second * group->size + third;
    const uint8_t *row = group->own + at * group->languages;
    uint32_t bound = group->pool[at] + self->foreign_pair;
    int n = group->languages;
    for (int i = 0; i < n; i++)
        costs[i] += row[i] < bound ? row[i] : bound;
    if (!known || !group->triples)
        return;
    uint32_t number = ((uint32_t)first * group->size + second) * group->size + third;
    Py_ssize_t found = lookup(group->keys, group->triples, number);
    if (found < 0)
        return;
    uint32_t from = found ? group->ends[found - 1] : 0;
    for (uint32_t k = from; k < group->ends[found]; k++) {
        int who = group->who[k];
        int32_t was = row[who] < bound ? row[who] : (int32_t)bound;
        int32_t now = was + ((int32_t)group->gain[k] - 128) * (self->units / 2);
        costs[who] += (uint32_t)((now > 0 ? now : 0) - was);
    }
}

/* Lower costs to what a known word costs in the languages that have it (Group.known). */
static void
know_word(Kernel *self, const Group *group, uint32_t *costs, const int32_t *letters, Py_ssize_t length)
{
    uint32_t key = 0x811C9DC5u;
    for (Py_ssize_t i = 0; i < length; i++)
        key = (key ^ (uint32_t)letters[i]) * 0x01000193u;
    Py_ssize_t low = 0, high = group->known;
    while (low < high) {
        Py_ssize_t middle = (low + high) / 2;
        if (group->words[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < group->known && group->words[low] == key; low++) {
        uint32_t cost = (uint32_t)group->word_cost[low] * self->word_step + self->end;
        if (cost < costs[group->word_who[low]])
            costs[group->word_who[low]] = cost;
    }
}

static void
add_word(Kernel *self, const Group *group, const int32_t *letters, Py_ssize_t length)
{
    uint32_t *sum = self->sum + group->first, *costs = self->word;
    int n = group->languages;
    if (group->east) {
        int32_t before = 0;
        for (Py_ssize_t i = 0; i < length; i++) {
            int32_t at = letters[i];
            for (int k = 0; k < n; k++) {
                if (at < 0) {
                    sum[k] += self->rare_han;
                    continue;
                }
                uint32_t cost = group->unigrams[k][at - 1];
                if (cost > (uint32_t)self->rare_han)
                    cost = self->rare_han;
                if (before > 0) {
                    uint32_t key = (uint32_t)(before - 1) << 16 | (uint32_t)(at - 1);
                    Py_ssize_t found = lookup(group->pair_keys[k], group->pairs[k], key);
                    if (found >= 0)
                        cost -= group->pair_gains[k][found];
                }
                sum[k] += cost;
            }
            before = at;
        }
        return;
    }
    memset(costs, 0, n * sizeof(uint32_t));
    int32_t extra = 0;
    int previous = 0, earlier = 0, known = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        int current = letters[i];
        if (current < 0) {
            extra += self->rare_letter;
            self->sum[self->fields]++;
            previous = earlier = known = 0;
            continue;
        }
        add_triple(self, group, costs, earlier, known ? previous : 0, current, known);
        known = 1;
        earlier = previous;
        previous = current;
    }
    add_triple(self, group, costs, earlier, known ? previous : 0, 0, known);
    if (length == 1 && previous)
        for (int i = 0; i < n; i++)
            costs[i] = group->lone[(Py_ssize_t)(previous - 1) * n + i];
    else if (!extra)
        know_word(self, group, costs, letters, length);
    extra -= self->end;
    uint32_t bound = UINT32_MAX;
    for (int i = 0; i < n; i++)
        if (costs[i] < bound)
            bound = costs[i];
    bound += self->foreign_word;
    for (int i = 0; i < n; i++) {
        int32_t cost = (int32_t)(costs[i] < bound ? costs[i] : bound) + extra;
        if (cost > 0)
            sum[i] += (uint32_t)cost;
    }
}

static PyObject *
to_integer(const uint32_t *fields, int count)
{
#if PY_LITTLE_ENDIAN
    return _PyLong_FromByteArray((const unsigned char *)fields, count * sizeof(uint32_t), 1, 0);
#else
#error "textmend's kernel knows little-endian machines only"
#endif
}

/* All that may call Python, and let another thread in, comes before the shared sums are used. */
static int
have_signs(Kernel *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "the model takes a str");
        return -1;
    }
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    for (Py_ssize_t i = 0; i < length; i++)
        if (have_page(self->describe, self->pages, PyUnicode_READ(kind, data, i), sizeof(Sign)) < 0)
            return -1;
    return 0;
}

/* Add what stands between two spaces to the sums. */
static int
add_token(Kernel *self, int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    int32_t few[64], *letters = few;
    if (end - start > 64) {
        letters = PyMem_Malloc((end - start) * sizeof(int32_t));
        if (letters == NULL) {
            PyErr_NoMemory();
            return -1;
        }
    }
    uint32_t cost = 0, mixed = 0;
    int previous = self->space, current = NO_GROUP;
    Py_ssize_t held = 0;
    Py_UCS4 last = 0xFFFFFFFF;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        const Sign *sign = (const Sign *)self->pages[code / PAGE] + code % PAGE;
        int number = sign->class_, group = sign->group;
        if (self->after[previous] && self->upper[number])
            number = self->upper2[number];
        if (code == last && group == NO_GROUP)
            cost += self->repeated;
        else
            cost += self->transitions[previous * self->classes + number] + sign->cost;
        previous = number;
        last = code;
        if (group == current) {
            if (group >= 0)
                letters[held++] = sign->letter;
        }
        else if (group != SKIPPED && !(current >= 0 && sign->apostrophe)) {
            if (held) {
                add_word(self, &self->groups[current], letters, held);
                held = 0;
                if (group >= 0 && self->groups[group].unmixed && self->groups[current].unmixed)
                    mixed++;
            }
            current = group;
            if (group >= 0)
                letters[held++] = sign->letter;
        }
    }
    if (held)
        add_word(self, &self->groups[current], letters, held);
    if (letters != few)
        PyMem_Free(letters);
    self->sum[0] += cost + self->transitions[previous * self->classes + self->space];
    self->sum[self->fields] += mixed;
    return 0;
}

/* Add the tokens of a text to the sums. */
static int
add_text(Kernel *self, PyObject *text)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), start = 0;
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    for (Py_ssize_t i = 0; i <= length; i++)
        if (i == length || PyUnicode_READ(kind, data, i) == ' ') {
            if (add_token(self, kind, data, start, i) < 0)
                return -1;
            start = i + 1;
        }
    return 0;
}

static int
begin_sum(Kernel *self, PyObject *packed)
{
    if (packed == NULL) {
        memset(self->sum, 0, (self->fields + 1) * sizeof(uint32_t));
        return 0;
    }
    unsigned char *bytes = (unsigned char *)self->sum;
#if PY_VERSION_HEX >= 0x030D0000
    return _PyLong_AsByteArray((PyLongObject *)packed, bytes, (self->fields + 1) * 4, 1, 0, 1);
#else
    return _PyLong_AsByteArray((PyLongObject *)packed, bytes, (self->fields + 1) * 4, 1, 0);
#endif
}

/* The cost of the sums in the best languages. */
static int64_t
settled(Kernel *self, int supposed)
{
    uint32_t *fields = self->sum;
    int64_t total = fields[0];
    if (supposed)
        total += (int64_t)fields[self->fields] * self->doubted;
    int scripts = 0;
    for (int g = 0; g < self->count; g++) {
        const Group *group = &self->groups[g];
        const uint32_t *costs = fields + group->first, *prior = self->prior + group->first;
        uint32_t any = 0;
        uint64_t best = UINT64_MAX;
        for (int i = 0; i < group->languages; i++) {
            any |= costs[i];
            uint64_t cost = (uint64_t)costs[i] + prior[i];
            if (cost < best)
                best = cost;
        }
        if (any) {
            scripts++;
            total += (int64_t)best;
        }
    }
    if (scripts > 1)
        total += (int64_t)(scripts - 1) * self->further;
    return total;
}

static PyObject *
Kernel_token(Kernel *self, PyObject *text)
{
    if (have_signs(self, text) < 0 || begin_sum(self, NULL) < 0 ||
        add_token(self, PyUnicode_KIND(text), PyUnicode_DATA(text), 0, PyUnicode_GET_LENGTH(text)) < 0)
        return NULL;
    return to_integer(self->sum, self->fields + 1);
}

static PyObject *
Kernel_packed(Kernel *self, PyObject *text)
{
    if (have_signs(self, text) < 0 || begin_sum(self, NULL) < 0 || add_text(self, text) < 0)
        return NULL;
    return to_integer(self->sum, self->fields + 1);
}

static PyObject *
Kernel_cost(Kernel *self, PyObject *text)
{
    if (have_signs(self, text) < 0 || begin_sum(self, NULL) < 0 || add_text(self, text) < 0)
        return NULL;
    return PyLong_FromLongLong(settled(self, 0));
}

static PyObject *
Kernel_settle(Kernel *self, PyObject *args)
{
    PyObject *packed;
    int supposed = 0;
    if (!PyArg_ParseTuple(args, "O!p", &PyLong_Type, &packed, &supposed) || begin_sum(self, packed) < 0)
        return NULL;
    return PyLong_FromLongLong(settled(self, supposed));
}

static PyObject *
Kernel_gain(Kernel *self, PyObject *args)
{
    PyObject *shared, *sides[2];
    if (!PyArg_ParseTuple(args, "O!O!O!", &PyLong_Type, &shared, &PyList_Type, &sides[0], &PyList_Type, &sides[1]))
        return NULL;
    for (int side = 0; side < 2; side++)
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(sides[side]); i++)
            if (have_signs(self, PyList_GET_ITEM(sides[side], i)) < 0)
                return NULL;
    int64_t costs[2];
    for (int side = 0; side < 2; side++) {
        if (begin_sum(self, shared) < 0)
            return NULL;
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(sides[side]); i++) {
            PyObject *text = PyList_GET_ITEM(sides[side], i);
            if (add_token(self, PyUnicode_KIND(text), PyUnicode_DATA(text), 0, PyUnicode_GET_LENGTH(text)) < 0)
                return NULL;
        }
        costs[side] = settled(self, side);
    }
    return PyLong_FromLongLong(costs[0] - costs[1]);
}

/* -- construction */

static const uint8_t *
blob(PyObject *group, const char *name)
{
    PyObject *value = PyDict_GetItemString(group, name);
    if (value == NULL || !PyBytes_Check(value)) {
        PyErr_Format(PyExc_ValueError, "the kernel needs the bytes %s", name);
        return NULL;
    }
    return (const uint8_t *)PyBytes_AS_STRING(value);
}

static int
number(PyObject *from, const char *name)
{
    PyObject *value = PyDict_GetItemString(from, name);
    if (value == NULL) {
        PyErr_Format(PyExc_ValueError, "the kernel needs the number %s", name);
        return -1;
    }
    return (int)PyLong_AsLong(value);
}

static uint32_t *
numbers(PyObject *from, const char *name, Py_ssize_t *count)
{
    PyObject *value = PyDict_GetItemString(from, name);
    if (value == NULL || !PyBytes_Check(value)) {
        PyErr_Format(PyExc_ValueError, "the kernel needs the numbers %s", name);
        return NULL;
    }
    Py_ssize_t size = PyBytes_GET_SIZE(value);
    uint32_t *copy = PyMem_Malloc(size ? size : 4);
    if (copy == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(copy, PyBytes_AS_STRING(value), size);
    *count = size / 4;
    return copy;
}

static int
read_group(Group *group, PyObject *from)
{
    Py_ssize_t ends;
    group->east = number(from, "east");
    group->first = number(from, "first");
    group->languages = number(from, "languages");
    group->size = number(from, "size");
    group->unmixed = number(from, "unmixed");
    if (PyErr_Occurred())
        return -1;
    if (group->east) {
        if (group->languages > 8) {
            PyErr_SetString(PyExc_ValueError, "too many East Asian languages");
            return -1;
        }
        for (int k = 0; k < group->languages; k++) {
            char name[24];
            Py_ssize_t gains;
            snprintf(name, sizeof name, "unigrams%d", k);
            if ((group->unigrams[k] = blob(from, name)) == NULL)
                return -1;
            snprintf(name, sizeof name, "keys%d", k);
            if ((group->pair_keys[k] = numbers(from, name, &group->pairs[k])) == NULL)
                return -1;
            snprintf(name, sizeof name, "gains%d", k);
            if ((group->pair_gains[k] = (uint8_t *)numbers(from, name, &gains)) == NULL)
                return -1;
        }
        return 0;
    }
    if ((group->own = blob(from, "own")) == NULL || (group->pool = blob(from, "pool")) == NULL ||
        (group->lone = blob(from, "lone")) == NULL || (group->who = blob(from, "who")) == NULL ||
        (group->gain = blob(from, "gain")) == NULL || (group->word_who = blob(from, "word_who")) == NULL ||
        (group->word_cost = blob(from, "word_cost")) == NULL ||
        (group->words = numbers(from, "words", &group->known)) == NULL ||
        (group->keys = numbers(from, "keys", &group->triples)) == NULL ||
        (group->ends = numbers(from, "ends", &ends)) == NULL)
        return -1;
    return 0;
}

static int
Kernel_init(Kernel *self, PyObject *args, PyObject *kwds)
{
    PyObject *settings, *groups, *describe;
    if (kwds != NULL && PyDict_GET_SIZE(kwds)) {
        PyErr_SetString(PyExc_TypeError, "Kernel() takes no keyword arguments");
        return -1;
    }
    if (self->describe != NULL) {
        PyErr_SetString(PyExc_RuntimeError, "a Kernel is set up once");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "O!O!O", &PyDict_Type, &settings, &PyList_Type, &groups, &describe))
        return -1;
    Py_INCREF(describe);
    self->describe = describe;
    self->kept = PyTuple_Pack(2, settings, groups);
    if (self->kept == NULL)
        return -1;
    self->classes = number(settings, "classes");
    self->space = number(settings, "space");
    self->fields = number(settings, "fields");
    self->units = number(settings, "units");
    self->foreign_word = number(settings, "foreign_word");
    self->foreign_pair = number(settings, "foreign_pair");
    self->rare_letter = number(settings, "rare_letter");
    self->rare_han = number(settings, "rare_han");
    self->end = number(settings, "end");
    self->word_step = number(settings, "word_step");
    self->repeated = number(settings, "repeated");
    self->doubted = number(settings, "doubted");
    self->further = number(settings, "further");
    if (PyErr_Occurred() || (self->transitions = blob(settings, "transitions")) == NULL)
        return -1;
    Py_ssize_t count;
    if ((self->prior = numbers(settings, "prior", &count)) == NULL)
        return -1;
    self->count = (int)PyList_GET_SIZE(groups);
    self->groups = PyMem_Calloc(self->count ? self->count : 1, sizeof(Group));
    self->sum = PyMem_Calloc(self->fields + 1, sizeof(uint32_t));
    self->word = PyMem_Calloc(self->fields + 1, sizeof(uint32_t));
    self->upper = PyMem_Calloc(self->classes, 1);
    self->after = PyMem_Calloc(self->classes, 1);
    self->upper2 = PyMem_Calloc(self->classes, sizeof(int16_t));
    if (!self->groups || !self->sum || !self->word || !self->upper || !self->after || !self->upper2) {
        PyErr_NoMemory();
        return -1;
    }
    for (int g = 0; g < self->count; g++)
        if (read_group(&self->groups[g], PyList_GET_ITEM(groups, g)) < 0)
            return -1;
    PyObject *capitals = PyDict_GetItemString(settings, "capitals");
    if (capitals == NULL || !PyDict_Check(capitals)) {
        PyErr_SetString(PyExc_ValueError, "the kernel needs the dict capitals");
        return -1;
    }
    PyObject *key, *value;
    Py_ssize_t place = 0;
    while (PyDict_Next(capitals, &place, &key, &value)) {
        long one = PyLong_AsLong(key), two = PyLong_AsLong(value);
        if (one < 0 || two < 0 || one >= self->classes || two >= self->classes) {
            PyErr_SetString(PyExc_ValueError, "no such class");
            return -1;
        }
        self->upper[one] = self->after[one] = self->after[two] = 1;
        self->upper2[one] = (int16_t)two;
    }
    return PyErr_Occurred() ? -1 : 0;
}

static void
Kernel_dealloc(Kernel *self)
{
    free_pages(self->pages);
    for (int g = 0; self->groups != NULL && g < self->count; g++) {
        PyMem_Free(self->groups[g].keys);
        PyMem_Free(self->groups[g].ends);
        PyMem_Free(self->groups[g].words);
        for (int k = 0; k < 8; k++) {
            PyMem_Free(self->groups[g].pair_keys[k]);
            PyMem_Free(self->groups[g].pair_gains[k]);
        }
    }
    PyMem_Free(self->groups);
    PyMem_Free(self->prior);
    PyMem_Free(self->sum);
    PyMem_Free(self->word);
    PyMem_Free(self->upper);
    PyMem_Free(self->after);
    PyMem_Free(self->upper2);
    Py_XDECREF(self->describe);
    Py_XDECREF(self->kept);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Kernel_methods[] = {
    {"token", (PyCFunction)Kernel_token, METH_O, "Return the packed cost of what stands between two spaces."},
    {"settle", (PyCFunction)Kernel_settle, METH_VARARGS, "Return the cost of a packed sum in the best languages."},
    {"packed", (PyCFunction)Kernel_packed, METH_O, "Return the packed cost of a text."},
    {"cost", (PyCFunction)Kernel_cost, METH_O, "Return the cost of a text in the best languages."},
    {"gain", (PyCFunction)Kernel_gain, METH_VARARGS, "Return what tokens cost more than those that replace them."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject KernelType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "textmend._kernel.Kernel",
    .tp_doc = "The scorer's inner loops over the tables of one model.",
    .tp_basicsize = sizeof(Kernel),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Kernel_init,
    .tp_dealloc = (destructor)Kernel_dealloc,
    .tp_methods = Kernel_methods,
};

/* -- clues */

/* what a character is to the scanner, and what it answers */
enum { LOOKED = 1, FOREIGN = 2, LATIN = 4, RUN = 8, LOST = 16, WORDY = 32 };
enum { CLEAN = 0, CLUE = 1, HAS_FOREIGN = 2, HAS_FEW = 4, HAS_SIGN = 8, HAS_LOST = 16, HAS_ODD = 32 };

#define CACHE 65536
#define WINDOWS 16384
#define WORDS 16384
#define MOST_REACH 15
#define MOST_LOOKED 16

typedef struct {
    uint64_t languages; /* that have the letter: all of them for what is no Latin letter */
    uint8_t flags;
    uint8_t unused[7];
} Mark;

typedef struct {
    uint32_t before, code, after;
    int32_t verdict;
} Piece;

typedef struct {
    uint8_t length, promising;
    Py_UCS4 signs[2 * MOST_REACH + 1];
} Window;

typedef struct {
    PyObject_HEAD
    PyObject *describe; /* (first code point) -> bytes of 256 Marks */
    PyObject *verdict;  /* (three characters) -> 0 usual, 1 doubtful, 2 a clue */
    PyObject *odd;      /* (word) -> whether it is odd */
    void *pages[PAGES]; /* of Marks */
    Piece *cache;
    Window *windows;
    uint64_t *words; /* hashes of words, the last bit telling whether the word is odd */
    int shortest, near, sampled, longest_run, longest, reach, few, looked, enough, longest_word;
    uint8_t signs[128];      /* of ASCII, and what follows them: without one of these pairs there is no transport */
    uint8_t pairs[128][128];
} Scanner;

static inline const Mark *
mark_of(Scanner *self, Py_UCS4 code)
{
    if (self->pages[code / PAGE] == NULL && have_page(self->describe, self->pages, code, sizeof(Mark)) < 0)
        return NULL;
    return (const Mark *)self->pages[code / PAGE] + code % PAGE;
}

static int
verdict_of(Scanner *self, Py_UCS4 before, Py_UCS4 code, Py_UCS4 after)
{
    uint32_t hash = before * 0x9E3779B1u ^ code * 0x85EBCA77u ^ after * 0xC2B2AE3Du;
    Piece *piece = &self->cache[(hash ^ hash >> 15) % CACHE];
    if (piece->verdict >= 0 && piece->code == code && piece->before == before && piece->after == after)
        return piece->verdict;
    Py_UCS4 three[3] = {before, code, after};
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, three, 3);
    if (text == NULL)
        return -1;
    PyObject *answer = PyObject_CallOneArg(self->verdict, text);
    Py_DECREF(text);
    if (answer == NULL)
        return -1;
    long verdict = PyLong_AsLong(answer);
    Py_DECREF(answer);
    if (verdict < 0) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "a verdict is 0, 1 or 2");
        return -1;
    }
    piece->before = before;
    piece->code = code;
    piece->after = after;
    piece->verdict = (int32_t)verdict;
    return (int)verdict;
}

/* Whether a character may stand in a word: a Latin letter, or a sign that a reader shows for one. */
static int
in_word(Scanner *self, int kind, const void *data, Py_ssize_t at)
{
    Py_UCS4 code = PyUnicode_READ(kind, data, at);
    if (code < 0x80)
        return (code | 0x20) - 'a' < 26 || code == '\'';
    const Mark *mark = mark_of(self, code);
    return mark == NULL ? -1 : (mark->flags & WORDY) != 0;
}

static int
is_ascii_letter(int kind, const void *data, Py_ssize_t at)
{
    return (PyUnicode_READ(kind, data, at) | 0x20) - 'a' < 26;
}

/* Tell whether the word around a sign is odd, and where it ends. */
static int
odd_word(Scanner *self, int kind, const void *data, Py_ssize_t first, Py_ssize_t at, Py_ssize_t last, Py_ssize_t *end)
{
    Py_ssize_t start = at, stop = at + 1;
    int more = 1;
    while (start > first && (more = in_word(self, kind, data, start - 1)) > 0)
        start--;
    while (more >= 0 && stop < last && (more = in_word(self, kind, data, stop)) > 0)
        stop++;
    if (more < 0)
        return -1;
    *end = stop;
    if (stop - start > self->longest_word)
        return 0;
    uint64_t hash = 0xCBF29CE484222325u;
    for (Py_ssize_t i = start; i < stop; i++)
        hash = (hash ^ PyUnicode_READ(kind, data, i)) * 0x100000001B3u;
    uint64_t *known = &self->words[(hash >> 32) % WORDS];
    if (*known >> 1 == hash >> 1)
        return (int)(*known & 1);
    PyObject *word = PyUnicode_FromKindAndData(kind, (const char *)data + start * kind, stop - start);
    PyObject *answer = word == NULL ? NULL : PyObject_CallOneArg(self->odd, word);
    Py_XDECREF(word);
    if (answer == NULL)
        return -1;
    int odd = PyObject_IsTrue(answer);
    Py_DECREF(answer);
    if (odd >= 0)
        *known = hash >> 1 << 1 | (uint64_t)odd;
    return odd;
}

/* Where a line has signs out of place. */
typedef struct {
    Py_ssize_t *at;
    Py_ssize_t count, room;
} Places;

static int
add_place(Places *places, Py_ssize_t at)
{
    if (places->count == places->room) {
        Py_ssize_t room = places->room ? 2 * places->room : 64;
        Py_ssize_t *more = PyMem_Realloc(places->at, room * sizeof(Py_ssize_t));
        if (more == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        places->at = more;
        places->room = room;
    }
    places->at[places->count++] = at;
    return 0;
}

/* Scan the characters from start to end. With places, go on behind a clue, collect them all and tell the rest too. */
static inline int
scan_kind(Scanner *self, const int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Places *places)
{
    Py_ssize_t latin = 0, foreign = 0, doubt = start - 1 - self->near;
    int answer = CLEAN, letters = 0, others = 0, clue = 0;
    int beside = 0; /* whether an ASCII letter stands before */
    int brief = end - start - 1 <= self->shortest; /* in a short text one doubtful sign is enough */
    uint64_t languages = ~(uint64_t)0;
    Py_ssize_t word_end = start;
    if (places != NULL)
        places->count = 0;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        if (code < 0x80) {
            beside = (code | 0x20) - 'a' < 26;
            if (beside)
                latin++;
            else if (code == '\n') {
                if (foreign && foreign * 3 < latin)
                    answer |= HAS_FEW;
                letters |= latin > 0;
                latin = foreign = 0;
            }
            else if (self->signs[code]) {
                Py_UCS4 next = i + 1 < end ? PyUnicode_READ(kind, data, i + 1) : 0;
                if (!code || (next < 0x80 && self->pairs[code][next]))
                    answer |= HAS_SIGN;
            }
            else if (code == '?' && i + 2 < end && PyUnicode_READ(kind, data, i + 1) == '?' &&
                     PyUnicode_READ(kind, data, i + 2) == '?')
                answer |= HAS_LOST;
            continue;
        }
        const Mark *mark = mark_of(self, code);
        if (mark == NULL)
            return -1;
        languages &= mark->languages;
        if (mark->flags & FOREIGN) {
            others = 1;
            foreign++;
        }
        else if (mark->flags & LATIN)
            latin++;
        if (mark->flags & LOST)
            answer |= HAS_LOST;
        if (mark->flags & WORDY && brief && i >= word_end && !(answer & HAS_ODD) &&
            (beside || mark->flags & LATIN || (i + 1 < end && is_ascii_letter(kind, data, i + 1)))) {
            int odd = odd_word(self, kind, data, start, i, end, &word_end);
            if (odd < 0)
                return -1;
            if (odd)
                answer |= HAS_ODD;
        }
        beside = 0;
        if (mark->flags & LOOKED) {
            Py_UCS4 before = i > start ? PyUnicode_READ(kind, data, i - 1) : ' ';
            Py_UCS4 after = i + 1 < end ? PyUnicode_READ(kind, data, i + 1) : ' ';
            int verdict = verdict_of(self, before, code, after);
            if (verdict < 0)
                return -1;
            if (verdict) {
                if (verdict == 2 || brief || i - doubt <= self->near)
                    clue = 1;
                if (clue && places == NULL)
                    return CLUE;
                if (places != NULL && add_place(places, i) < 0)
                    return -1;
                doubt = i;
            }
        }
    }
    if (foreign && foreign * 3 < latin)
        answer |= HAS_FEW;
    if (others && (letters || latin))
        answer |= HAS_FOREIGN;
    if (brief && !languages) {
        if (places == NULL)
            return CLUE;
        clue = 1;
        for (Py_ssize_t i = start, k = 0; i < end; i++) { /* these come first */
            Py_UCS4 code = PyUnicode_READ(kind, data, i);
            const Mark *mark = code < 0x80 ? NULL : mark_of(self, code);
            if (mark == NULL || !(mark->flags & LATIN))
                continue;
            if (add_place(places, i) < 0)
                return -1;
            memmove(places->at + k + 1, places->at + k, (places->count - 1 - k) * sizeof(Py_ssize_t));
            places->at[k++] = i;
        }
    }
    if (clue)
        return CLUE | answer;
    /* a run of common letters near the beginning: a script may be misread as itself */
    Py_ssize_t far = end - start < self->sampled ? end : start + self->sampled, run = 0;
    int alone = places != NULL && !places->count, sampled = 0;
    for (Py_ssize_t i = start; i < far; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        const Mark *mark = code < 0x80 ? NULL : mark_of(self, code);
        if (mark == NULL && PyErr_Occurred())
            return -1;
        run = mark != NULL && mark->flags & RUN ? run + 1 : 0;
        if (run == 4) {
            Py_ssize_t first = i - 3, stop = first + self->longest_run;
            for (Py_ssize_t k = first; k < stop && k < far; k++) {
                if (k > i) {
                    mark = mark_of(self, PyUnicode_READ(kind, data, k));
                    if (mark == NULL)
                        return -1;
                    if (!(mark->flags & RUN))
                        break;
                }
                if (k < first + 2)
                    continue;
                int verdict = verdict_of(self, PyUnicode_READ(kind, data, k - 2), PyUnicode_READ(kind, data, k - 1),
                                         PyUnicode_READ(kind, data, k));
                if (verdict < 0)
                    return -1;
                if (verdict && places == NULL)
                    return CLUE;
                if (verdict && alone && add_place(places, k - 1) < 0)
                    return -1;
                sampled |= verdict;
            }
            break;
        }
    }
    return sampled ? CLUE | answer : answer;
}

/* The same, once for each size of characters: the compiler makes three loops of it. */
static int
scan_part(Scanner *self, int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Places *places)
{
    switch (kind) {
    case PyUnicode_1BYTE_KIND:
        return scan_kind(self, PyUnicode_1BYTE_KIND, data, start, end, places);
    case PyUnicode_2BYTE_KIND:
        return scan_kind(self, PyUnicode_2BYTE_KIND, data, start, end, places);
    default:
        return scan_kind(self, PyUnicode_4BYTE_KIND, data, start, end, places);
    }
}

static PyObject *
Scanner_scan(Scanner *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "scan() takes a str");
        return NULL;
    }
    int answer = scan_part(self, PyUnicode_KIND(text), PyUnicode_DATA(text), 0, PyUnicode_GET_LENGTH(text), NULL);
    return answer < 0 ? NULL : PyLong_FromLong(answer);
}

/* Whether the signs around a place are promising, remembered from earlier windows. */
static int
is_promising(Scanner *self, PyObject *promising, const Py_UCS4 *signs, int length)
{
    uint64_t hash = 14695981039346656037u;
    for (int i = 0; i < length; i++)
        hash = (hash ^ signs[i]) * 1099511628211u;
    Window *window = &self->windows[(hash ^ hash >> 32) % WINDOWS];
    if (window->length == length && !memcmp(window->signs, signs, length * sizeof(Py_UCS4)))
        return window->promising;
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, signs, length);
    PyObject *answer = text == NULL ? NULL : PyObject_CallOneArg(promising, text);
    Py_XDECREF(text);
    int truth = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    if (truth >= 0) {
        window->length = length;
        window->promising = truth;
        memcpy(window->signs, signs, length * sizeof(Py_UCS4));
    }
    return truth;
}

/* Whether something around the places of a line is promising: -1 is an error. */
static int
is_live(Scanner *self, PyObject *promising, PyObject *outranked, int kind, const void *data, Py_ssize_t first,
        Py_ssize_t last, const Places *places)
{
    Py_UCS4 seen[MOST_LOOKED][2 * MOST_REACH + 1];
    int lengths[MOST_LOOKED], looked = 0;
    for (Py_ssize_t p = 0; p < places->count && looked < self->looked; p++) {
        Py_ssize_t place = places->at[p], start = place, end = place;
        while (start > first && PyUnicode_READ(kind, data, start - 1) != ' ')
            start--;
        while (end < last && PyUnicode_READ(kind, data, end) != ' ')
            end++;
        if (end - start <= self->few) { /* with the words beside it */
            if (start > first)
                start--;
            while (start > first && PyUnicode_READ(kind, data, start - 1) != ' ')
                start--;
            if (end < last)
                end++;
            while (end < last && PyUnicode_READ(kind, data, end) != ' ')
                end++;
        }
        if (start < place - self->reach)
            start = place - self->reach;
        if (end > place + self->reach + 1)
            end = place + self->reach + 1;
        int length = (int)(end - start), known = 0;
        for (int i = 0; i < length; i++)
            seen[looked][i] = PyUnicode_READ(kind, data, start + i);
        for (int k = 0; k < looked && !known; k++)
            known = lengths[k] == length && !memcmp(seen[k], seen[looked], length * sizeof(Py_UCS4));
        if (known)
            continue;
        int truth = is_promising(self, promising, seen[looked], length);
        if (truth)
            return truth;
        lengths[looked++] = length;
    }
    int letters = 0;
    for (Py_ssize_t i = first; i < last && letters < self->enough; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        const Mark *mark = code < 0x80 ? NULL : mark_of(self, code);
        letters += mark != NULL && mark->flags & RUN;
    }
    if (letters < self->enough)
        return 0;
    PyObject *line = PyUnicode_FromKindAndData(kind, (const char *)data + first * kind, last - first);
    PyObject *answer = line == NULL ? NULL : PyObject_CallOneArg(outranked, line);
    Py_XDECREF(line);
    int truth = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    return truth;
}

/* Return where a piece of a very long line ends that begins at a place: where a space follows, if there is one. */
static Py_ssize_t
piece_end(const Scanner *self, int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t most = end - start < self->longest ? end : start + self->longest;
    for (Py_ssize_t far = most; far > start; far--)
        if (far < end && PyUnicode_READ(kind, data, far) == ' ')
            return far;
    return most;
}

static PyObject *
Scanner_live(Scanner *self, PyObject *args)
{
    PyObject *text, *promising, *outranked;
    if (!PyArg_ParseTuple(args, "UOO", &text, &promising, &outranked))
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    int answer = scan_part(self, kind, data, 0, length, NULL);
    if (answer != CLUE)
        return answer < 0 ? NULL : PyLong_FromLong(answer);
    Places places = {NULL, 0, 0};
    for (Py_ssize_t start = 0; start < length;) {
        Py_ssize_t end = start, far;
        while (end < length && PyUnicode_READ(kind, data, end) != '\n' && PyUnicode_READ(kind, data, end) != '\r')
            end++;
        if (end == start) {
            start++;
            continue;
        }
        int cut = end - start > self->longest;
        for (; start < end; start = far) {
            far = cut ? piece_end(self, kind, data, start, end) : end;
            answer = scan_part(self, kind, data, start, far, &places);
            if (answer > 0 && answer & CLUE)
                answer = places.count ? is_live(self, promising, outranked, kind, data, start, far, &places) : 1;
            else if (answer > 0)
                answer = 0;
            if (answer) {
                PyMem_Free(places.at);
                return answer < 0 ? NULL : PyLong_FromLong(CLUE);
            }
        }
    }
    answer = scan_part(self, kind, data, 0, length, &places);
    PyMem_Free(places.at);
    return answer < 0 ? NULL : PyLong_FromLong(answer & ~CLUE);
}

static PyObject *
Scanner_lines(Scanner *self, PyObject *args)
{
    PyObject *text;
    Py_ssize_t start, stop;
    if (!PyArg_ParseTuple(args, "Unn", &text, &start, &stop))
        return NULL;
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    if (start < 0 || stop > PyUnicode_GET_LENGTH(text)) {
        PyErr_SetString(PyExc_ValueError, "lines() takes places in the text");
        return NULL;
    }
    PyObject *found = PyList_New(0);
    while (found != NULL && start < stop) {
        Py_ssize_t end = start, far;
        while (end < stop && PyUnicode_READ(kind, data, end) != '\n' && PyUnicode_READ(kind, data, end) != '\r')
            end++;
        int cut = end - start > self->longest;
        for (; start < end; start = far) {
            far = cut ? piece_end(self, kind, data, start, end) : end;
            int answer = scan_part(self, kind, data, start, far, NULL);
            if (!answer)
                continue;
            PyObject *line = answer < 0 ? NULL : PyUnicode_Substring(text, start, far);
            PyObject *one = line == NULL ? NULL : Py_BuildValue("nNi", start, line, answer);
            if (one == NULL || PyList_Append(found, one) < 0) {
                Py_XDECREF(one);
                Py_DECREF(found);
                return NULL;
            }
            Py_DECREF(one);
        }
        start = end + 1;
    }
    return found;
}

static int
Scanner_init(Scanner *self, PyObject *args, PyObject *kwds)
{
    PyObject *describe, *verdict, *odd;
    if (kwds != NULL && PyDict_GET_SIZE(kwds)) {
        PyErr_SetString(PyExc_TypeError, "Scanner() takes no keyword arguments");
        return -1;
    }
    if (self->describe != NULL) {
        PyErr_SetString(PyExc_RuntimeError, "a Scanner is set up once");
        return -1;
    }
    const char *pairs;
    Py_ssize_t count;
    if (!PyArg_ParseTuple(args, "OOOy#iiiiiiiiii", &describe, &verdict, &odd, &pairs, &count, &self->shortest,
                          &self->near, &self->sampled, &self->longest_run, &self->longest, &self->reach, &self->few,
                          &self->looked, &self->enough, &self->longest_word))
        return -1;
    if (self->reach < 0 || self->reach > MOST_REACH || self->looked < 1 || self->looked > MOST_LOOKED) {
        PyErr_SetString(PyExc_ValueError, "a window is too wide, or too many are looked at");
        return -1;
    }
    self->signs[0] = 1;
    for (Py_ssize_t i = 0; i + 1 < count; i += 2)
        self->signs[pairs[i] & 0x7F] = self->pairs[pairs[i] & 0x7F][pairs[i + 1] & 0x7F] = 1;
    self->cache = PyMem_Malloc(CACHE * sizeof(Piece));
    self->windows = PyMem_Calloc(WINDOWS, sizeof(Window));
    self->words = PyMem_Calloc(WORDS, sizeof(uint64_t));
    if (self->cache == NULL || self->windows == NULL || self->words == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memset(self->cache, 0xFF, CACHE * sizeof(Piece));
    Py_INCREF(describe);
    self->describe = describe;
    Py_INCREF(verdict);
    self->verdict = verdict;
    Py_INCREF(odd);
    self->odd = odd;
    return 0;
}

static void
Scanner_dealloc(Scanner *self)
{
    free_pages(self->pages);
    PyMem_Free(self->cache);
    PyMem_Free(self->windows);
    PyMem_Free(self->words);
    Py_XDECREF(self->describe);
    Py_XDECREF(self->verdict);
    Py_XDECREF(self->odd);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Scanner_methods[] = {
    {"scan", (PyCFunction)Scanner_scan, METH_O, "Return what a text holds: 1 a clue; else a sum, as Clues.scan says."},
    {"live", (PyCFunction)Scanner_live, METH_VARARGS, "The same, but a clue counts only if it is promising."},
    {"lines", (PyCFunction)Scanner_lines, METH_VARARGS, "Return the lines that hold something, and what scan says of each."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject ScannerType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "textmend._kernel.Scanner",
    .tp_doc = "The search for clues over one table.",
    .tp_basicsize = sizeof(Scanner),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Scanner_init,
    .tp_dealloc = (destructor)Scanner_dealloc,
    .tp_methods = Scanner_methods,
};

/* -- the ranking of writers */

#define ONE_CAPITAL (1 << 24) /* capitals are counted above the costs */

typedef struct {
    uint32_t sign, byte;
} SignByte;

typedef struct {
    Py_ssize_t writer, count;
    SignByte *signs; /* ascending */
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

/* Fill in what bytes cost in each writer; return how many bytes are distinct. */
static int
cost_of_bytes(Ranker *self, const uint8_t *high, Py_ssize_t length, uint64_t mixed, uint8_t *distinct, Ranked *best)
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
        uint64_t capitals = best[w].cost / ONE_CAPITAL, most = length - capitals + self->few;
        best[w].cost = best[w].cost % ONE_CAPITAL + self->capital * (capitals < most ? capitals : most);
        best[w].cost += self->scripts[w] ? mixed : 0;
    }
    return several;
}

/* Fill in the best writers, in order; return how many. */
static Py_ssize_t
rank_into(Ranker *self, const uint8_t *high, Py_ssize_t length, uint64_t mixed, Ranked *best)
{
    uint8_t distinct[256];
    int several = cost_of_bytes(self, high, length, mixed, distinct, best);
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
    Py_ssize_t length;
    unsigned long long mixed;
    if (!PyArg_ParseTuple(args, "y#K", &high, &length, &mixed))
        return NULL;
    for (Py_ssize_t i = 0; i < length; i++)
        if (have_costs(self, (uint8_t)high[i]) < 0)
            return NULL;
    Ranked *best = PyMem_Malloc((self->writers + 1) * sizeof(Ranked));
    if (best == NULL)
        return PyErr_NoMemory();
    Py_ssize_t named = rank_into(self, (const uint8_t *)high, length, mixed, best);
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

static int
by_sign(const void *a, const void *b)
{
    const SignByte *one = a, *other = b;
    return one->sign < other->sign ? -1 : one->sign > other->sign;
}

#define MOST_RANKED 1024

/* What a text is to the readers: its signs beyond ASCII, and what those inside words ask of other scripts. */
typedef struct {
    uint32_t signs[MOST_RANKED];
    uint8_t high[MOST_RANKED], distinct[256];
    Py_ssize_t count;
    int several;
    uint64_t inner;
} Signs;

static void
read_signs(Ranker *self, PyObject *text, uint64_t mixed, Signs *signs)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    signs->count = 0;
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
    }
}

/* Fill in what the bytes behind the signs cost in each writer: 0 if the reader does not show them all, -1 is an error. */
static int
view(Ranker *self, const Back *back, Signs *signs, Ranked *best)
{
    for (Py_ssize_t i = 0; i < signs->count; i++) {
        SignByte key = {signs->signs[i], 0};
        const SignByte *found = bsearch(&key, back->signs, back->count, sizeof(SignByte), by_sign);
        if (found == NULL)
            return 0;
        signs->high[i] = (uint8_t)found->byte;
    }
    for (Py_ssize_t i = 0; i < signs->count; i++)
        if (have_costs(self, signs->high[i]) < 0)
            return -1;
    signs->several = cost_of_bytes(self, signs->high, signs->count, signs->inner, signs->distinct, best);
    return 1;
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

static PyObject *
Ranker_rivals(Ranker *self, PyObject *args)
{
    PyObject *text;
    unsigned long long mixed;
    int most;
    if (!PyArg_ParseTuple(args, "UKi", &text, &mixed, &most))
        return NULL;
    Ranked *best = PyMem_Malloc((self->writers + 1) * sizeof(Ranked));
    PyObject *answer = PyList_New(0);
    if (best == NULL || answer == NULL) {
        PyMem_Free(best);
        Py_XDECREF(answer);
        return PyErr_NoMemory();
    }
    Signs signs;
    read_signs(self, text, mixed, &signs);
    for (Py_ssize_t r = 0; r < self->several; r++) {
        const Back *back = &self->readers[r];
        int seen = view(self, back, &signs, best);
        if (seen < 0)
            goto failed;
        if (!seen)
            continue;
        qsort(best, self->writers, sizeof(Ranked), by_cost);
        int named[256] = {0}; /* by script */
        for (Py_ssize_t w = 0; w < self->writers; w++) {
            uint8_t script = self->scripts[best[w].writer];
            if (best[w].writer == back->writer || named[script] == most || !has_all(self, best[w].writer, &signs))
                continue;
            named[script]++;
            PyObject *one = Py_BuildValue("KOO", (unsigned long long)best[w].cost,
                                          PyList_GET_ITEM(self->names, best[w].writer),
                                          PyList_GET_ITEM(self->names, back->writer));
            int bad = one == NULL || PyList_Append(answer, one) < 0;
            Py_XDECREF(one);
            if (bad)
                goto failed;
        }
    }
    PyMem_Free(best);
    return answer;
failed:
    PyMem_Free(best);
    Py_DECREF(answer);
    return NULL;
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
    Signs signs;
    read_signs(self, text, mixed, &signs);
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
        back->signs = PyMem_Malloc(size + 1);
        if (back->signs == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(back->signs, raw, size);
        back->count = size / (Py_ssize_t)sizeof(SignByte);
    }
    return 0;
}

static int
Ranker_init(Ranker *self, PyObject *args, PyObject *kwds)
{
    PyObject *names, *describe, *readers;
    const char *images, *scripts;
    Py_ssize_t wide, count;
    if (kwds != NULL && PyDict_GET_SIZE(kwds)) {
        PyErr_SetString(PyExc_TypeError, "Ranker() takes no keyword arguments");
        return -1;
    }
    if (self->describe != NULL) {
        PyErr_SetString(PyExc_RuntimeError, "a Ranker is set up once");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "O!y#y#OO!iiiii", &PyList_Type, &names, &images, &wide, &scripts, &count, &describe,
                          &PyList_Type, &readers, &self->most[0], &self->most[1], &self->capital, &self->few,
                          &self->most_signs))
        return -1;
    self->writers = PyList_GET_SIZE(names);
    if (count != self->writers || wide != self->writers * 256 * (Py_ssize_t)sizeof(uint32_t)) {
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
        PyMem_Free(self->readers[r].signs);
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

static PyTypeObject RankerType = {
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

extern PyTypeObject SieveType; /* of _sieve.c */

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "textmend._kernel",
    .m_doc = "Optional inner loops in C.",
    .m_size = -1,
};

PyMODINIT_FUNC
PyInit__kernel(void)
{
    PyTypeObject *types[] = {&KernelType, &ScannerType, &RankerType, &SieveType};
    const int count = sizeof(types) / sizeof(types[0]);
    for (int t = 0; t < count; t++)
        if (PyType_Ready(types[t]) < 0)
            return NULL;
    PyObject *made = PyModule_Create(&module);
    for (int t = 0; made != NULL && t < count; t++)
        if (PyModule_AddType(made, types[t]) < 0)
            Py_CLEAR(made);
    return made;
}
