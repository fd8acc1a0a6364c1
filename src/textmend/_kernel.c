/* The inner loops of textmend in C: the module, and the pages of facts about characters.
 *
 * Each type is an optional copy of something in Python, which is what counts; tests compare the two.
 */
#include "_kernel.h"
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Whether an object may be set up: once, without keyword arguments. done: what it has when it was. */
int
may_set_up(PyObject *self, PyObject *kwds, const void *done)
{
    const char *name = strrchr(Py_TYPE(self)->tp_name, '.') + 1;
    if (kwds != NULL && PyDict_GET_SIZE(kwds))
        PyErr_Format(PyExc_TypeError, "%s() takes no keyword arguments", name);
    else if (done != NULL)
        PyErr_Format(PyExc_RuntimeError, "a %s is set up once", name);
    else
        return 1;
    return 0;
}

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

/* Return where the line ends that begins at a place. */
Py_ssize_t
line_end(int kind, const void *data, Py_ssize_t start, Py_ssize_t stop)
{
#define FIND(type)                                                                                                     \
    for (const type *text = data; start < stop && text[start] != '\n' && text[start] != '\r';)                          \
        start++;
    if (kind == PyUnicode_1BYTE_KIND)
        FIND(Py_UCS1)
    else if (kind == PyUnicode_2BYTE_KIND)
        FIND(Py_UCS2)
    else
        FIND(Py_UCS4)
#undef FIND
    return start;
}

/* line_ends(text): how many lines end in a text, and where the last one does, -1 where none does (positions). */
static PyObject *
line_ends(PyObject *Py_UNUSED(module), PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a text is needed");
        return NULL;
    }
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), last = length - 1, ends = 0, returns = 0;
#define COUNT(type)                                                                                                    \
    {                                                                                                                  \
        const type *signs = data;                                                                                      \
        for (Py_ssize_t i = 0; i < length; i++) {                                                                      \
            ends += signs[i] == '\n';                                                                                  \
            returns += signs[i] == '\r';                                                                               \
        }                                                                                                              \
        for (Py_ssize_t i = 0; returns && i < length - 1; i++)                                                         \
            ends -= signs[i] == '\r' && signs[i + 1] == '\n';                                                          \
        while (last >= 0 && signs[last] != '\n' && signs[last] != '\r')                                                \
            last--;                                                                                                    \
    }
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        COUNT(Py_UCS1)
        break;
    case PyUnicode_2BYTE_KIND:
        COUNT(Py_UCS2)
        break;
    default:
        COUNT(Py_UCS4)
    }
#undef COUNT
    return Py_BuildValue("nn", ends + returns, last);
}

/* Return where a piece of a very long line ends that begins at a place: where a space follows, unless it is far
 * (stretches.lines). */
Py_ssize_t
piece_end(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, int longest, int unbroken)
{
    Py_ssize_t most = end - start < longest ? end : start + longest;
    for (Py_ssize_t far = most; far > start; far--)
        if (far < end && PyUnicode_READ(kind, data, far) == ' ')
            return far;
    Py_ssize_t last = end - start < unbroken ? end : start + unbroken;
    for (Py_UCS4 sign; most < last; most++)
        if ((sign = PyUnicode_READ(kind, data, most)) == ' ' || sign >= 0x2e80) /* East Asian */
            break;
    return most;
}

/* give_back(): what was freed goes back to the system, where the C library keeps it (files.stream). */
static PyObject *
give_back(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"give_back", give_back, METH_NOARGS, "Give memory that was freed back to the system."},
    {"line_ends", line_ends, METH_O, "Return how many lines end in a text, and where the last one does, -1 for none."},
    {NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "textmend._kernel",
    .m_doc = "Optional inner loops in C.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC
PyInit__kernel(void)
{
    PyTypeObject *types[] = {&KernelType, &ScannerType, &RankerType, &SieveType, &ReaderType, &VerifierType,
                             &TellerType};
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
