/* Scanner: whether a text holds a clue, and whether it is one at a second look.
 *
 * An optional copy of Clues.scan, live and lines (misreadings/clues.py), which are what counts; both give
 * the same answers, and tests/misreadings/test_clues.py compares them.
 */
#include "_kernel.h"

/* what a character is to the scanner, and what it answers */
enum { LOOKED = 1, FOREIGN = 2, LATIN = 4, RUN = 8, LOST = 16, WORDY = 32, ALIKE = 64, EAST = 128 };
enum { CLEAN = 0, CLUE = 1, HAS_OTHER = 2, HAS_SIGN = 4, HAS_LOST = 8, HAS_ODD = 16, DISMISSED = 32 };
#define OTHERS_FIRST -2 /* places were asked about before which others come */
/* Which signs there are, without which there is no transport: a bit for each. */
enum { FIRST_SIGN = 1 << 8, EVERY_SIGN = 0xFF << 8 };

#define CACHE 65536
#define WINDOWS 16384
#define WORDS 65536
#define NEAR_FIRST 0x370 /* letters from Greek to Arabic (also in triples.py) */
#define NEAR_END 0x700
#define MOST_REACH 8
#define ALONE 3 /* to so many words a window is widened, and so many times as far, around a sign or two (also in windows.py) */
#define LETTERS 6 /* of ASCII, without which it is not (also in windows.py) */
#define MOST_SIGNS (2 * ALONE * MOST_REACH + 1)
#define MOST_LOOKED 16
#define SOME 6 /* so many places of a line in which there is a clue are asked about before others are looked for */
#define FAR 4 /* times its reach: so far on each side a window's word is looked for */
#define NONE 0xFFFFFFFFu /* no character */

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
    Py_UCS4 signs[MOST_SIGNS];
} Window;

typedef struct {
    PyObject_HEAD
    PyObject *describe; /* (first code point) -> bytes of 256 Marks */
    PyObject *verdict;  /* (three characters, or two East Asian ones) -> 0 usual, 1 doubtful, 2 a clue */
    PyObject *odd;      /* (word) -> whether it is odd */
    void *pages[PAGES]; /* of Marks */
    Piece *cache;
    Window *windows;
    uint64_t *words; /* hashes of words, the last bit telling whether the word is odd */
    int shortest, near, sampled, longest_run, neighbours, longest, reach, few, looked, enough, longest_word, unbroken;
    uint16_t signs[128]; /* of ASCII, what is answered where one of them ... */
    uint8_t pairs[128][128]; /* ... stands before one of these: without such a pair there is no transport */
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
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, three, after == NONE ? 2 : 3);
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

/* Whether a capital beyond ASCII stands alone between small words (also in oddwords.py). */
static int
is_lone(int kind, const void *data, Py_ssize_t first, Py_ssize_t at, Py_ssize_t last)
{
    Py_UCS4 code = PyUnicode_READ(kind, data, at);
    return code >= 0xC0 && code <= 0xDE && code != 0xD7 && at > first + 1 && at + 2 < last &&
           PyUnicode_READ(kind, data, at - 1) == ' ' && PyUnicode_READ(kind, data, at + 1) == ' ' &&
           PyUnicode_READ(kind, data, at - 2) - 'a' < 26 && PyUnicode_READ(kind, data, at + 2) - 'a' < 26;
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

/* What tells of the signs around a clue and of a line in another alphabet whether it is one, and what is beyond doubt;
 * the text that they are asked about. */
typedef struct {
    PyObject *text, *promising, *outranked, *sure;
} Looks;

/* Where a line has signs out of place, and what was told of it by the first of them: nothing is asked of the others then. */
typedef struct {
    Py_ssize_t *at;
    Py_ssize_t count, room;
    const Looks *looks; /* what is asked when there are some; NULL if all are wanted */
    int live, sure;     /* whether something around them is promising, as is remembered; is_sure(), -1 if it was not asked */
} Places;

static int is_live(Scanner *self, PyObject *promising, PyObject *outranked, int kind, const void *data, Py_ssize_t first,
                   Py_ssize_t last, const Places *places);
static int is_sure(const Looks *looks, Py_ssize_t start, Py_ssize_t end);

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

static inline int
is_other(Scanner *self, Py_UCS4 code)
{
    const Mark *mark = code < 0x80 ? NULL : mark_of(self, code);
    return mark != NULL && mark->flags & RUN;
}

static inline int
is_latin(Py_UCS4 code)
{
    return code >= 0xC0 && code < 0x250 && code != 0xD7 && code != 0xF7;
}

static inline int
is_kana_or_han(Py_UCS4 code)
{
    return (code >= 0x3040 && code <= 0x30FF) || (code >= 0x3400 && code <= 0x9FFF);
}

static inline int
is_hangul(Py_UCS4 code)
{
    return code >= 0xAC00 && code <= 0xD7A3;
}

/* Whether letters of other alphabets stand where Latin ones belong, in a line that has both and is no trick
 * (_out_of_place in misreadings/clues.py). */
static inline int
out_of_place(Scanner *self, const int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    int lone = 0, word = 0, before = 0; /* a letter that stands alone, two side by side, whether one stood before */
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        if (code >= 0x80) {
            int other = is_other(self, code);
            word |= before && other;
            before = other;
            continue;
        }
        int letter = (code | 0x20) - 'a' < 26;
        if (letter && before)
            return 1;
        before = 0;
        if ((!letter && code != ',') || i + 1 >= end)
            continue;
        Py_UCS4 next = PyUnicode_READ(kind, data, i + 1);
        if (next == ' ' && i + 2 < end && is_other(self, PyUnicode_READ(kind, data, i + 2))) {
            Py_UCS4 then = i + 3 < end ? PyUnicode_READ(kind, data, i + 3) : ' ';
            lone |= then < 0x80 && strchr(" ,.;:", (int)then) != NULL && then;
        }
        if (!letter || next < 0x80)
            continue;
        if (is_other(self, next))
            return 1;
        for (Py_ssize_t k = i + 1; k <= i + 2 && k < end; k++) {
            Py_UCS4 sign = PyUnicode_READ(kind, data, k), then = k + 1 < end ? PyUnicode_READ(kind, data, k + 1) : 0;
            int ends = k + 1 == end;
            if (is_kana_or_han(next) && is_kana_or_han(sign)) {
                if (ends || (then < 0x80 && ((then | 0x20) - 'a' < 26 || (then && strchr(" ,.;:!?)-", (int)then)))))
                    return 1;
            }
            else if (is_hangul(next) && is_hangul(sign)) {
                if (!ends && then >= 'a' && then <= 'z')
                    return 1;
            }
            else
                break;
        }
    }
    return lone && !word;
}

/* Whether no two East Asian letters that stand side by side are a usual pair, and where the first of them stand. */
static int
first_unusual(Scanner *self, int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Py_ssize_t *place)
{
    int before = 0, pairs = 0;
    for (Py_ssize_t i = start; i < end && pairs < self->neighbours; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        const Mark *mark = code < 0x80 ? NULL : mark_of(self, code);
        if (mark == NULL && code >= 0x80)
            return -1;
        int east = mark != NULL && mark->flags & EAST;
        if (east && before) {
            int verdict = verdict_of(self, PyUnicode_READ(kind, data, i - 1), code, NONE);
            if (verdict <= 0)
                return verdict;
            if (!pairs++)
                *place = i - 1;
        }
        before = east;
    }
    return pairs > 0;
}

#define I_ACUTE 0xED /* an apostrophe of Windows' where it is read as MacRoman: a letter that is too common to be looked at */

/* Whether a sign stands for the apostrophe of an English contraction (CLEAR in misreadings/contractions.py). */
static int
contracted(int kind, const void *data, Py_ssize_t start, Py_ssize_t at, Py_ssize_t end)
{
    static const char with_not[] = " ain aren can couldn didn doesn don hadn hasn haven isn mightn mustn needn shan "
                                   "shouldn wasn weren won wouldn ",
                      with_verb[] = " he here how i it let she that there they this we what when where who why you ";
    char stem[12] = " ", rest[4] = "";
    Py_ssize_t first = at, after = at + 1;
    while (after < end && after - at < 4 && is_ascii_letter(kind, data, after)) {
        rest[after - at - 1] = (char)(PyUnicode_READ(kind, data, after) | 0x20);
        after++;
    }
    int negated = !strcmp(rest, "t");
    if (!negated && strcmp(rest, "s") && strcmp(rest, "d") && strcmp(rest, "m") && strcmp(rest, "re") &&
        strcmp(rest, "ve") && strcmp(rest, "ll"))
        return 0;
    while (first > start && is_ascii_letter(kind, data, first - 1))
        first--;
    if (at == first || at - first > 9 || (first > start && is_latin(PyUnicode_READ(kind, data, first - 1))))
        return 0;
    for (Py_ssize_t i = first; i < at; i++)
        stem[1 + i - first] = (char)(PyUnicode_READ(kind, data, i) | 0x20);
    strcat(stem, " ");
    return strstr(negated ? with_not : with_verb, stem) != NULL;
}

/* Scan the characters from start to end. With places, go on behind a clue, collect them all and tell the rest too, but
 * for odd words: behind a clue nobody asks for them.
 * words: whether odd words count. */
static inline int
scan_kind(Scanner *self, const int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Places *places, int words)
{
    Py_ssize_t latin = 0, foreign = 0, doubt = start - 1 - self->near;
    int answer = CLEAN, clue = 0, seen = 0;
    int alike = 1; /* whether a line holds but ASCII and what looks like it */
    Py_ssize_t line = start;
    int beside = 0; /* whether an ASCII letter stands before */
    int brief = end - start - 1 <= self->shortest; /* in a short text one doubtful sign is enough */
    uint64_t languages = ~(uint64_t)0;
    Py_ssize_t word_end = start;
    words &= brief;
    if (places != NULL) {
        places->count = places->live = 0;
        places->sure = -1;
    }
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        if (code < 0x80) {
            beside = (code | 0x20) - 'a' < 26;
            if (beside)
                latin++;
            else if (code == '\n') {
                if (foreign && latin && !alike && !(answer & HAS_OTHER) &&
                    (foreign * 3 < latin || out_of_place(self, kind, data, line, i)))
                    answer |= HAS_OTHER;
                latin = foreign = 0;
                alike = 1;
                line = i + 1;
            }
            else if (self->signs[code]) {
                Py_UCS4 next = i + 1 < end ? PyUnicode_READ(kind, data, i + 1) : 0;
                if (!code || (next < 0x80 && self->pairs[code][next]))
                    answer |= self->signs[code];
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
        seen |= mark->flags;
        alike &= (mark->flags & ALIKE) != 0;
        if (mark->flags & FOREIGN)
            foreign++;
        else if (mark->flags & LATIN)
            latin++;
        if (mark->flags & LOST)
            answer |= HAS_LOST;
        if ((mark->flags & LOOKED || code == I_ACUTE) && (places == NULL || !(places->live || places->sure > 0))) {
            Py_UCS4 before = i > start ? PyUnicode_READ(kind, data, i - 1) : ' ';
            Py_UCS4 after = i + 1 < end ? PyUnicode_READ(kind, data, i + 1) : ' ';
            int verdict = mark->flags & LOOKED ? verdict_of(self, before, code, after) : 0;
            if (verdict < 0)
                return -1;
            if (code == I_ACUTE && contracted(kind, data, start, i, end))
                verdict = 2;
            if (verdict) {
                if (verdict == 2 || brief || i - doubt <= self->near)
                    clue = 1;
                if (clue && places == NULL)
                    return CLUE;
                if (places != NULL && add_place(places, i) < 0)
                    return -1;
                doubt = i;
                if (clue && places->looks != NULL && places->count == SOME) {
                    places->live = is_live(self, NULL, NULL, kind, data, start, end, places);
                    places->sure = places->live ? -1 : is_sure(places->looks, start, end);
                    if (PyErr_Occurred())
                        return -1;
                }
            }
        }
        if (mark->flags & WORDY && words && i >= word_end && (places == NULL || !places->count) && !(answer & HAS_ODD) &&
            (beside || mark->flags & LATIN || (i + 1 < end && is_ascii_letter(kind, data, i + 1)) ||
             is_lone(kind, data, start, i, end))) {
            int odd = odd_word(self, kind, data, start, i, end, &word_end);
            if (odd < 0)
                return -1;
            if (odd)
                answer |= HAS_ODD;
        }
        beside = 0;
    }
    if (foreign && latin && !alike && !(answer & HAS_OTHER) &&
        (foreign * 3 < latin || out_of_place(self, kind, data, line, end)))
        answer |= HAS_OTHER;
    if (PyErr_Occurred())
        return -1;
    if (brief && !languages) {
        if (places == NULL)
            return CLUE;
        clue = 1;
        if (places->live)
            return OTHERS_FIRST;
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
    if (clue || !(seen & (RUN | EAST)))
        return clue ? CLUE | answer : answer;
    /* a run of common letters near the beginning: a script may be misread as itself */
    Py_ssize_t far = end - start < self->sampled ? end : start + self->sampled, run = 0;
    int alone = places != NULL && !places->count, sampled = 0;
    for (Py_ssize_t i = seen & RUN ? start : far; i < far; i++) {
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
    run = end - start <= self->sampled ? 0 : -1; /* of a few words every one is looked at */
    for (Py_ssize_t i = start; run >= 0 && seen & RUN && i < end; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        run = code >= NEAR_FIRST && code < NEAR_END ? run + 1 : 0;
        if (run < 3)
            continue;
        int verdict = verdict_of(self, PyUnicode_READ(kind, data, i - 2), PyUnicode_READ(kind, data, i - 1), code);
        if (verdict < 0)
            return -1;
        if (verdict && places == NULL)
            return CLUE;
        if (verdict && alone && add_place(places, i - 1) < 0)
            return -1;
        sampled |= verdict;
    }
    if (!sampled && seen & EAST) {
        /* East Asian letters near the beginning: they may be misread as others, which stand in no usual pair */
        Py_ssize_t place = -1;
        sampled = first_unusual(self, kind, data, start, far, &place);
        if (sampled < 0 || (sampled && places == NULL))
            return sampled < 0 ? -1 : CLUE;
        if (sampled && alone && add_place(places, place) < 0)
            return -1;
    }
    return sampled ? CLUE | answer : answer;
}

/* The same, once for each size of characters: the compiler makes three loops of it. */
static int
scan_part(Scanner *self, int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Places *places, int words)
{
    switch (kind) {
    case PyUnicode_1BYTE_KIND:
        return scan_kind(self, PyUnicode_1BYTE_KIND, data, start, end, places, words);
    case PyUnicode_2BYTE_KIND:
        return scan_kind(self, PyUnicode_2BYTE_KIND, data, start, end, places, words);
    default:
        return scan_kind(self, PyUnicode_4BYTE_KIND, data, start, end, places, words);
    }
}

static PyObject *
Scanner_scan(Scanner *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "scan() takes a str");
        return NULL;
    }
    int answer = scan_part(self, PyUnicode_KIND(text), PyUnicode_DATA(text), 0, PyUnicode_GET_LENGTH(text), NULL, 1);
    return answer < 0 ? NULL : PyLong_FromLong(answer);
}

/* Whether the signs around a place are promising, remembered from earlier windows; without a call only what is. */
static int
is_promising(Scanner *self, PyObject *promising, const Py_UCS4 *signs, int length)
{
    uint64_t hash = 14695981039346656037u;
    for (int i = 0; i < length; i++)
        hash = (hash ^ signs[i]) * 1099511628211u;
    Window *window = &self->windows[(hash ^ hash >> 32) % WINDOWS];
    if (window->length == length && !memcmp(window->signs, signs, length * sizeof(Py_UCS4)))
        return window->promising;
    if (promising == NULL)
        return 0;
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

#define WIDER 2 /* so often a window is widened to the words beside it (also in windows.py) */

/* Whether a word holds digits and no ASCII letters. */
static int
is_figure(int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    int digits = 0;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 sign = PyUnicode_READ(kind, data, i);
        if ((sign | 0x20) >= 'a' && (sign | 0x20) <= 'z')
            return 0;
        digits |= sign >= '0' && sign <= '9';
    }
    return digits;
}

/* Whether something around the places of a line is promising: -1 is an error. Without calls only what is remembered. */
static int
is_live(Scanner *self, PyObject *promising, PyObject *outranked, int kind, const void *data, Py_ssize_t first,
        Py_ssize_t last, const Places *places)
{
    Py_UCS4 seen[MOST_LOOKED][MOST_SIGNS];
    int lengths[MOST_LOOKED], looked = 0;
    for (Py_ssize_t p = 0; p < places->count && looked < self->looked; p++) {
        Py_ssize_t place = places->at[p], start = place, end = place;
        Py_ssize_t least = place - FAR * self->reach, most = place + FAR * self->reach; /* however long the word is */
        least = least < first ? first : least;
        most = most > last ? last : most;
        while (start > least && PyUnicode_READ(kind, data, start - 1) != ' ')
            start--;
        while (end < most && PyUnicode_READ(kind, data, end) != ' ')
            end++;
        Py_ssize_t word_start = start, word_end = end;
        for (int alone = end - start <= self->few; alone >= 0; alone--) {
            Py_ssize_t reach = alone ? ALONE * self->reach : self->reach;
            start = word_start;
            end = word_end;
            for (int wider = 0; wider < (alone ? ALONE : WIDER) &&
                                (alone || end - start <= self->few || is_figure(kind, data, start, end));
                 wider++) {
                /* with the words beside it */
                if (start > least)
                    start--;
                while (start > least && PyUnicode_READ(kind, data, start - 1) != ' ')
                    start--;
                if (end < most)
                    end++;
                while (end < most && PyUnicode_READ(kind, data, end) != ' ')
                    end++;
            }
            start = start < place - reach ? place - reach : start;
            end = end > place + reach + 1 ? place + reach + 1 : end;
            int letters = 0;
            for (Py_ssize_t i = start; alone && i < end; i++)
                letters += is_ascii_letter(kind, data, i);
            if (letters >= LETTERS)
                break;
        }
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
    for (Py_ssize_t i = first; outranked != NULL && i < last && letters < self->enough; i++) {
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

/* Whether a short part of a text has an odd word: -1 is an error. */
static int
has_odd_word(Scanner *self, int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t word_end = start;
    if (end - start - 1 > self->shortest)
        return 0;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        const Mark *mark = code < 0x80 ? NULL : mark_of(self, code);
        if (mark == NULL && code >= 0x80)
            return -1;
        if (mark == NULL || i < word_end || !(mark->flags & WORDY) ||
            !(mark->flags & LATIN || (i > start && is_ascii_letter(kind, data, i - 1)) ||
              (i + 1 < end && is_ascii_letter(kind, data, i + 1)) || is_lone(kind, data, start, i, end)))
            continue;
        int odd = odd_word(self, kind, data, start, i, end, &word_end);
        if (odd)
            return odd;
    }
    return 0;
}

/* Whether a line is undone beyond doubt: -1 is an error. */
static int
is_sure(const Looks *looks, Py_ssize_t start, Py_ssize_t end)
{
    PyObject *line = PyUnicode_Substring(looks->text, start, end);
    PyObject *answer = line == NULL ? NULL : PyObject_CallOneArg(looks->sure, line);
    Py_XDECREF(line);
    int truth = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    return truth;
}

/* Whether a run of letters of other alphabets is East Asian, and half of its pairs or more are usual (_is_usual in
 * misreadings/windows.py): -1 is an error. far: where it ends. */
static int
is_usual_run(Scanner *self, int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Py_ssize_t *far)
{
    Py_ssize_t pairs = 0, usual = 0, i = start;
    int east = 1;
    for (; i < end; i++) {
        Py_UCS4 code = PyUnicode_READ(kind, data, i);
        const Mark *mark = code < 0x80 ? NULL : mark_of(self, code);
        if (mark == NULL || !(mark->flags & FOREIGN))
            break;
        east &= (mark->flags & EAST) != 0;
        if (i == start || !east)
            continue;
        int verdict = verdict_of(self, PyUnicode_READ(kind, data, i - 1), code, NONE);
        if (verdict < 0)
            return -1;
        pairs++;
        usual += !verdict;
    }
    *far = i;
    return east && usual && usual * 2 >= pairs;
}

/* Whether an East Asian letter between others is kana, or no ASCII letter touches it (_APART in
 * misreadings/windows.py). */
static int
is_apart(int kind, const void *data, Py_ssize_t start, Py_ssize_t at, Py_ssize_t end)
{
    Py_UCS4 code = PyUnicode_READ(kind, data, at);
    if (!is_kana_or_han(code) || code < 0x3100)
        return is_kana_or_han(code);
    return !(at > start && is_ascii_letter(kind, data, at - 1)) && !(at + 1 < end && is_ascii_letter(kind, data, at + 1));
}

/* What a line holds: as scan() says, all of it, but if its clues are none at a second look, DISMISSED in their place;
 * and odd words only where there is no clue. */
static int
look_at(Scanner *self, const Looks *looks, int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Places *places,
        int words)
{
    places->looks = looks;
    int found = scan_part(self, kind, data, start, end, places, words);
    if (found == OTHERS_FIRST) {
        places->looks = NULL;
        found = scan_part(self, kind, data, start, end, places, words);
    }
    if (found < 0 || !(found & (CLUE | HAS_OTHER)))
        return found;
    if (places->live || places->sure > 0)
        return found & ~HAS_ODD;
    int usual = 0;
    for (Py_ssize_t i = start, far; found & HAS_OTHER && i < end && !usual; i = far + 1)
        if ((usual = is_usual_run(self, kind, data, i, end, &far)) < 0)
            return -1;
    for (Py_ssize_t i = start, far; found & HAS_OTHER && i < end; i = far + 1) { /* where letters of other alphabets begin */
        int passed = is_usual_run(self, kind, data, i, end, &far);
        if (far > i && !passed && !(usual && far == i + 1 && is_apart(kind, data, start, i, end)) && add_place(places, i) < 0)
            return -1;
    }
    int live = places->count ? is_live(self, NULL, NULL, kind, data, start, end, places) : !usual;
    if (live == 0)
        live = places->sure >= 0 ? places->sure : is_sure(looks, start, end);
    if (live == 0)
        live = is_live(self, looks->promising, looks->outranked, kind, data, start, end, places);
    if (live)
        return live < 0 ? -1 : found & ~HAS_ODD;
    if (words && !(found & HAS_ODD)) {
        int odd = has_odd_word(self, kind, data, start, end);
        if (odd < 0)
            return -1;
        found |= odd ? HAS_ODD : 0;
    }
    return (found & ~(CLUE | HAS_OTHER)) | DISMISSED;
}

static PyObject *
Scanner_live(Scanner *self, PyObject *args)
{
    PyObject *text, *enough; /* told of a line, whether it is enough with those before */
    Looks looks;
    if (!PyArg_ParseTuple(args, "U(OOO)O", &text, &looks.promising, &looks.outranked, &looks.sure, &enough))
        return NULL;
    looks.text = text;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    int kind = PyUnicode_KIND(text), rest = 0, brief = length - 1 <= self->shortest;
    const void *data = PyUnicode_DATA(text);
    int answer = scan_part(self, kind, data, 0, length, NULL, 1);
    if (answer < 0 || !(answer & (CLUE | HAS_OTHER)))
        return answer < 0 ? NULL : PyLong_FromLong(answer);
    Places places = {0};
    for (Py_ssize_t start = 0; start < length;) {
        Py_ssize_t end = line_end(kind, data, start, length), far;
        if (end == start) {
            start++;
            continue;
        }
        int cut = end - start > self->longest;
        for (; start < end; start = far) {
            far = cut ? piece_end(kind, data, start, end, self->longest, self->unbroken) : end;
            answer = look_at(self, &looks, kind, data, start, far, &places, brief);
            if (answer > 0 && answer & (CLUE | HAS_OTHER)) {
                PyObject *line = PyUnicode_Substring(text, start, far);
                PyObject *told = line == NULL ? NULL : PyObject_CallOneArg(enough, line);
                Py_XDECREF(line);
                int truth = told == NULL ? -1 : PyObject_IsTrue(told);
                Py_XDECREF(told);
                if (truth > 0) {
                    PyMem_Free(places.at);
                    return PyLong_FromLong(CLUE);
                }
                if (truth < 0)
                    answer = -1;
            }
            if (answer < 0) {
                PyMem_Free(places.at);
                return NULL;
            }
            rest |= answer;
        }
    }
    PyMem_Free(places.at);
    return PyLong_FromLong(rest & (HAS_SIGN | HAS_LOST | HAS_ODD | EVERY_SIGN));
}

static PyObject *
Scanner_lines(Scanner *self, PyObject *args)
{
    PyObject *text;
    Looks looks;
    Py_ssize_t start, stop;
    if (!PyArg_ParseTuple(args, "Unn(OOO)", &text, &start, &stop, &looks.promising, &looks.outranked, &looks.sure))
        return NULL;
    looks.text = text;
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    if (start < 0 || stop > PyUnicode_GET_LENGTH(text)) {
        PyErr_SetString(PyExc_ValueError, "lines() takes places in the text");
        return NULL;
    }
    Places places = {0};
    int rest = 0;
    PyObject *found = PyList_New(0), *dismissed = PyList_New(0);
    if (dismissed == NULL)
        Py_CLEAR(found);
    while (found != NULL && start < stop) {
        Py_ssize_t end = line_end(kind, data, start, stop), far;
        int cut = end - start > self->longest;
        for (; found != NULL && start < end; start = far) {
            far = cut ? piece_end(kind, data, start, end, self->longest, self->unbroken) : end;
            int answer = look_at(self, &looks, kind, data, start, far, &places, 1);
            rest |= answer >= 0 ? answer & (HAS_SIGN | HAS_LOST | EVERY_SIGN) : 0;
            if (answer >= 0 && !(answer & (CLUE | HAS_OTHER | HAS_SIGN | HAS_ODD))) {
                PyObject *place = answer & DISMISSED ? PyLong_FromSsize_t(start) : NULL;
                if (place != NULL && PyList_Append(dismissed, place) < 0)
                    Py_CLEAR(found);
                Py_XDECREF(place);
                if (PyErr_Occurred())
                    Py_CLEAR(found);
                continue;
            }
            PyObject *line = answer < 0 ? NULL : PyUnicode_Substring(text, start, far);
            PyObject *one = line == NULL ? NULL : Py_BuildValue("nNi", start, line, answer);
            if (one == NULL || PyList_Append(found, one) < 0)
                Py_CLEAR(found);
            Py_XDECREF(one);
        }
        start = end + 1;
    }
    PyMem_Free(places.at);
    if (found == NULL) {
        Py_XDECREF(dismissed);
        return NULL;
    }
    return Py_BuildValue("NNi", found, dismissed, rest);
}

static int
Scanner_init(Scanner *self, PyObject *args, PyObject *kwds)
{
    PyObject *describe, *verdict, *odd;
    if (!may_set_up((PyObject *)self, kwds, self->describe))
        return -1;
    const char *pairs;
    Py_ssize_t count;
    if (!PyArg_ParseTuple(args, "OOOy#iiiiiiiiiiii", &describe, &verdict, &odd, &pairs, &count, &self->shortest,
                          &self->near, &self->sampled, &self->longest_run, &self->neighbours, &self->longest,
                          &self->reach, &self->few, &self->looked, &self->enough, &self->longest_word,
                          &self->unbroken))
        return -1;
    if (self->reach < 0 || self->reach > MOST_REACH || self->looked < 1 || self->looked > MOST_LOOKED) {
        PyErr_SetString(PyExc_ValueError, "a window is too wide, or too many are looked at");
        return -1;
    }
    self->signs[0] = HAS_SIGN;
    int bit = FIRST_SIGN;
    for (Py_ssize_t i = 0; i + 1 < count; i += 2) {
        int sign = pairs[i] & 0x7F;
        if (!self->signs[sign]) {
            if (bit > EVERY_SIGN) {
                PyErr_SetString(PyExc_ValueError, "there are at most 8 signs");
                return -1;
            }
            self->signs[sign] = HAS_SIGN | bit;
            bit <<= 1;
        }
        self->pairs[sign][pairs[i + 1] & 0x7F] = 1;
    }
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
    {"live", (PyCFunction)Scanner_live, METH_VARARGS, "The same, but a clue counts only where lines are live and are enough."},
    {"lines", (PyCFunction)Scanner_lines, METH_VARARGS, "Return the lines that may have been misread and what they hold, where others were dismissed, and what else they hold."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject ScannerType = {
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
