/* Kernel: the cost of tokens, and of packed sums.
 *
 * An optional copy of Model.token, settle and what sums them up (plausibility/model.py), which are what
 * counts: both give the same numbers, and tests/plausibility/test_kernel.py compares them. A packed cost
 * is a Python integer of 32-bit fields, little end first: the classes' cost, one field for each language,
 * the number of rare letters and mixed words.
 */
#include "_kernel.h"

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

/* What a word costs in each language of its group, remembered: the candidates of a line share most of its words. */
#define REMEMBERED 4096
#define LONGEST 15
#define LANGUAGES 128

typedef struct {
    const Group *group;
    int32_t length, rare;
    int32_t letters[LONGEST];
    uint32_t costs[LANGUAGES];
} Word;

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
    int64_t most; /* adding tokens may stop where they cost more together, if it is not 0 */
    uint32_t *sum, *word, *shared;
    Word *words;
} Kernel;

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
add_east(Kernel *self, const Group *group, const int32_t *letters, Py_ssize_t length)
{
    uint32_t *sum = self->sum + group->first;
    int n = group->languages;
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
}

/* Set costs to what a word costs in every language; return how many of its letters are rare. */
static int
price_word(Kernel *self, const Group *group, uint32_t *costs, const int32_t *letters, Py_ssize_t length)
{
    int n = group->languages, rare = 0;
    memset(costs, 0, n * sizeof(uint32_t));
    int32_t extra = 0;
    int previous = 0, earlier = 0, known = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        int current = letters[i];
        if (current < 0) {
            extra += self->rare_letter;
            rare++;
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
        costs[i] = cost > 0 ? (uint32_t)cost : 0;
    }
    return rare;
}

static void
add_word(Kernel *self, const Group *group, const int32_t *letters, Py_ssize_t length)
{
    if (group->east) {
        add_east(self, group, letters, length);
        return;
    }
    uint32_t *sum = self->sum + group->first, *costs = self->word;
    int n = group->languages, rare;
    if (length <= LONGEST && n <= LANGUAGES) {
        uint32_t hash = (uint32_t)group->first;
        for (Py_ssize_t i = 0; i < length; i++)
            hash = (hash ^ (uint32_t)letters[i]) * 0x9E3779B1u;
        Word *word = &self->words[(hash >> 16) % REMEMBERED];
        if (word->group != group || word->length != length || memcmp(word->letters, letters, length * sizeof(int32_t))) {
            word->group = group;
            word->length = (int32_t)length;
            memcpy(word->letters, letters, length * sizeof(int32_t));
            word->rare = price_word(self, group, word->costs, letters, length);
        }
        rare = word->rare;
        costs = word->costs;
    }
    else
        rare = price_word(self, group, costs, letters, length);
    self->sum[self->fields] += (uint32_t)rare;
    for (int i = 0; i < n; i++)
        sum[i] += costs[i];
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
int
know_signs(PyObject *kernel, const Text *text)
{
    Kernel *self = (Kernel *)kernel;
    for (Py_ssize_t i = 0; i < text->length; i++)
        if (have_page(self->describe, self->pages, PyUnicode_READ(text->kind, text->data, i), sizeof(Sign)) < 0)
            return -1;
    return 0;
}

static int
have_signs(Kernel *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "the model takes a str");
        return -1;
    }
    Text signs = {PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)};
    return know_signs((PyObject *)self, &signs);
}

static int64_t settled(Kernel *self, int supposed);

/* Whether what was added costs more already than is of interest. */
static inline int
is_enough(Kernel *self)
{
    return self->most && settled(self, 0) > self->most;
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
                if (self->groups[current].east && is_enough(self))
                    break;
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
Kernel_latin(Kernel *self, PyObject *packed)
{
    if (!PyLong_Check(packed)) {
        PyErr_SetString(PyExc_TypeError, "latin() takes a packed sum");
        return NULL;
    }
    if (begin_sum(self, packed) < 0)
        return NULL;
    const Group *group = &self->groups[0];
    const uint32_t *costs = self->sum + group->first, *prior = self->prior + group->first;
    int best = 0;
    for (int i = 1; i < group->languages; i++)
        if ((uint64_t)costs[i] + prior[i] < (uint64_t)costs[best] + prior[best])
            best = i;
    return PyLong_FromLong(best);
}

static PyObject *
Kernel_language(Kernel *self, PyObject *text)
{
    if (have_signs(self, text) < 0 || begin_sum(self, NULL) < 0 || add_text(self, text) < 0)
        return NULL;
    uint32_t most = 0;
    long best = -1;
    for (int g = 0; g < self->count; g++) {
        const Group *group = &self->groups[g];
        const uint32_t *costs = self->sum + group->first, *prior = self->prior + group->first;
        uint32_t dearest = 0;
        int cheapest = 0;
        for (int i = 0; i < group->languages; i++) {
            if (costs[i] > dearest)
                dearest = costs[i];
            if ((uint64_t)costs[i] + prior[i] < (uint64_t)costs[cheapest] + prior[cheapest])
                cheapest = i;
        }
        if (dearest > most) {
            most = dearest;
            best = group->first - 1 + cheapest;
        }
    }
    return PyLong_FromLong(best);
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

/* By how much some tokens of a text, beside others of it, cost more than those of a candidate in their place (Kernel_gain);
 * 0 where nothing stands beside them, and 1 where something does, -1 for an exception. Their signs are known. */
int
tokens_gain(PyObject *kernel, const Text *text, const Token *beside, Py_ssize_t count, const Text *candidate,
            const Token *before, const Token *after, Py_ssize_t changed, int64_t *gain)
{
    Kernel *self = (Kernel *)kernel;
    size_t size = (self->fields + 1) * sizeof(uint32_t);
    int64_t costs[2];
    begin_sum(self, NULL);
    for (Py_ssize_t t = 0; t < count; t++)
        if (add_token(self, text->kind, text->data, beside[t].start, beside[t].end) < 0)
            return -1;
    int there = 0;
    for (int f = 0; !there && f <= self->fields; f++)
        there = self->sum[f] != 0;
    memcpy(self->shared, self->sum, size);
    for (int side = 0; side < 2; side++) {
        const Text *one = side ? candidate : text;
        const Token *tokens = side ? after : before;
        if (side)
            memcpy(self->sum, self->shared, size);
        for (Py_ssize_t t = 0; t < changed; t++)
            if (add_token(self, one->kind, one->data, tokens[t].start, tokens[t].end) < 0)
                return -1;
        costs[side] = settled(self, side);
    }
    *gain = costs[0] - costs[1];
    return there;
}

/* What some tokens of a text cost, or more than so much, as soon as that is certain. Their signs are known. */
int
tokens_cost(PyObject *kernel, const Text *text, const Token *tokens, Py_ssize_t count, int64_t most, int64_t *cost)
{
    Kernel *self = (Kernel *)kernel;
    begin_sum(self, NULL);
    *cost = 0;
    for (Py_ssize_t t = 0, asked = 1; t < count && *cost <= most; t++) {
        self->most = most;
        int added = add_token(self, text->kind, text->data, tokens[t].start, tokens[t].end);
        self->most = 0;
        if (added < 0)
            return -1;
        if (t + 1 == asked || t + 1 == count) { /* more tokens never cost less */
            *cost = settled(self, 0);
            asked *= 2;
        }
    }
    return 0;
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
    if (!may_set_up((PyObject *)self, kwds, self->describe))
        return -1;
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
    self->shared = PyMem_Calloc(self->fields + 1, sizeof(uint32_t));
    self->words = PyMem_Calloc(REMEMBERED, sizeof(Word));
    self->upper = PyMem_Calloc(self->classes, 1);
    self->after = PyMem_Calloc(self->classes, 1);
    self->upper2 = PyMem_Calloc(self->classes, sizeof(int16_t));
    if (!self->groups || !self->sum || !self->word || !self->shared || !self->words || !self->upper || !self->after || !self->upper2) {
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
    PyMem_Free(self->shared);
    PyMem_Free(self->words);
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
    {"language", (PyCFunction)Kernel_language, METH_O, "Return the language that explains most of a text best, -1 if none."},
    {"latin", (PyCFunction)Kernel_latin, METH_O, "Return the language of the first group that explains a packed sum best."},
    {"packed", (PyCFunction)Kernel_packed, METH_O, "Return the packed cost of a text."},
    {"cost", (PyCFunction)Kernel_cost, METH_O, "Return the cost of a text in the best languages."},
    {"gain", (PyCFunction)Kernel_gain, METH_VARARGS, "Return what tokens cost more than those that replace them."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject KernelType = {
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
