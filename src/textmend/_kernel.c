/* The inner loops of textmend in C: the module, and the pages of facts about characters.
 *
 * Each type is an optional copy of something in Python, which is what counts; tests compare the two.
 */
#include "_kernel.h"

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
    Py_ssize_t end = start;
    while (end < stop && PyUnicode_READ(kind, data, end) != '\n' && PyUnicode_READ(kind, data, end) != '\r')
        end++;
    return end;
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

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "textmend._kernel",
    .m_doc = "Optional inner loops in C.",
    .m_size = -1,
};

PyMODINIT_FUNC
PyInit__kernel(void)
{
    PyTypeObject *types[] = {&KernelType, &ScannerType, &RankerType, &SieveType, &ReaderType, &VerifierType};
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
