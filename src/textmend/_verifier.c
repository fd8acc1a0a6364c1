/* Verifier: the originals of a text of which every run is UTF-8 that a reader of one byte a sign showed.
 *
 * An optional copy of verified_slowly (misreadings/verifying.py) and of what they ask, which are what counts;
 * both give the same answers, and tests/misreadings/test_verifying.py compares them. What is seldom met is left to Python.
 */
#include "_kernel.h"

/* what a character is to the evidence */
enum {
    UNHEARD = 1,  /* a letter that no language uses */
    USUAL = 2,    /* what typing programs put into texts, or beyond the small alphabets */
    ALONE = 4,    /* a letter that is a word of its own */
    LETTER = 8,   /* a part of a word */
    UNSTABLE = 16, /* it may change where a text is normalized */
    EAST = 32,    /* an East Asian letter */
    BAD = 64,     /* no repair may bring it in */
    FIGURE = 128, /* it makes an amount or an ordinal of a number */
    WORDY = 256,  /* a word of several letters may hold it */
};

#define MOST_READERS 64
#define MOST_ORIGINALS 16
#define MOST_COMPARED 40000 /* signs of a token by those of another, beyond which Python looks at them */

typedef struct {
    uint64_t shows, begins, goes_on; /* readers that show it, those for which it begins a sequence or goes on with it */
    uint16_t flags;
    uint8_t described, found; /* whether the flags are known, and the masks: they take the longer */
} Fact;

typedef struct {
    PyObject_HEAD
    PyObject *shown;    /* (character) -> the masks of a Fact */
    PyObject *describe; /* (character) -> its flags */
    PyObject *names, *model, *reader, *scan, *weigh, *doubt;
    PyObject *normal; /* (text) -> whether normalizing leaves it alone */
    PyObject *readers[MOST_READERS]; /* the Reader of each of one byte a sign, when it was asked for */
    double prices[MOST_READERS];
    int order[MOST_READERS]; /* readers, the commonest first */
    int several;
    uint64_t single, common; /* readers of one byte a sign, and those in order */
    int units, glance;
    double hopeless, weak, spoken, enough, seldom, believed, beyond;
    double worth[3], valid[3], most_valid;
    Fact *pages[PAGES];
} Verifier;

typedef struct {
    int reader;
    double worth, valid;
    PyObject *text;
    Undone undone;
} Original;

static Fact *
slot_for(Verifier *self, Py_UCS4 code)
{
    Fact *page = self->pages[code / PAGE];
    if (page == NULL) {
        page = self->pages[code / PAGE] = PyMem_Calloc(PAGE, sizeof(Fact));
        if (page == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
    }
    return &page[code % PAGE];
}

/* What a character is to the evidence. */
static const Fact *
fact_of(Verifier *self, Py_UCS4 code)
{
    Fact *fact = slot_for(self, code);
    if (fact == NULL || fact->described)
        return fact;
    PyObject *answer = PyObject_CallFunction(self->describe, "C", (int)code);
    long flags = answer == NULL ? -1 : PyLong_AsLong(answer);
    Py_XDECREF(answer);
    if (flags == -1 && PyErr_Occurred())
        return NULL;
    fact->flags = (uint16_t)flags;
    fact->described = 1;
    return fact;
}

/* Who shows a character. */
static const Fact *
shown_of(Verifier *self, Py_UCS4 code)
{
    Fact *fact = slot_for(self, code);
    if (fact == NULL || fact->found)
        return fact;
    unsigned long long shows, begins, goes_on;
    PyObject *answer = PyObject_CallFunction(self->shown, "C", (int)code);
    int good = answer != NULL && PyArg_ParseTuple(answer, "KKK", &shows, &begins, &goes_on);
    Py_XDECREF(answer);
    if (!good)
        return NULL;
    fact->shows = shows;
    fact->begins = begins;
    fact->goes_on = goes_on;
    fact->found = 1;
    return fact;
}

/* Facts that are known. */
static inline const Fact *
known_of(const Verifier *self, Py_UCS4 code)
{
    return &self->pages[code / PAGE][code % PAGE];
}

/* Tell who can show every sign of all runs, and UTF-8 in some, of several bytes a sign in each; -1 for an exception. */
static int
mask_of(Verifier *self, const Text *text, uint64_t *mask)
{
    uint64_t shared = self->common, utf8 = 0, begun = 0;
    int inside = 0, any = 0;
    for (Py_ssize_t i = 0; i < text->length; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        if (is_kept(code)) {
            inside = 0;
            continue;
        }
        const Fact *fact = shown_of(self, code);
        if (fact == NULL)
            return -1;
        shared &= fact->shows & (inside ? shared : fact->begins | self->single);
        if (!shared)
            break;
        utf8 |= inside ? begun & fact->goes_on & self->single : ~self->single;
        begun = fact->begins;
        inside = any = 1;
    }
    *mask = any ? shared & utf8 : 0;
    return 0;
}

/* Return the Reader of a number, borrowed. */
static PyObject *
reader_of(Verifier *self, int number)
{
    if (self->readers[number] == NULL) {
        PyObject *reader = PyObject_CallFunction(self->reader, "i", number);
        if (reader == NULL)
            return NULL;
        if (Py_TYPE(reader) != &ReaderType) {
            Py_DECREF(reader);
            PyErr_SetString(PyExc_TypeError, "a Reader is needed");
            return NULL;
        }
        if (self->readers[number] == NULL)
            self->readers[number] = reader;
        else
            Py_DECREF(reader); /* another thread was faster */
    }
    return self->readers[number];
}

/* Undo a text as a reader shows it (undo_text). */
static int
undo_as(Verifier *self, int number, const Text *text, Undone *undone)
{
    memset(undone, 0, sizeof(*undone));
    PyObject *reader = reader_of(self, number);
    return reader == NULL ? -1 : undo_text(reader, text->kind, text->data, text->length, undone);
}

/* A set of characters. */
typedef struct {
    Py_UCS4 *slots;
    size_t most;
} Chars;

static int
chars_init(Chars *chars, Py_ssize_t count)
{
    chars->most = 64;
    while (chars->most < 2 * (size_t)count)
        chars->most *= 2;
    chars->slots = PyMem_Calloc(chars->most, sizeof(Py_UCS4));
    if (chars->slots == NULL)
        PyErr_NoMemory();
    return chars->slots == NULL ? -1 : 0;
}

/* Where a character is or belongs; none is NUL. */
static Py_UCS4 *
slot_of(const Chars *chars, Py_UCS4 code)
{
    size_t at = (code * 0x9E3779B1u) >> 7;
    for (;; at++) {
        Py_UCS4 *slot = &chars->slots[at & (chars->most - 1)];
        if (*slot == code || *slot == 0)
            return slot;
    }
}

static inline int
size_of(Py_UCS4 code)
{
    return code < 0x800 ? 0 : code < 0x10000 ? 1 : 2;
}

/* Fill in what the sequences of an original are worth, and what those are that came out anew. */
static int
weigh_sequences(const Verifier *self, const Text *text, Original *one)
{
    Chars old = {NULL, 0}, seen = {NULL, 0};
    int good = chars_init(&old, text->length) == 0 && chars_init(&seen, one->undone.count) == 0;
    one->worth = one->valid = 0.0;
    for (Py_ssize_t i = 0; good && i < text->length; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        if (code >= 0x80)
            *slot_of(&old, code) = code;
    }
    for (Py_ssize_t i = 0; good && i < one->undone.count; i++) {
        Py_UCS4 code = one->undone.made[i];
        Py_UCS4 *slot = code < 0x80 ? NULL : slot_of(&seen, code);
        if (slot == NULL || *slot == code)
            continue;
        *slot = code;
        one->worth += self->worth[size_of(code)];
        if (*slot_of(&old, code) != code)
            one->valid += self->valid[size_of(code)];
    }
    if (one->valid > self->most_valid)
        one->valid = self->most_valid;
    PyMem_Free(old.slots);
    PyMem_Free(seen.slots);
    return good ? 0 : -1;
}

/* Whether normalizing leaves a text alone: -1 for an exception. */
static int
is_normal(const Verifier *self, const Text *text)
{
    PyObject *whole = PyUnicode_FromKindAndData(text->kind, text->data, text->length);
    PyObject *answer = whole == NULL ? NULL : PyObject_CallFunctionObjArgs(self->normal, whole, NULL);
    int normal = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(whole);
    Py_XDECREF(answer);
    return normal;
}

/* Whether Python must look at a text: what it says may depend on how it is normalized, on vowel points or figures. */
int
is_special(PyObject *verifier, const Text *text, int original)
{
    Verifier *self = (Verifier *)verifier;
    int unstable = 0;
    for (Py_ssize_t i = 0; i < text->length; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        if (code < 0x80)
            continue;
        const Fact *fact = fact_of(self, code);
        if (fact == NULL)
            return -1;
        unstable |= fact->flags & UNSTABLE;
        if (original ? (fact->flags & FIGURE) != 0
                     : (code >= 0x591 && code <= 0x5C7) || (code >= 0x64B && code <= 0x652))
            return 1;
        if (!original && (code == 0xAA || code == 0xBA) && i) {
            Py_UCS4 before = PyUnicode_READ(text->kind, text->data, i - 1);
            if (before == '.' || (before >= '0' && before <= '9'))
                return 1;
        }
    }
    int normal = unstable ? is_normal(self, text) : 1;
    return normal < 0 ? -1 : !normal;
}

/* Whether a character may be a part of a word for evidence._LETTERS, at least. */
static inline int
is_wordy(const Verifier *self, Py_UCS4 code)
{
    if (code < 0x80)
        return (code | 0x20) - 'a' < 26;
    return (known_of(self, code)->flags & WORDY) != 0;
}

/* Whether a letter stands in a word of more than two. */
static int
is_longer(const Verifier *self, const Text *text, const Token *token, Py_ssize_t at)
{
    Py_ssize_t first = at, last = at;
    while (first > token->start && is_wordy(self, PyUnicode_READ(text->kind, text->data, first - 1)))
        first--;
    while (last + 1 < token->end && is_wordy(self, PyUnicode_READ(text->kind, text->data, last + 1)))
        last++;
    return last - first > 1;
}

/* Whether a token holds a letter or a figure. */
static int
has_words(const Verifier *self, const Text *text, const Token *token)
{
    for (Py_ssize_t i = token->start; i < token->end; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        if ((code >= '0' && code <= '9') || is_wordy(self, code))
            return 1;
    }
    return 0;
}

/* Whether a token that came out bears witness (evidence._strong): -1 if Python must tell. */
static int
is_strong(const Verifier *self, const Text *text, const Token *before, const Text *candidate, const Token *after)
{
    Py_ssize_t old = before->end - before->start, new = after->end - after->start;
    if (old > MOST_COMPARED / (new ? new : 1))
        return -1;
    int fresh = 0, usual = 0, doubt = 0;
    for (Py_ssize_t i = after->start; i < after->end; i++) {
        Py_UCS4 code = PyUnicode_READ(candidate->kind, candidate->data, i);
        Py_ssize_t k = before->start;
        if (code < 0x80)
            continue;
        while (k < before->end && PyUnicode_READ(text->kind, text->data, k) != code)
            k++;
        if (k < before->end)
            continue;
        int flags = known_of(self, code)->flags;
        fresh = 1;
        if (flags & UNHEARD)
            return 0;
        usual |= flags & USUAL;
        doubt |= code >= 0x800 && !(flags & USUAL);
        if (!(flags & LETTER))
            continue;
        int lone = 1;
        for (int side = 0; side < 2; side++) { /* is it a letter of a longer word? */
            Py_ssize_t next = side ? i + 1 : i - 1;
            if (next < after->start || next >= after->end)
                continue;
            Py_UCS4 sign = PyUnicode_READ(candidate->kind, candidate->data, next);
            if (!is_wordy(self, sign))
                continue;
            lone = 0;
            if ((sign < 0x590) == (code < 0x590) && (sign < 0x80 || known_of(self, sign)->flags & LETTER) &&
                (code >= 0x250 || is_longer(self, candidate, after, i)))
                usual = 1;
            else
                doubt = 1;
        }
        usual |= lone && flags & ALONE;
    }
    if (fresh && usual && !has_words(self, text, before) && !has_words(self, candidate, after))
        return -1;
    return !fresh || usual ? 1 : doubt ? -1 : 0;
}

/* What is left of a token without the signs that stand around words (evidence._AROUND). */
static Token
core_of(const Text *text, const Token *token)
{
    static const Py_UCS4 around[] = {'.', ',', ';', ':', '!', '?', '"', '\'', '(', ')', 0x201C, 0x201D, 0xAB, 0xBB, 0x2019};
    Token core = *token;
    for (int side = 0; side < 2; side++)
        while (core.start < core.end) {
            Py_UCS4 code = PyUnicode_READ(text->kind, text->data, side ? core.end - 1 : core.start);
            size_t k = 0;
            while (k < sizeof(around) / sizeof(around[0]) && around[k] != code)
                k++;
            if (k == sizeof(around) / sizeof(around[0]))
                break;
            if (side)
                core.end--;
            else
                core.start++;
        }
    return core;
}

/* Whether what came out may be a word of two Latin letters, not of ASCII (evidence._is_foreign asks of them alone). */
static int
is_two_letters(const Text *text, const Token *token)
{
    Token core = core_of(text, token);
    int beyond = 0;
    for (Py_ssize_t i = core.start; i < core.end; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        if (code >= 0x250 || !Py_UNICODE_ISALPHA(code))
            return 0;
        beyond |= code >= 0x80;
    }
    return beyond && core.end - core.start == 2;
}

/* The bits of changes of which not all bear witness (evidence._weighed): 1, or 0 where Python must tell, -1 for an
 * exception.
 * weak: room for as many tokens as changed, twice. */
static int
weigh_weak(Verifier *self, const Text *text, const Text *candidate, const Token *beside, Py_ssize_t same,
           const Token *before, const Token *after, Py_ssize_t changed, Token *room, double valid, double *bits)
{
    Py_ssize_t strong = 0;
    int brief = 0;
    for (Py_ssize_t c = 0; c < changed; c++) {
        int witness = is_strong(self, text, &before[c], candidate, &after[c]);
        if (witness < 0 || (witness && is_two_letters(candidate, &after[c])))
            return 0;
        if (witness) {
            room[strong] = before[c];
            room[changed + strong++] = after[c];
        }
        else { /* a short word or none: evidence._short_words asks of them alone */
            Token core = core_of(candidate, &after[c]);
            brief |= core.end - core.start <= 2;
        }
    }
    if (strong == changed) {
        *bits += valid;
        return 1;
    }
    int64_t gain = 0;
    if (tokens_gain(self->model, text, beside, same, candidate, room, room + changed, strong, &gain) < 0)
        return -1;
    double spoken = (double)gain / self->units;
    if (spoken < self->spoken) {
        if (*bits > spoken + self->weak && brief)
            return 0; /* how many short words came out? */
        *bits = *bits < spoken + self->weak ? *bits : spoken + self->weak;
        *bits += strong ? valid : 0.0;
    }
    else
        *bits += valid;
    return 1;
}

/* Weigh an original by the model (evidence.bits): 1 if it was done, 0 if Python must, -1 for an exception. */
static int
weigh(Verifier *self, const Text *text, Original *one)
{
    const Text candidate = {PyUnicode_4BYTE_KIND, one->undone.made, one->undone.count};
    int special = is_special((PyObject *)self, text, 0);
    if (special == 0)
        special = is_special((PyObject *)self, &candidate, 1);
    if (special)
        return special < 0 ? -1 : 0;
    if (know_signs(self->model, text) < 0 || know_signs(self->model, &candidate) < 0)
        return -1;
    Py_ssize_t most = 1, others = 1;
    for (Py_ssize_t i = 0; i < text->length; i++)
        most += PyUnicode_READ(text->kind, text->data, i) == ' ';
    for (Py_ssize_t i = 0; i < candidate.length; i++)
        others += one->undone.made[i] == ' ';
    if (most != others)
        return 0;
    Token *tokens = PyMem_Malloc(5 * most * sizeof(Token));
    if (tokens == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    Token *beside = tokens, *before = tokens + most, *after = before + most;
    Py_ssize_t same = 0, changed = 0, from = 0, into = 0;
    int answer = 1;
    for (Py_ssize_t t = 0; answer > 0 && t < most; t++) {
        Token was = {from, from}, is = {into, into};
        while (was.end < text->length && PyUnicode_READ(text->kind, text->data, was.end) != ' ')
            was.end++;
        while (is.end < candidate.length && one->undone.made[is.end] != ' ')
            is.end++;
        from = was.end + 1;
        into = is.end + 1;
        Py_ssize_t length = is.end - is.start, k = 0;
        if (length == was.end - was.start)
            while (k < length && PyUnicode_READ(text->kind, text->data, was.start + k) == one->undone.made[is.start + k])
                k++;
        if (k == length && length == was.end - was.start) {
            beside[same++] = was;
            continue;
        }
        int known = 0; /* each distinct change counts once */
        for (Py_ssize_t c = 0; !known && c < changed; c++) {
            if (before[c].end - before[c].start != was.end - was.start || after[c].end - after[c].start != length)
                continue;
            known = 1;
            for (Py_ssize_t k = 0; known && k < was.end - was.start; k++)
                known = PyUnicode_READ(text->kind, text->data, before[c].start + k) ==
                        PyUnicode_READ(text->kind, text->data, was.start + k);
            for (Py_ssize_t k = 0; known && k < length; k++)
                known = one->undone.made[after[c].start + k] == one->undone.made[is.start + k];
        }
        if (known)
            continue;
        before[changed] = was;
        after[changed++] = is;
        answer = changed <= self->glance * 64; /* so many are compared with one another: Python does it faster */
    }
    int64_t gain = 0;
    double bits = 0.0;
    int hopeless = 0;
    if (answer > 0 && changed > self->glance) {
        if (tokens_gain(self->model, text, beside, 0, &candidate, before, after, self->glance, &gain) < 0)
            answer = -1;
        bits = (double)gain / self->units;
        hopeless = bits < self->hopeless;
    }
    if (answer > 0 && !hopeless) {
        int told = tokens_gain(self->model, text, beside, same, &candidate, before, after, changed, &gain);
        bits = (double)gain / self->units;
        if (told < 0)
            answer = -1;
        else if (bits > 0)
            answer = changed == 1 && !told ? 0
                                           : weigh_weak(self, text, &candidate, beside, same, before, after, changed,
                                                        after + most, one->valid, &bits);
    }
    PyMem_Free(tokens);
    if (answer > 0)
        one->worth = bits;
    return answer;
}

/* Whether a text has a sign that no repair may bring in and another lacks (hops.brings_bad): -1 is an exception. */
int
holds_bad(PyObject *verifier, const Text *text, const Text *candidate)
{
    for (Py_ssize_t i = 0; i < candidate->length; i++) {
        Py_UCS4 code = PyUnicode_READ(candidate->kind, candidate->data, i);
        if (code >= 0x20 && code < 0x7F)
            continue;
        const Fact *fact = fact_of((Verifier *)verifier, code);
        if (fact == NULL)
            return -1;
        Py_ssize_t k = 0;
        while (fact->flags & BAD && k < text->length && PyUnicode_READ(text->kind, text->data, k) != code)
            k++;
        if (fact->flags & BAD && k == text->length)
            return 1;
    }
    return 0;
}

#define EASTERN 6       /* East Asian letters beside which Latin ones may stand, ... */
#define LATIN_FOR_ONE 3 /* ... if they are no more for each of them */

/* Whether an original may itself be garbled, or words in no language, by its signs (verifying.doubtful), or brings in
 * what no repair may: 2 where Python must tell, -1 is an exception. */
int
looks_garbled(PyObject *verifier, const Text *text, const Text *candidate)
{
    Verifier *self = (Verifier *)verifier;
    int before = 0, mixed = 0, bad = holds_bad(verifier, text, candidate);
    Py_ssize_t east = 0, latin = 0;
    if (bad)
        return bad;
    for (Py_ssize_t i = 0; i < candidate->length; i++) {
        Py_UCS4 code = PyUnicode_READ(candidate->kind, candidate->data, i);
        if (code < 0x80) {
            int letter = (code | 0x20) - 'a' < 26;
            if (letter && before > 1 && before < 5)
                return 1; /* letters of two alphabets side by side */
            mixed |= letter && before == 5;
            latin += letter;
            before = letter;
            continue;
        }
        int now = code >= 0xC0 && code < 0x250         ? 1
                  : code >= 0x370 && code < 0x400      ? 2
                  : code >= 0x400 && code < 0x530      ? 3
                  : code >= 0x530 && code < 0x800      ? 4
                  : known_of(self, code)->flags & EAST ? 5
                                                       : 0;
        if (now && before && now != before && now < 5 && before < 5)
            return 1;
        mixed |= (now == 5 && before == 1) || (now == 1 && before == 5);
        latin += now == 1;
        east += now == 5;
        before = now;
    }
    if (mixed && (east < EASTERN || LATIN_FOR_ONE * east < latin))
        return 1;
    uint64_t mask;
    if (mask_of(self, candidate, &mask) < 0)
        return -1;
    int ask = 0;
    for (int r = 0; mask && r < self->several; r++) {
        if (!(mask >> self->order[r] & 1))
            continue;
        if (!(self->single >> self->order[r] & 1)) {
            ask = 2;
            continue;
        }
        Undone undone;
        int there = undo_as(self, self->order[r], candidate, &undone);
        forget(&undone);
        if (there)
            return there;
    }
    return ask;
}

/* The same for one that was undone: -1 is an exception. */
static int
is_doubtful(Verifier *self, const Text *text, const Original *one)
{
    const Text candidate = {PyUnicode_4BYTE_KIND, one->undone.made, one->undone.count};
    int ask = looks_garbled((PyObject *)self, text, &candidate);
    if (ask < 0 || ask == 1)
        return ask;
    PyObject *found = ask ? NULL : PyObject_CallOneArg(self->scan, one->text);
    if (found == NULL && !ask)
        return -1;
    int doubtful = found == NULL ? 1 : PyObject_IsTrue(found);
    Py_XDECREF(found);
    if (doubtful > 0) {
        PyObject *answer = PyObject_CallOneArg(self->doubt, one->text);
        doubtful = answer == NULL ? -1 : PyObject_IsTrue(answer);
        Py_XDECREF(answer);
    }
    return doubtful;
}

/* Fill in the readers of one byte a sign that show every sign of a text; return whether one of them shows UTF-8 so,
 * all of it: -1 is an exception. */
int
readers_showing(PyObject *verifier, const Text *text, uint64_t *shown)
{
    Verifier *self = (Verifier *)verifier;
    uint64_t mask;
    *shown = self->common & self->single;
    for (Py_ssize_t i = 0; *shown && i < text->length; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        const Fact *fact = is_kept(code) ? NULL : shown_of(self, code);
        if (fact == NULL && !is_kept(code))
            return -1;
        *shown &= fact == NULL ? *shown : fact->shows;
    }
    if (!*shown)
        return 0;
    if (mask_of(self, text, &mask) < 0)
        return -1;
    for (int r = 0; mask & self->single && r < self->several; r++) {
        if (!((mask & self->single) >> self->order[r] & 1))
            continue;
        Undone undone;
        int there = undo_as(self, self->order[r], text, &undone);
        forget(&undone);
        if (there)
            return there;
    }
    return 0;
}

#define FEW_SIGNS 5   /* different signs of a token that are no chance */
#define WORD_LETTERS 4 /* letters of a word that is none */

/* Whether a token of a legacy original surely bears witness (evidence._strong of it holds): words of other alphabets
 * came out of several different signs. What they are is known. */
int
bears_witness(PyObject *verifier, const Text *text, const Token *before, const Text *candidate, const Token *after)
{
    const Verifier *self = (const Verifier *)verifier;
    Py_UCS4 strange[FEW_SIGNS];
    int several = 0;
    for (Py_ssize_t i = before->start; several < FEW_SIGNS && i < before->end; i++) {
        Py_UCS4 code = PyUnicode_READ(text->kind, text->data, i);
        int known = code < 0x80;
        for (Py_ssize_t k = after->start; !known && k < after->end; k++)
            known = PyUnicode_READ(candidate->kind, candidate->data, k) == code;
        for (int k = 0; !known && k < several; k++)
            known = strange[k] == code;
        if (!known)
            strange[several++] = code;
    }
    if (several < FEW_SIGNS)
        return 0;
    Py_ssize_t letters = 0, row = 1;
    int word = 0, beyond = 0;
    Py_UCS4 last = 0;
    for (Py_ssize_t i = after->start; i <= after->end; i++) {
        Py_UCS4 code = i < after->end ? PyUnicode_READ(candidate->kind, candidate->data, i) : ' ';
        int fresh = code >= 0x80;
        for (Py_ssize_t k = before->start; fresh && k < before->end; k++)
            fresh = PyUnicode_READ(text->kind, text->data, k) != code;
        if (i < after->end && fresh && code < 0x530 && known_of(self, code)->flags & UNHEARD)
            return 0;
        if (fresh && i > after->start && Py_UNICODE_ISLOWER(last) && Py_UNICODE_ISUPPER(code))
            return 0; /* a capital within a word */
        beyond |= i < after->end && code >= 0x370;
        row += i > after->start && i < after->end && code == last + 1;
        if (fresh && Py_UNICODE_ISALPHA(code) && (letters || i == after->start || !(Py_UNICODE_ISALNUM(last) || last == '_')))
            letters++;
        else {
            word |= letters >= WORD_LETTERS && !Py_UNICODE_ISALNUM(code) && code != '_';
            letters = 0;
        }
        last = code;
    }
    return word && beyond && row < after->end - after->start;
}

/* Find the distinct originals of a text; return how many, -1 for an exception, -2 where Python must tell. */
static int
find_originals(Verifier *self, const Text *text, Original *found)
{
    uint64_t mask;
    int count = 0;
    if (mask_of(self, text, &mask) < 0)
        return -1;
    if (mask & ~self->single)
        return -2;
    for (int r = 0; mask && r < self->several; r++) {
        int number = self->order[r];
        if (!(mask >> number & 1))
            continue;
        if (count == MOST_ORIGINALS)
            return -2;
        Original *one = &found[count];
        int there = undo_as(self, number, text, &one->undone);
        if (there < 0)
            return -1;
        for (int k = 0; there && k < count; k++) /* the commonest reader comes first */
            there = found[k].undone.count != one->undone.count ||
                    memcmp(found[k].undone.made, one->undone.made, one->undone.count * sizeof(Py_UCS4)) != 0;
        if (!there) {
            forget(&one->undone);
            continue;
        }
        one->reader = number;
        one->text = NULL;
        count++;
    }
    return count;
}

static PyObject *
text_of(Original *one)
{
    if (one->text == NULL)
        one->text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, one->undone.made, one->undone.count);
    return one->text;
}

/* Fill in the evidence for each original: 0, -1 for an exception. */
static int
weigh_all(Verifier *self, PyObject *whole, const Text *text, Original *found, int count)
{
    double most = 0.0;
    for (int k = 0; k < count; k++) {
        if (weigh_sequences(self, text, &found[k]) < 0)
            return -1;
        most = found[k].worth > most ? found[k].worth : most;
    }
    for (int k = 0; k < count; k++) {
        Original *one = &found[k];
        if (most >= self->enough && self->prices[one->reader] <= self->seldom)
            continue;
        double sequences = one->worth;
        int weighed = weigh(self, text, one);
        if (weighed < 0)
            return -1;
        if (!weighed) {
            PyObject *candidate = text_of(one);
            PyObject *bits =
                candidate == NULL ? NULL : PyObject_CallFunction(self->weigh, "OOd", whole, candidate, one->valid);
            one->worth = bits == NULL ? -1.0 : PyFloat_AsDouble(bits);
            Py_XDECREF(bits);
            if (PyErr_Occurred())
                return -1;
        }
        if (most >= self->enough && one->worth > sequences)
            one->worth = sequences; /* as its rivals are counted */
    }
    return 0;
}

static PyObject *
Verifier_verified(Verifier *self, PyObject *whole)
{
    if (!PyUnicode_Check(whole)) {
        PyErr_SetString(PyExc_TypeError, "verified() takes a str");
        return NULL;
    }
    const Text text = {PyUnicode_KIND(whole), PyUnicode_DATA(whole), PyUnicode_GET_LENGTH(whole)};
    Original found[MOST_ORIGINALS];
    memset(found, 0, sizeof(found));
    PyObject *answer = NULL;
    int count = PyUnicode_IS_ASCII(whole) ? 0 : find_originals(self, &text, found), good = 0;
    if (count > 0) {
        if (weigh_all(self, whole, &text, found, count) < 0)
            goto end;
        for (int k = 1; k < count; k++) /* the best first; of equals the commoner */
            for (int at = k; at > 0; at--) {
                Original *one = &found[at], *better = &found[at - 1];
                if (one->worth - self->prices[one->reader] <= better->worth - self->prices[better->reader])
                    break;
                Original moved = *one;
                *one = *better;
                *better = moved;
            }
        double best = found[0].worth - self->prices[found[0].reader];
        good = best >= self->believed &&
               (count == 1 || best - (found[1].worth - self->prices[found[1].reader]) >= self->beyond);
        if (good) {
            int doubtful = text_of(&found[0]) == NULL ? -1 : is_doubtful(self, &text, &found[0]);
            if (doubtful < 0)
                goto end;
            good = !doubtful;
        }
    }
    if (count == -2) {
        Py_INCREF(Py_None);
        answer = Py_None;
    }
    else if (count >= 0)
        answer = PyList_New(good ? count : 0);
    for (int k = 0; good && answer != NULL && k < count; k++) {
        PyObject *candidate = text_of(&found[k]);
        PyObject *one = candidate == NULL ? NULL
                                          : Py_BuildValue("OOdd", candidate, PyTuple_GET_ITEM(self->names, found[k].reader),
                                                          found[k].worth, found[k].valid);
        if (one == NULL)
            Py_CLEAR(answer);
        else
            PyList_SET_ITEM(answer, k, one);
    }
end:
    for (int k = 0; k < MOST_ORIGINALS; k++) {
        forget(&found[k].undone);
        Py_XDECREF(found[k].text);
    }
    return answer;
}

static int
Verifier_init(Verifier *self, PyObject *args, PyObject *kwds)
{
    PyObject *names, *order, *single, *prices, *calls[7], *model;
    if (!may_set_up((PyObject *)self, kwds, self->describe))
        return -1;
    if (!PyArg_ParseTuple(args, "O!O!O!O!OOOOOOOO!(iidddddddddddddd)", &PyTuple_Type, &names, &PyTuple_Type, &order,
                          &PyTuple_Type, &single, &PyTuple_Type, &prices, &calls[0], &calls[1], &calls[2], &calls[3],
                          &calls[4], &calls[5], &calls[6], &KernelType, &model, &self->units, &self->glance, &self->hopeless,
                          &self->weak, &self->spoken, &self->enough,
                          &self->seldom, &self->believed, &self->beyond, &self->worth[0], &self->worth[1],
                          &self->worth[2], &self->valid[0], &self->valid[1], &self->valid[2], &self->most_valid))
        return -1;
    Py_ssize_t count = PyTuple_GET_SIZE(names);
    if (count > MOST_READERS || PyTuple_GET_SIZE(order) > count || PyTuple_GET_SIZE(single) != count ||
        PyTuple_GET_SIZE(prices) != count || self->units < 1 || self->glance < 1) {
        PyErr_SetString(PyExc_ValueError, "the tables of readers have the wrong size");
        return -1;
    }
    for (Py_ssize_t r = 0; r < count; r++) {
        self->single |= (uint64_t)(PyTuple_GET_ITEM(single, r) == Py_True) << r;
        self->prices[r] = PyFloat_AsDouble(PyTuple_GET_ITEM(prices, r));
    }
    self->several = (int)PyTuple_GET_SIZE(order);
    for (int r = 0; r < self->several; r++) {
        long number = PyLong_AsLong(PyTuple_GET_ITEM(order, r));
        if (number < 0 || number >= count) {
            PyErr_SetString(PyExc_ValueError, "no such reader");
            return -1;
        }
        self->order[r] = (int)number;
        self->common |= (uint64_t)1 << number;
    }
    if (PyErr_Occurred())
        return -1;
    PyObject **kept[] = {&self->shown, &self->describe, &self->reader, &self->scan, &self->weigh, &self->doubt,
                         &self->normal};
    for (int k = 0; k < 7; k++) {
        Py_INCREF(calls[k]);
        *kept[k] = calls[k];
    }
    Py_INCREF(names);
    self->names = names;
    Py_INCREF(model);
    self->model = model;
    return 0;
}

static void
Verifier_dealloc(Verifier *self)
{
    free_pages((void **)self->pages);
    for (int r = 0; r < MOST_READERS; r++)
        Py_XDECREF(self->readers[r]);
    PyObject *kept[] = {self->names, self->model, self->reader, self->scan, self->weigh, self->doubt, self->shown,
                        self->describe, self->normal};
    for (int k = 0; k < 9; k++)
        Py_XDECREF(kept[k]);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Verifier_methods[] = {
    {"verified", (PyCFunction)Verifier_verified, METH_O, "Return (original, reader, worth, valid), best first; None if Python must tell."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject VerifierType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "textmend._kernel.Verifier",
    .tp_doc = "The originals in UTF-8 that verify themselves.",
    .tp_basicsize = sizeof(Verifier),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Verifier_init,
    .tp_dealloc = (destructor)Verifier_dealloc,
    .tp_methods = Verifier_methods,
};
