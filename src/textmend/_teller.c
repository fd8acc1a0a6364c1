/* Teller: the original of a line that was written in a legacy encoding, where its letters leave no doubt.
 *
 * An optional quick way to what judging a line finds (misreadings/telling.py), which is what counts: it gives the same or
 * nothing, and tests/misreadings/test_telling.py compares them. Each different word counts once.
 */
#include "_teller.h"

#define MOST_SIGNS 1200
#define MOST_TOKENS 300
#define MOST_CANDIDATES 40
#define LEAST_TRAIL 0x30 /* no encoding ends a sign of several bytes with a lower one */
#define NONE 0         /* these bytes are no sign, ... */
#define BEGINS 0xFFFE  /* ... the first of two, ... */
#define LONGER 0xFFFF  /* ... or one that only Python tells */

typedef struct {
    Py_UCS4 *signs;
    Py_ssize_t length;
    int writer, several, reader; /* several: the number of a writer of several bytes a sign, -1 if it is not one */
    double price, cost;
} Candidate;

/* A line and what is compared with it. */
typedef struct {
    Text text;
    Py_ssize_t foreign; /* signs beyond ASCII */
    Token tokens[MOST_TOKENS], changing[MOST_TOKENS]; /* all; different ones with such signs */
    int16_t at[MOST_TOKENS];                          /* where those are among all */
    Py_ssize_t several, changed, beside;
    Token same[MOST_TOKENS]; /* the others */
    int16_t kept[MOST_TOKENS];
    Candidate candidates[MOST_CANDIDATES];
    int count, best;
    double nearest; /* what the second of them costs, at least */
} Line;

/* Split a text at its spaces; return how many tokens there are, -1 if there are too many. */
static Py_ssize_t
split(const Text *text, Token *tokens)
{
    Py_ssize_t count = 0, start = 0;
    for (Py_ssize_t i = 0; i <= text->length; i++)
        if (i == text->length || PyUnicode_READ(text->kind, text->data, i) == ' ') {
            if (count == MOST_TOKENS)
                return -1;
            tokens[count++] = (Token){start, i};
            start = i + 1;
        }
    return count;
}

/* Read a line; return whether it is one of which letters can tell. */
static int
read_line(const Teller *self, PyObject *whole, Line *line)
{
    line->text = (Text){PyUnicode_KIND(whole), PyUnicode_DATA(whole), PyUnicode_GET_LENGTH(whole)};
    const Text *text = &line->text;
    if (PyUnicode_IS_ASCII(whole) || text->length > MOST_SIGNS)
        return 0;
    line->foreign = line->changed = line->beside = 0;
    Py_UCS4 before = 0, earlier = 0;
    for (Py_ssize_t i = 0; i < text->length; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        if ((code < 0x20 && code != '\t') || (code >= 0x80 && is_kept(code)) || code == 0xA0 || code > 0xFFFF)
            return 0; /* a no-break space may have joined two words */
        if (code == 0xBD && before == 0xBF && earlier == 0xEF)
            return 0; /* the mark of lost bytes, misread */
        line->foreign += code >= 0x80;
        earlier = before;
        before = code;
    }
    if (line->foreign < self->least || (line->several = split(text, line->tokens)) < 0)
        return 0;
    for (Py_ssize_t t = 0; t < line->several; t++) {
        Token token = line->tokens[t];
        Py_ssize_t length = token.end - token.start, k = token.start;
        while (k < token.end && PyUnicode_READ(text->kind, text->data, k) < 0x80)
            k++;
        if (k == token.end) {
            line->kept[line->beside] = (int16_t)t;
            line->same[line->beside++] = token;
            continue;
        }
        int known = 0;
        for (Py_ssize_t c = 0; !known && c < line->changed; c++) {
            const Token *other = &line->changing[c];
            known = other->end - other->start == length &&
                    !memcmp((const char *)text->data + other->start * text->kind,
                            (const char *)text->data + token.start * text->kind, length * text->kind);
        }
        if (!known) {
            line->at[line->changed] = (int16_t)t;
            line->changing[line->changed++] = token;
        }
    }
    return 1;
}

/* Price a candidate, no farther than needed; keep it if none is like it: 0, -1 for an exception. Its signs are its own
 * from now on. */
static int
compare(Teller *self, Line *line, Candidate one)
{
    const Text text = {PyUnicode_4BYTE_KIND, one.signs, one.length};
    Token tokens[MOST_TOKENS], all[MOST_TOKENS];
    int good = line->count < MOST_CANDIDATES;
    for (int k = 0; good && k < line->count; k++)
        good = line->candidates[k].length != one.length ||
               memcmp(line->candidates[k].signs, one.signs, one.length * sizeof(Py_UCS4)) != 0;
    int bad = good ? holds_bad(self->verifier, &line->text, &text) : 1;
    if (bad || know_signs(self->model, &text) < 0 || split(&text, tokens) != line->several) {
        PyMem_Free(one.signs);
        return PyErr_Occurred() ? -1 : 0;
    }
    for (Py_ssize_t c = 0; c < line->changed; c++)
        all[c] = tokens[line->at[c]];
    for (Py_ssize_t c = 0; c < line->beside; c++)
        all[line->changed + c] = tokens[line->kept[c]];
    double best = line->best < 0 ? 1e12 : line->candidates[line->best].cost + self->ahead;
    int64_t cost;
    if (tokens_cost(self->model, &text, all, line->changed + line->beside, (int64_t)(best * self->units) + 1, &cost) < 0) {
        PyMem_Free(one.signs);
        return -1;
    }
    one.cost = (double)cost / self->units + one.price;
    line->candidates[line->count] = one;
    if (line->best < 0 || one.cost < line->candidates[line->best].cost) {
        if (line->best >= 0 && line->candidates[line->best].cost < line->nearest)
            line->nearest = line->candidates[line->best].cost;
        line->best = line->count;
    }
    else if (one.cost < line->nearest)
        line->nearest = one.cost;
    line->count++;
    return 0;
}

static int
by_rank(const void *a, const void *b)
{
    const Pair *one = a, *other = b;
    if (one->rank != other->rank)
        return one->rank < other->rank ? -1 : 1;
    return one->written != other->written ? one->written - other->written : one->read - other->read;
}

/* Compare one original of one byte a sign: whether there is one, -1 for an exception. */
static int
compare_single(Teller *self, Line *line, int writer, int reader)
{
    Py_UCS4 *signs = PyMem_Malloc((line->text.length + 1) * sizeof(Py_UCS4));
    if (signs == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (!translated(self->ranker, writer, reader, &line->text, signs)) {
        PyMem_Free(signs);
        return 0;
    }
    double price = self->prices[writer] + self->reader_prices[reader];
    return compare(self, line, (Candidate){signs, line->text.length, writer, -1, reader, price, 0.0}) < 0 ? -1 : 1;
}

/* Find the pairs of single-byte writer and reader that are likeliest to be behind a text, best first; return how many, -1
 * for an exception. Of readers that show the same bytes the commonest. found: to be freed. outside: whether a reader that
 * does not show all of a text is among them. */
Py_ssize_t
likeliest_pairs(Teller *self, Text text, uint64_t mask, Pair **found, int *outside)
{
    Rival *rivals = NULL;
    if (text.length > self->ranked)
        text.length = self->ranked;
    Py_ssize_t count = find_rivals(self->ranker, &text, self->mixed, self->named, &rivals);
    Pair *pairs = *found = count < 0 ? NULL : PyMem_Malloc((count + 1) * sizeof(Pair));
    if (pairs == NULL) {
        PyMem_Free(rivals);
        if (count >= 0)
            PyErr_NoMemory();
        return -1;
    }
    Py_ssize_t several = 0;
    *outside = 0;
    for (Py_ssize_t k = 0; k < count; k++) {
        Rival rival = rivals[k];
        double price = self->prices[rival.writer] + self->reader_prices[rival.reader];
        double rank = (double)rival.cost + price * self->units;
        *outside |= !(mask >> self->bits[rival.reader] & 1);
        Py_ssize_t at = 0;
        while (at < several && !(pairs[at].rival.cost == rival.cost && pairs[at].rival.writer == rival.writer))
            at++;
        const Pair pair = {rank, self->orders[rival.writer], self->reader_orders[rival.reader], rival};
        if (at == several)
            several++;
        else if (by_rank(&pairs[at], &pair) <= 0)
            continue;
        pairs[at] = pair;
    }
    PyMem_Free(rivals);
    qsort(pairs, several, sizeof(Pair), by_rank);
    return several;
}

/* Compare the likeliest originals of one byte a sign: 1, 0 where they cannot be told, -1 for an exception. */
static int
compare_singles(Teller *self, Line *line, uint64_t mask)
{
    Pair *pairs = NULL;
    int outside = 0;
    Py_ssize_t several = likeliest_pairs(self, line->text, mask, &pairs, &outside);
    int taken = line->count, answer = several < 0 ? -1 : !outside;
    for (Py_ssize_t k = 0; answer > 0 && k < several && k < self->looked && line->count - taken < self->compared; k++) {
        if (pairs[k].rank > pairs[0].rank + self->far)
            break;
        if (compare_single(self, line, pairs[k].rival.writer, pairs[k].rival.reader) < 0)
            answer = -1;
    }
    PyMem_Free(pairs);
    return answer;
}

/* Return what bytes are in an encoding after a high byte, or alone. */
static const uint16_t *
row_of(Teller *self, int number, int lead)
{
    uint16_t **row = &self->rows[number][lead];
    if (*row != NULL)
        return *row;
    PyObject *raw = PyObject_CallFunction(self->signs, "Oi", PyTuple_GET_ITEM(self->multi, number), lead);
    if (raw == NULL)
        return NULL;
    uint16_t *signs = PyMem_Malloc(256 * sizeof(uint16_t));
    if (!PyBytes_Check(raw) || PyBytes_GET_SIZE(raw) != 256 * (Py_ssize_t)sizeof(uint16_t) || signs == NULL) {
        PyErr_SetString(PyExc_ValueError, "the signs of an encoding have the wrong size");
        Py_DECREF(raw);
        PyMem_Free(signs);
        return NULL;
    }
    memcpy(signs, PyBytes_AS_STRING(raw), 256 * sizeof(uint16_t));
    Py_DECREF(raw);
    if (*row != NULL)
        PyMem_Free(signs); /* another thread was faster */
    else
        *row = signs;
    return *row;
}

/* Decode bytes of two a sign at most; return how many signs they are, -1 if they are none, -2 if only Python tells, -3
 * for an exception. */
Py_ssize_t
decode(Teller *self, int number, const uint8_t *bytes, Py_ssize_t length, Py_UCS4 *signs)
{
    const uint16_t *row = row_of(self, number, ALONE);
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; row != NULL && i < length; i++) {
        Py_UCS4 sign = bytes[i] < 0x80 ? bytes[i] : row[bytes[i]];
        if (sign == BEGINS) {
            if (++i == length || bytes[i] < LEAST_TRAIL)
                return -1;
            const uint16_t *pairs = row_of(self, number, bytes[i - 1] - 0x80);
            if (pairs == NULL)
                return -3;
            sign = pairs[bytes[i]];
        }
        if (sign == NONE)
            return -1;
        if (sign == LONGER)
            return -2;
        signs[count++] = sign;
    }
    return row == NULL ? -3 : count;
}

/* Compare one original of several bytes a sign: 0, -1 for an exception. */
static int
compare_pairs(Teller *self, Line *line, PyObject *data, int number, int reader)
{
    const Py_ssize_t size = PyBytes_GET_SIZE(data);
    Candidate one = {PyMem_Malloc((size + 1) * sizeof(Py_UCS4)), 0, -1, number, reader,
                     self->multi_prices[number] + self->reader_prices[reader], 0.0};
    if (one.signs == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    one.length = decode(self, number, (const uint8_t *)PyBytes_AS_STRING(data), size, one.signs);
    if (one.length == -2) {
        PyObject *decoded = PyObject_CallFunction(self->decode, "OO", data, PyTuple_GET_ITEM(self->multi, number));
        PyMem_Free(one.signs);
        if (decoded == NULL || !PyUnicode_Check(decoded)) {
            Py_XDECREF(decoded);
            return -(decoded == NULL);
        }
        one.signs = PyUnicode_AsUCS4Copy(decoded);
        one.length = PyUnicode_GET_LENGTH(decoded);
        Py_DECREF(decoded);
        if (one.signs == NULL)
            return -1;
    }
    else if (one.length < 0) {
        PyMem_Free(one.signs);
        return one.length == -3 ? -1 : 0;
    }
    return compare(self, line, one);
}

/* Compare the originals of several bytes a sign, as the commonest readers show them: 0, -1 for an exception. */
static int
compare_several(Teller *self, Line *line, uint64_t mask)
{
    PyObject *views[8];
    int shown[8], count = 0, asked = 0, answer = 0;
    const int readers = (int)PyTuple_GET_SIZE(self->readers);
    while (answer == 0 && asked < self->views) { /* the cheapest readers first */
        int reader = -1;
        for (int r = 0; r < readers; r++)
            if (mask >> self->bits[r] & 1 && (reader < 0 || self->reader_prices[r] < self->reader_prices[reader] ||
                                              (self->reader_prices[r] == self->reader_prices[reader] &&
                                               self->bits[r] < self->bits[reader])))
                reader = r;
        if (reader < 0)
            break;
        mask &= ~((uint64_t)1 << self->bits[reader]);
        asked++;
        PyObject *data = PyBytes_FromStringAndSize(NULL, line->text.length);
        if (data == NULL || !bytes_shown(self->ranker, reader, &line->text, (uint8_t *)PyBytes_AS_STRING(data))) {
            answer = -(data == NULL);
            Py_XDECREF(data);
            continue;
        }
        int known = 0;
        for (int v = 0; !known && v < count; v++)
            known = !memcmp(PyBytes_AS_STRING(views[v]), PyBytes_AS_STRING(data), line->text.length);
        if (known) {
            Py_DECREF(data);
            continue;
        }
        views[count] = data;
        shown[count++] = reader;
    }
    if (count && self->last >= 0 && answer == 0) /* what was told last is likeliest; the first found bounds the others */
        answer = compare_pairs(self, line, views[0], self->last, shown[0]);
    for (int v = 0; v < count; v++)
        for (int number = 0; answer == 0 && number < self->several; number++)
            if (v || number != self->last)
                answer = compare_pairs(self, line, views[v], number, shown[v]);
    for (int v = 0; v < count; v++)
        Py_DECREF(views[v]);
    return answer;
}

/* How many bytes belong to UTF-8, and whether all may (sequences.begun, shaped). */
static int
may_be_utf8(const uint8_t *bytes, Py_ssize_t length)
{
    Py_ssize_t begun = 0, tails = 0;
    int shaped = length > 0, left = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        uint8_t byte = bytes[i];
        int tail = byte >= 0x80 && byte < 0xC0;
        tails += tail;
        if (tail)
            shaped &= left-- > 0;
        else {
            left = byte < 0xC2 || byte > 0xF4 ? -1 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
            shaped &= left > 0;
        }
        if (left < 0)
            left = 0;
    }
    for (Py_ssize_t i = 0; i + 1 < length;) {
        uint8_t byte = bytes[i], next = bytes[i + 1];
        int more = byte >= 0xC2 && byte <= 0xDF ? 0 : byte >= 0xE0 && byte <= 0xEF ? 1 : byte >= 0xF0 && byte <= 0xF4 ? 2 : -1;
        uint8_t least = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80, most = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
        i++;
        if (more < 0 || next < least || next > most)
            continue;
        begun += 2;
        for (i++; more > 0 && i < length && bytes[i] >= 0x80 && bytes[i] < 0xC0; i++, more--)
            begun++;
    }
    return 10 * begun > 7 * length || (shaped && length >= 8 && 10 * tails > 3 * length);
}

/* Whether the evidence for the best candidate leaves no doubt either: 2 if it may be garbled itself, -1 is an exception.
 * gained: the bits for it. */
static int
is_evident(Teller *self, const Line *line, double *gained)
{
    const Candidate *one = &line->candidates[line->best];
    const Text candidate = {PyUnicode_4BYTE_KIND, one->signs, one->length};
    int unclear = is_special(self->verifier, &line->text, 0);
    if (unclear == 0)
        unclear = is_special(self->verifier, &candidate, 1);
    if (unclear == 0)
        unclear = looks_garbled(self->verifier, &line->text, &candidate);
    if (unclear == 1 || unclear < 0)
        return unclear < 0 ? -1 : 0;
    Token tokens[MOST_TOKENS], after[MOST_TOKENS], before[MOST_TOKENS], came[MOST_TOKENS];
    if (split(&candidate, tokens) != line->several)
        return 0;
    Py_ssize_t witnesses = 0;
    for (Py_ssize_t c = 0; c < line->changed; c++) {
        after[c] = tokens[line->at[c]];
        if (bears_witness(self->verifier, &line->text, &line->changing[c], &candidate, &after[c])) {
            before[witnesses] = line->changing[c];
            came[witnesses++] = after[c];
        }
    }
    int64_t gain;
    if (!witnesses)
        return 0;
    gain = 0;
    if (line->changed > self->glance &&
        tokens_gain(self->model, &line->text, line->same, 0, &candidate, line->changing, after, self->glance, &gain) < 0)
        return -1;
    if ((double)gain / self->units < self->hopeless)
        return 0;
    if (tokens_gain(self->model, &line->text, line->same, line->beside, &candidate, before, came, witnesses, &gain) < 0)
        return -1;
    if ((double)gain / self->units - one->price < self->witnessed)
        return 0;
    if (witnesses < line->changed && tokens_gain(self->model, &line->text, line->same, line->beside, &candidate,
                                                 line->changing, after, line->changed, &gain) < 0)
        return -1;
    *gained = (double)gain / self->units;
    return *gained - one->price < self->witnessed ? 0 : unclear ? 2 : 1;
}

/* Whether the best candidate is far ahead of all else: -1 is an exception. */
static int
is_ahead(Teller *self, const Line *line)
{
    if (line->best < 0)
        return 0;
    const Candidate *one = &line->candidates[line->best];
    if (line->nearest - one->cost < self->ahead)
        return 0;
    Token all[MOST_TOKENS];
    memcpy(all, line->changing, line->changed * sizeof(Token));
    memcpy(all + line->changed, line->same, line->beside * sizeof(Token));
    double least = self->each * line->foreign;
    least = one->cost + (least < self->gain ? self->gain : least);
    int64_t cost;
    if (tokens_cost(self->model, &line->text, all, line->changed + line->beside, (int64_t)(least * self->units) + 1, &cost) < 0)
        return -1;
    if ((double)cost / self->units < least)
        return 0;
    uint8_t bytes[MOST_SIGNS], high[MOST_SIGNS];
    Py_ssize_t count = 0;
    if (!bytes_shown(self->ranker, one->reader, &line->text, bytes))
        return 0;
    for (Py_ssize_t i = 0; i < line->text.length; i++)
        if (bytes[i] >= 0x80)
            high[count++] = bytes[i];
    return !may_be_utf8(high, count);
}

static PyObject *
tell(Teller *self, Line *line)
{
    uint64_t mask;
    int utf8 = readers_showing(self->verifier, &line->text, &mask);
    if (utf8 < 0 || know_signs(self->model, &line->text) < 0)
        return NULL;
    if (utf8 || !mask)
        Py_RETURN_NONE;
    int told = self->last >= 0 ? compare_several(self, line, mask) : 0;
    if (told == 0)
        told = compare_singles(self, line, mask);
    if (told > 0 && self->last < 0)
        told = compare_several(self, line, mask) < 0 ? -1 : 1;
    double gained = 0.0;
    told = told > 0 ? is_ahead(self, line) : told;
    told = told > 0 ? is_evident(self, line, &gained) : told;
    if (told < 0)
        return NULL;
    if (!told)
        Py_RETURN_NONE;
    const Candidate *one = &line->candidates[line->best];
    PyObject *original = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, one->signs, one->length);
    self->last = one->several;
    PyObject *written =
        one->several < 0 ? PyTuple_GET_ITEM(self->writers, one->writer) : PyTuple_GET_ITEM(self->multi, one->several);
    return original == NULL ? NULL
                            : Py_BuildValue("NOOdi", original, written, PyTuple_GET_ITEM(self->readers, one->reader), gained,
                                            told == 2);
}

static PyObject *
Teller_told(Teller *self, PyObject *whole)
{
    if (!PyUnicode_Check(whole)) {
        PyErr_SetString(PyExc_TypeError, "told() takes a str");
        return NULL;
    }
    Line line;
    if (!read_line(self, whole, &line))
        Py_RETURN_NONE;
    line.count = 0;
    line.best = -1;
    line.nearest = 1e300;
    PyObject *answer = tell(self, &line);
    for (int k = 0; k < line.count; k++)
        PyMem_Free(line.candidates[k].signs);
    return answer;
}

/* What a line costs as it was before a misreading, or more than so much: -1 where it cannot have happened, -2 where only
 * Python tells, -3 for an exception. several: whether the writer is one of several bytes a sign. */
static int64_t
cost_before(Teller *self, const Text *text, int several, int writer, int reader, int64_t most)
{
    if (text->length > MOST_SIGNS)
        return -2;
    if (reader < 0 || reader >= PyTuple_GET_SIZE(self->readers) || writer < 0 ||
        writer >= PyTuple_GET_SIZE(several ? self->multi : self->writers)) {
        PyErr_SetString(PyExc_ValueError, "no such writer or reader");
        return -3;
    }
    Py_UCS4 signs[MOST_SIGNS];
    Text candidate = {PyUnicode_4BYTE_KIND, signs, text->length};
    if (several) {
        uint8_t bytes[MOST_SIGNS];
        candidate.length = bytes_shown(self->ranker, reader, text, bytes) ? decode(self, writer, bytes, text->length, signs) : -1;
    }
    else if (!translated(self->ranker, writer, reader, text, signs))
        candidate.length = -1;
    if (candidate.length < 0)
        return candidate.length;
    Token tokens[MOST_TOKENS];
    Py_ssize_t count = split(&candidate, tokens);
    if (count < 0)
        return -2;
    int bad = holds_bad(self->verifier, text, &candidate);
    int64_t cost = -1;
    if (bad < 0 || know_signs(self->model, &candidate) < 0 ||
        (!bad && tokens_cost(self->model, &candidate, tokens, count, most, &cost) < 0))
        return -3;
    return cost;
}

static PyObject *
Teller_dearer(Teller *self, PyObject *args)
{
    PyObject *whole;
    int writer, reader, several;
    long long most;
    if (!PyArg_ParseTuple(args, "UpiiL", &whole, &several, &writer, &reader, &most))
        return NULL;
    const Text text = {PyUnicode_KIND(whole), PyUnicode_DATA(whole), PyUnicode_GET_LENGTH(whole)};
    int64_t cost = cost_before(self, &text, several, writer, reader, most);
    if (cost == -2)
        Py_RETURN_NONE;
    return cost == -3 ? NULL : PyLong_FromLongLong(cost);
}

/* Return which of several misreadings, by their numbers, do not make a line cost more than so much; those that only
 * Python tells are among them. here: what it costs as it stands. */
static PyObject *
Teller_left(Teller *self, PyObject *args)
{
    PyObject *whole, *asked;
    long long here, most;
    if (!PyArg_ParseTuple(args, "ULLO!", &whole, &here, &most, &PyTuple_Type, &asked))
        return NULL;
    const Text text = {PyUnicode_KIND(whole), PyUnicode_DATA(whole), PyUnicode_GET_LENGTH(whole)};
    PyObject *left = PyList_New(0);
    for (Py_ssize_t k = 0; left != NULL && k < PyTuple_GET_SIZE(asked); k++) {
        PyObject *one = PyTuple_GET_ITEM(asked, k);
        int several, writer, reader;
        int64_t cost = -2;
        if (one != Py_None)
            cost = PyArg_ParseTuple(one, "pii", &several, &writer, &reader)
                       ? cost_before(self, &text, several, writer, reader, most)
                       : -3;
        if (cost == -3) {
            Py_CLEAR(left);
            break;
        }
        if ((cost == -1 ? here : cost) > most)
            continue;
        PyObject *number = PyLong_FromSsize_t(k);
        if (number == NULL || PyList_Append(left, number) < 0)
            Py_CLEAR(left);
        Py_XDECREF(number);
    }
    return left;
}

/* Where a text begins not to be what two readers show for the same byte. */
static PyObject *
Teller_apart(Teller *self, PyObject *args)
{
    PyObject *whole;
    int one, other;
    if (!PyArg_ParseTuple(args, "Uii", &whole, &one, &other))
        return NULL;
    const int readers = (int)PyTuple_GET_SIZE(self->readers);
    if (one < 0 || one >= readers || other < 0 || other >= readers) {
        PyErr_SetString(PyExc_ValueError, "no such reader");
        return NULL;
    }
    const Text text = {PyUnicode_KIND(whole), PyUnicode_DATA(whole), PyUnicode_GET_LENGTH(whole)};
    return PyLong_FromSsize_t(shown_apart(self->ranker, one, other, &text));
}

static int
read_numbers(PyObject *from, Py_ssize_t count, double *doubles, int *ints)
{
    if (!PyTuple_Check(from) || PyTuple_GET_SIZE(from) != count) {
        PyErr_SetString(PyExc_ValueError, "the tables of a Teller have the wrong size");
        return -1;
    }
    for (Py_ssize_t k = 0; k < count; k++) {
        PyObject *one = PyTuple_GET_ITEM(from, k);
        if (doubles != NULL)
            doubles[k] = PyFloat_AsDouble(one);
        else
            ints[k] = (int)PyLong_AsLong(one);
    }
    return PyErr_Occurred() ? -1 : 0;
}

static int
Teller_init(Teller *self, PyObject *args, PyObject *kwds)
{
    PyObject *kept[8], *prices, *reader_prices, *bits, *orders, *reader_orders, *multi_prices;
    if (!may_set_up((PyObject *)self, kwds, self->verifier))
        return -1;
    if (!PyArg_ParseTuple(args, "O!O!O!OOO!O!O!OOOOOO(iiiiiiiiidddddd)", &VerifierType, &kept[0], &RankerType, &kept[1],
                          &KernelType, &kept[2], &kept[3], &kept[4], &PyTuple_Type, &kept[5], &PyTuple_Type,
                          &kept[6], &PyTuple_Type, &kept[7], &prices, &reader_prices, &bits, &orders, &reader_orders,
                          &multi_prices,
                          &self->units, &self->mixed, &self->named, &self->ranked, &self->least, &self->compared,
                          &self->looked, &self->views, &self->glance, &self->gain, &self->each, &self->ahead, &self->far,
                          &self->witnessed, &self->hopeless))
        return -1;
    Py_ssize_t writers = PyTuple_GET_SIZE(kept[5]), readers = PyTuple_GET_SIZE(kept[6]), several = PyTuple_GET_SIZE(kept[7]);
    if (writers > MOST_WRITERS || readers > MOST_WRITERS || several > MOST_MULTI || self->units < 1 || self->views > 8 || self->named > 8 || !same_tables(kept[1], writers, readers)) {
        PyErr_SetString(PyExc_ValueError, "the tables of a Teller have the wrong size");
        return -1;
    }
    if (read_numbers(prices, writers, self->prices, NULL) < 0 ||
        read_numbers(reader_prices, readers, self->reader_prices, NULL) < 0 ||
        read_numbers(bits, readers, NULL, self->bits) < 0 ||
        read_numbers(orders, writers, NULL, self->orders) < 0 ||
        read_numbers(reader_orders, readers, NULL, self->reader_orders) < 0 ||
        read_numbers(multi_prices, several, self->multi_prices, NULL) < 0)
        return -1;
    self->several = (int)several;
    self->last = -1;
    PyObject **into[] = {&self->verifier, &self->ranker, &self->model, &self->decode, &self->signs,
                         &self->writers,  &self->readers, &self->multi};
    for (int k = 0; k < 8; k++) {
        Py_INCREF(kept[k]);
        *into[k] = kept[k];
    }
    return 0;
}

static void
Teller_dealloc(Teller *self)
{
    PyObject *kept[] = {self->verifier, self->ranker,  self->model,   self->decode,
                        self->signs,    self->writers, self->readers, self->multi};
    for (int k = 0; k < 8; k++)
        Py_XDECREF(kept[k]);
    for (int k = 0; k < MOST_MULTI; k++)
        for (int lead = 0; lead <= ALONE; lead++)
            PyMem_Free(self->rows[k][lead]);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Teller_methods[] = {
    {"told", (PyCFunction)Teller_told, METH_O, "Return (original, writer, reader, bits, doubt) of a line; None where it must be judged."},
    {"dearer", (PyCFunction)Teller_dearer, METH_VARARGS, "Return what a line costs before a misreading, or more than so much."},
    {"promising", (PyCFunction)promising, METH_VARARGS, "Return the candidates of a window that may gain enough."},
    {"left", (PyCFunction)Teller_left, METH_VARARGS, "Return which misreadings do not make a line cost more than so much."},
    {"apart", (PyCFunction)Teller_apart, METH_VARARGS,
     "Return where a text begins not to be what two readers show for the same byte, -1 if all of it is."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject TellerType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "textmend._kernel.Teller",
    .tp_doc = "The legacy originals that their letters tell.",
    .tp_basicsize = sizeof(Teller),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Teller_init,
    .tp_dealloc = (destructor)Teller_dealloc,
    .tp_methods = Teller_methods,
};
