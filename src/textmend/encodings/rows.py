"""The rows of the registry: one per encoding.

A row is: name, aliases, family, Python's codec, scripts, languages, width, reader's cost,
writer's cost.

The costs are policy, in bits (log2 of how much rarer than the commonest), set by hand from
what garbled texts in public repositories, issue trackers and web pages look like: Windows code
pages of the West are the usual wrong reader, Cyrillic and Simplified Chinese ones follow, then
DOS, Mac and the rest; what gets misread is mostly UTF-8. NEVER marks what no program reads or
writes by mistake.
"""

from __future__ import annotations

NEVER = 99.0

Row = tuple[str, tuple[str, ...], str, str, tuple[str, ...], tuple[str, ...], str, float, float]

_WEST = (
    "en", "fr", "de", "es", "pt", "it", "nl", "sv", "da", "nb", "nn", "fi", "is", "ca", "eu",
    "gl", "ga", "af", "sq", "id", "ms", "sw",
)  # fmt: skip
_CENTRE = ("pl", "cs", "sk", "hu", "sl", "hr", "bs", "sr-Latn", "ro", "sq", "de", "en")
_TURKISH = ("tr", "de", "fr", "es", "it", "pt", "nl", "en", "az", "ku")
_BALTIC = ("lt", "lv", "et", "en")
_CYRILLIC = ("ru", "uk", "bg", "be", "sr", "mk")
_CHINESE = ("zh-Hans", "zh", "en")
_TAIWAN = ("zh-Hant", "yue", "en")
_HAN = ("Hani", "Hira", "Kana", "Grek", "Cyrl")

ROWS: tuple[Row, ...] = (
    # --- Unicode ------------------------------------------------------------------------------
    ("utf-8", ("utf8", "u8", "cp65001", "unicode-1-1-utf-8"), "unicode", "utf-8",
     ("Zyyy",), ("mul",), "multi", 9.0, 0.0),
    ("utf-16-le", ("utf-16", "utf16", "utf-16le", "utf16le", "ucs-2", "unicode", "iso-10646-ucs-2"),
     "unicode", "utf-16-le", ("Zyyy",), ("mul",), "unit16", 8.0, 7.0),
    ("utf-16-be", ("utf-16be", "utf16be", "unicodefffe"), "unicode", "utf-16-be",
     ("Zyyy",), ("mul",), "unit16", 9.0, 8.0),
    ("utf-7", ("utf7", "unicode-1-1-utf-7", "cp65000"), "unicode", "utf-7",
     ("Zyyy",), ("mul",), "escape", NEVER, 9.0),
    ("cesu-8", ("cesu8", "mutf-8", "java-modified-utf-8", "utf8mb3"), "unicode", "utf-8",
     ("Zyyy",), ("mul",), "multi", NEVER, 8.0),
    # --- Windows ------------------------------------------------------------------------------
    ("cp1252", ("windows-1252", "ansi", "x-cp1252", "1252", "cp-1252"), "windows", "cp1252",
     ("Latn",), _WEST, "single", 0.0, 3.0),
    ("cp1251", ("windows-1251", "x-cp1251", "1251", "win1251", "cp-1251"), "windows", "cp1251",
     ("Cyrl",), _CYRILLIC, "single", 2.0, 3.5),
    ("cp1250", ("windows-1250", "x-cp1250", "1250", "cp-1250"), "windows", "cp1250",
     ("Latn",), _CENTRE, "single", 3.5, 5.0),
    ("cp1253", ("windows-1253", "x-cp1253", "1253", "cp-1253"), "windows", "cp1253",
     ("Grek",), ("el",), "single", 5.0, 5.5),
    ("cp1254", ("windows-1254", "x-cp1254", "1254", "cp-1254"), "windows", "cp1254",
     ("Latn",), _TURKISH, "single", 4.5, 5.5),
    ("cp1255", ("windows-1255", "x-cp1255", "1255", "cp-1255"), "windows", "cp1255",
     ("Hebr",), ("he", "yi"), "single", 5.5, 5.5),
    ("cp1256", ("windows-1256", "x-cp1256", "1256", "cp-1256"), "windows", "cp1256",
     ("Arab", "Latn"), ("ar", "fa", "ur", "fr"), "single", 5.0, 5.5),
    ("cp1257", ("windows-1257", "x-cp1257", "1257", "cp-1257"), "windows", "cp1257",
     ("Latn",), _BALTIC, "single", 6.0, 6.5),
    ("cp1258", ("windows-1258", "x-cp1258", "1258", "cp-1258"), "windows", "cp1258",
     ("Latn",), ("vi", "fr"), "single", 7.0, 7.0),
    ("cp874", ("windows-874", "tis-620", "iso-8859-11", "tis620", "dos-874", "cp-874"), "windows",
     "cp874", ("Thai",), ("th",), "single", 5.5, 5.5),
    # --- ISO 8859 -----------------------------------------------------------------------------
    ("iso-8859-1", ("latin-1", "latin1", "l1", "iso8859-1", "cp819", "iso-ir-100", "cp28591"),
     "iso-8859", "latin-1", ("Latn",), _WEST, "single", 1.0, 4.0),
    ("iso-8859-2", ("latin-2", "latin2", "l2", "iso8859-2", "iso-ir-101", "cp28592"), "iso-8859",
     "iso8859-2", ("Latn",), _CENTRE, "single", 5.0, 5.5),
    ("iso-8859-4", ("latin-4", "latin4", "l4", "iso8859-4", "iso-ir-110", "cp28594"), "iso-8859",
     "iso8859-4", ("Latn",), ("lt", "lv", "et", "se", "kl"), "single", 8.0, 8.0),
    ("iso-8859-5", ("cyrillic", "iso8859-5", "iso-ir-144", "cp28595"), "iso-8859", "iso8859-5",
     ("Cyrl",), _CYRILLIC, "single", 6.5, 6.5),
    ("iso-8859-6", ("arabic", "asmo-708", "ecma-114", "iso8859-6", "cp28596"), "iso-8859",
     "iso8859-6", ("Arab",), ("ar",), "single", 8.0, 7.5),
    ("iso-8859-7", ("greek", "greek8", "elot-928", "ecma-118", "iso8859-7", "cp28597"), "iso-8859",
     "iso8859-7", ("Grek",), ("el",), "single", 6.5, 6.5),
    ("iso-8859-8", ("hebrew", "iso8859-8", "iso-8859-8-i", "cp28598"), "iso-8859", "iso8859-8",
     ("Hebr",), ("he", "yi"), "single", 8.0, 7.5),
    ("iso-8859-9", ("latin-5", "latin5", "l5", "iso8859-9", "iso-ir-148", "cp28599"), "iso-8859",
     "iso8859-9", ("Latn",), _TURKISH, "single", 5.5, 6.0),
    ("iso-8859-13", ("latin-7", "latin7", "l7", "iso8859-13", "cp28603"), "iso-8859",
     "iso8859-13", ("Latn",), _BALTIC, "single", 8.0, 8.0),
    ("iso-8859-15", ("latin-9", "latin9", "l9", "iso8859-15", "cp28605"), "iso-8859",
     "iso8859-15", ("Latn",), _WEST, "single", 5.0, 6.0),
    # --- KOI8 ---------------------------------------------------------------------------------
    ("koi8-r", ("koi8", "koi", "cskoi8r", "cp20866"), "koi8", "koi8-r",
     ("Cyrl",), ("ru", "bg"), "single", 4.5, 4.5),
    ("koi8-u", ("koi8-ru", "cp21866"), "koi8", "koi8-u",
     ("Cyrl",), ("uk", "ru", "be"), "single", 6.5, 6.5),
    # --- DOS ----------------------------------------------------------------------------------
    ("cp437", ("ibm437", "437", "dos-437", "oem-us", "cp-437"), "dos", "cp437",
     ("Latn", "Grek"), _WEST, "single", 3.0, 6.0),
    ("cp737", ("ibm737", "737", "cp-737"), "dos", "cp737",
     ("Grek",), ("el",), "single", 7.0, 7.0),
    ("cp775", ("ibm775", "775", "cp-775"), "dos", "cp775",
     ("Latn",), _BALTIC, "single", 7.5, 7.5),
    ("cp850", ("ibm850", "850", "dos-850", "cp-850"), "dos", "cp850",
     ("Latn",), _WEST, "single", 3.0, 5.0),
    ("cp852", ("ibm852", "852", "cp-852"), "dos", "cp852",
     ("Latn",), _CENTRE, "single", 5.0, 5.5),
    ("cp855", ("ibm855", "855", "cp-855"), "dos", "cp855",
     ("Cyrl",), ("sr", "mk", "bg", "ru"), "single", 7.5, 7.5),
    ("cp857", ("ibm857", "857", "cp-857"), "dos", "cp857",
     ("Latn",), _TURKISH, "single", 6.5, 6.5),
    ("cp858", ("ibm858", "858", "ibm00858", "cp-858"), "dos", "cp858",
     ("Latn",), _WEST, "single", 6.0, 7.0),
    ("cp862", ("ibm862", "862", "cp-862"), "dos", "cp862",
     ("Hebr",), ("he", "yi"), "single", 7.0, 6.5),
    ("cp864", ("ibm864", "864", "cp-864"), "dos", "cp864",
     ("Arab",), ("ar",), "single", 8.5, 8.0),
    ("cp866", ("ibm866", "866", "dos-866", "alternative", "cp-866"), "dos", "cp866",
     ("Cyrl",), ("ru", "uk", "be", "bg"), "single", 4.0, 4.0),
    # --- Macintosh ----------------------------------------------------------------------------
    ("mac-roman", ("macroman", "macintosh", "mac", "x-mac-roman", "cp10000"), "mac", "mac-roman",
     ("Latn",), _WEST, "single", 3.5, 5.5),
    ("mac-cyrillic", ("maccyrillic", "x-mac-cyrillic", "x-mac-ukrainian", "cp10007"), "mac",
     "mac-cyrillic", ("Cyrl",), _CYRILLIC, "single", 6.5, 6.5),
    ("mac-greek", ("macgreek", "x-mac-greek", "cp10006"), "mac", "mac-greek",
     ("Grek", "Latn"), ("el",), "single", 8.0, 8.0),
    ("mac-latin2", ("mac-centeuro", "maccentraleurope", "mac-ce", "x-mac-ce", "cp10029"), "mac",
     "mac-latin2", ("Latn",), _CENTRE, "single", 7.0, 7.0),
    ("mac-turkish", ("macturkish", "x-mac-turkish", "cp10081"), "mac", "mac-turkish",
     ("Latn",), _TURKISH, "single", 8.0, 8.0),
    # --- Chinese ------------------------------------------------------------------------------
    ("gbk", ("cp936", "936", "ms936", "windows-936", "gb2312", "euc-cn", "x-gbk", "chinese"), "gb",
     "gbk", _HAN, _CHINESE, "multi", 2.0, 3.5),
    ("gb18030", ("gb18030-2000", "gb18030-2005", "cp54936"), "gb", "gb18030",
     _HAN, _CHINESE, "multi", 6.0, 7.0),
    ("hz", ("hz-gb-2312", "hz-gb", "hzgb", "cp52936"), "gb", "hz",
     ("Hani",), _CHINESE, "escape", NEVER, 11.0),
    ("big5", ("cp950", "950", "ms950", "windows-950", "big5-hkscs", "big5hkscs", "big5-tw",
              "x-x-big5", "cn-big5"), "big5", "cp950",
     _HAN, _TAIWAN, "multi", 4.0, 4.0),
    # --- Japanese -----------------------------------------------------------------------------
    ("cp932", ("shift-jis", "sjis", "shiftjis", "932", "ms932", "windows-31j", "ms-kanji",
               "mskanji", "csshiftjis", "x-sjis"), "japanese", "cp932",
     ("Jpan", "Hani", "Hira", "Kana", "Grek", "Cyrl"), ("ja", "en"), "multi", 3.0, 3.5),
    ("euc-jp", ("eucjp", "ujis", "eucjp-ms", "eucjp-win", "cp51932", "cp20932", "x-euc-jp"),
     "japanese", "euc_jp", ("Jpan", "Hani", "Hira", "Kana", "Grek", "Cyrl"), ("ja", "en"),
     "multi", 5.0, 4.5),
    ("iso-2022-jp", ("iso2022jp", "jis", "cp50220", "cp50221", "cp50222", "csiso2022jp"),
     "japanese", "iso2022_jp", ("Jpan", "Hani", "Hira", "Kana", "Grek", "Cyrl"), ("ja", "en"),
     "escape", NEVER, 7.0),
    # --- Korean -------------------------------------------------------------------------------
    ("cp949", ("949", "uhc", "ms949", "windows-949", "euc-kr", "euckr", "ksc5601", "ks-c-5601-1987",
               "ks-c-5601", "ksx1001", "korean"), "korean", "cp949",
     ("Kore", "Hang", "Hani", "Hira", "Kana", "Grek", "Cyrl"), ("ko", "en"), "multi", 3.5, 4.0),
    ("johab", ("cp1361", "ms1361", "1361"), "korean", "johab",
     ("Kore", "Hang", "Hani", "Hira", "Kana", "Grek", "Cyrl"), ("ko", "en"), "multi", 9.0, 9.0),
    # --- EBCDIC: for decoding only ------------------------------------------------------------
    ("cp037", ("ibm037", "ebcdic-cp-us", "037"), "ebcdic", "cp037",
     ("Latn",), _WEST, "single", NEVER, NEVER),
    ("cp273", ("ibm273", "ebcdic-cp-de", "273"), "ebcdic", "cp273",
     ("Latn",), ("de",), "single", NEVER, NEVER),
    ("cp500", ("ibm500", "ebcdic-cp-be", "500"), "ebcdic", "cp500",
     ("Latn",), _WEST, "single", NEVER, NEVER),
    ("cp875", ("ibm875", "875"), "ebcdic", "cp875",
     ("Grek",), ("el",), "single", NEVER, NEVER),
    ("cp1026", ("ibm1026", "1026"), "ebcdic", "cp1026",
     ("Latn",), ("tr",), "single", NEVER, NEVER),
    ("cp1140", ("ibm1140", "1140"), "ebcdic", "cp1140",
     ("Latn",), _WEST, "single", NEVER, NEVER),
)  # fmt: skip
