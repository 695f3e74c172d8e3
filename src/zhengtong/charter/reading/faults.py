"""What can be wrong with a file before one asks what it says."""

from zhengtong.charter.finding import kind

SAFE = (
    "章程由程序读取，格式必须明确、大小必须有限。",
    "A program reads the charter: its form has to be plain and its size bounded.",
)
FORMAT = (
    "章程的格式是有类型的数据，见 docs/reference/charter/。",
    "The format of a charter is typed data, see docs/reference/charter/.",
)

TOO_LARGE = kind(
    "file-too-large",
    message=("文件超过 {limit}。", "The file is larger than {limit}."),
    why=SAFE,
    mend=("拆成几个文件，或者移到章程之外。", "Split it, or keep it outside of the charter."),
)
TOO_MANY = kind(
    "too-many-files",
    message=("章程超过 {limit} 个文件。", "The charter has more than {limit} files."),
    why=SAFE,
    mend=("移走不属于章程的文件。", "Move what is no part of the charter elsewhere."),
)
NOT_A_FILE = kind(
    "not-a-file",
    message=("“{name}”是符号链接或者特殊文件。", "“{name}” is a link or a special file."),
    why=SAFE,
    mend=("放入普通文件。", "Put a plain file there."),
)
NO_CHARTER = kind(
    "no-charter",
    message=("这里没有章程文件夹。", "There is no charter folder here."),
    why=("章程是一个文件夹，其中有 charter.yaml。", "A charter is a folder that holds a charter.yaml."),
    mend=("检查路径。", "Check the path."),
)
NOT_UTF8 = kind(
    "not-utf-8",
    message=("文件不是 UTF-8 编码。", "The file is not UTF-8."),
    why=SAFE,
    mend=("用 UTF-8 编码保存。", "Save it as UTF-8."),
)
NOT_YAML = kind(
    "yaml-syntax",
    message=("YAML 读不懂：{detail}", "This is not YAML: {detail}"),
    why=FORMAT,
    mend=(
        "检查缩进、冒号和引号；含冒号的文字要加引号。",
        "Check indents, colons and quotes; a text that holds a colon needs quotes.",
    ),
)
NOT_JSON = kind(
    "json-syntax",
    message=("JSON 读不懂：{detail}", "This is not JSON: {detail}"),
    why=FORMAT,
    mend=("检查逗号、引号和括号。", "Check commas, quotes and brackets."),
)
NOT_XML = kind(
    "xml-syntax",
    message=("XML 读不懂：{detail}", "This is not well-formed XML: {detail}"),
    why=FORMAT,
    mend=("用 BPMN 或 DMN 编辑器重新保存。", "Save it anew with a BPMN or DMN editor."),
)
XML_ENTITIES = kind(
    "xml-entities",
    message=("XML 中有 DTD 或者实体声明。", "The XML has a DTD or declares entities."),
    why=(
        "实体能把小文件变成巨大的内容，也能读取别的文件。",
        "Entities can blow up a small file, and can read other files.",
    ),
    mend=("删除 <!DOCTYPE …>，直接写出文字。", "Delete <!DOCTYPE …> and write the text itself."),
)
DUPLICATE_KEY = kind(
    "duplicate-key",
    message=("键“{key}”重复，第 {first} 行已经有了。", "The key “{key}” is given twice; line {first} has it."),
    why=("两个值中哪一个有效无从得知。", "Nobody can tell which of the two holds."),
    mend=("删去其中一个。", "Delete one of them."),
)
BAD_KEY = kind(
    "bad-key",
    message=("键必须是文字、数字或者日期。", "A key has to be a word, a number or a date."),
    why=FORMAT,
    mend=("改成简单的键。", "Use a plain key."),
)
TOO_DEEP = kind(
    "too-deep",
    message=("嵌套超过 {limit} 层。", "This is nested more than {limit} deep."),
    why=SAFE,
    mend=("减少嵌套。", "Nest it less."),
)
TOO_MANY_VALUES = kind(
    "too-many-values",
    message=("文件展开后超过 {limit} 个值。", "Written out, the file has more than {limit} values."),
    why=(
        "引用层层展开，小文件会变得无限大。",
        "References to references make a small file boundlessly large.",
    ),
    mend=("少用 *引用，直接写出内容。", "Write the values out instead of *referring to them."),
)
BAD_ALIAS = kind(
    "bad-alias",
    message=("“*{name}”没有指向已经写完的内容。", "“*{name}” does not refer to something that is complete."),
    why=SAFE,
    mend=("直接写出内容。", "Write the value out."),
)
TAG = kind(
    "yaml-tag",
    message=("不允许标签“{tag}”。", "The tag “{tag}” is not allowed."),
    why=SAFE,
    mend=("删去标签。", "Delete the tag."),
)
NUMBER = kind(
    "bad-number",
    message=("“{number}”不是有限的数。", "“{number}” is not a bounded number."),
    why=SAFE,
    mend=("写成普通的数，例如 12.5。", "Write a plain number, such as 12.5."),
)
MISSING_FILE = kind(
    "missing-file",
    message=("缺少文件“{name}”。", "The file “{name}” is missing."),
    why=("{reason_zh}", "{reason_en}"),
    mend=("补上这个文件。", "Add the file."),
)
UNKNOWN_FILE = kind(
    "unknown-file",
    severity="warning",
    message=("程序不读取这个文件。", "The program does not read this file."),
    why=("文件名可能写错了。", "Its name may be misspelt."),
    mend=("改名、移走或者删除。", "Rename it, move it or delete it."),
)
WRONG_ID = kind(
    "wrong-id",
    message=("编号是“{id}”，而文件位置表明是“{expected}”。", "The id is “{id}”, the file says “{expected}”."),
    why=(
        "编号与文件名一致，才能找到所引用的内容。",
        "Ids and file names agree, so that what is referred to can be found.",
    ),
    mend=("使二者一致。", "Make them agree."),
)
DUPLICATE_ID = kind(
    "duplicate-id",
    message=("编号“{id}”已在 {where} 使用。", "The id “{id}” is used already, in {where}."),
    why=("一个编号只指一个事物。", "An id names one thing only."),
    mend=("改用别的编号。", "Choose another id."),
)
MISSING_KEY = kind(
    "missing-key",
    message=("缺少“{key}”。", "“{key}” is missing."),
    why=FORMAT,
    mend=("补上“{key}”。", "Add “{key}”."),
)
UNKNOWN_KEY = kind(
    "unknown-key",
    message=("这里没有“{key}”这个键。", "There is no key “{key}” here."),
    why=FORMAT,
    mend=("检查拼写，或者删去。", "Check its spelling, or delete it."),
)
WRONG_VALUE = kind(
    "wrong-value",
    message=("“{key}”的值不对：{detail_zh}", "The value of “{key}” is wrong: {detail_en}"),
    why=FORMAT,
    mend=("改成格式允许的值。", "Give a value that the format allows."),
)
MISSING_BASIS = kind(
    "missing-legal-basis",
    message=("{what}没有法律依据。", "{what} has no legal basis."),
    why=(
        "法无授权不可为：每项职权、步骤、规则和提问都要有法律依据（依法行政）。",
        "An office may do only what law allows it: each power, step, rule and question names its law.",
    ),
    mend=("写明“法律/条”，例如 licensing-law/32。", "Name `law/article`, such as licensing-law/32."),
)
