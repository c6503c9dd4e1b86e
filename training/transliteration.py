"""Build the table of romanization, summarizers/data/romanization.json, from anyascii.

anyascii (ISC License, by Hunter WB) gives a Latin spelling for each letter; install it beside the project to run this.
Of Chinese only the characters that spell foreign names are kept, as Xinhua's tables use them; their readings are pinyin,
respelled so that its letters sound as elsewhere.

    python -m training.transliteration
"""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "romanization.json"

_RANGES = (
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x04FF),  # Cyrillic
    (0x05D0, 0x05EA),  # Hebrew
    (0x0620, 0x064A),  # Arabic
    (0x0671, 0x06D3),  # Arabic of other languages
    (0x0904, 0x0963),  # Devanagari
    (0x30A1, 0x30FA),  # katakana
)

_CORRECTIONS = {
    # A vav or waw within a word is a vowel most of the time; two of them are the consonant.
    "ו": "", "וו": "v", "ע": "", "א": "", "ע׳": "", "ב": "b", "כ": "k", "ח": "kh", "צ": "ts", "ץ": "ts",
    "ע'": "", "ג'": "j", "ג׳": "j", "צ'": "ch", "צ׳": "ch", "ז'": "zh", "ז׳": "zh",
    "و": "u", "ع": "", "ء": "", "ة": "", "ى": "a", "ي": "i", "ئ": "", "ؤ": "u",
    "дж": "j", "Дж": "J", "кс": "x", "ё": "e", "й": "i", "ь": "", "ъ": "", "є": "ie", "ы": "y",
    "ντ": "d", "μπ": "b", "γκ": "g", "τζ": "j", "Ντ": "D", "Μπ": "B", "Γκ": "G", "Τζ": "J", "ου": "u", "χ": "kh", "Χ": "Kh",
    "γγ": "ng", "αυ": "av", "ευ": "ev",
    "č": "ch", "ć": "ch", "ś": "sh", "š": "sh", "ş": "sh", "ź": "zh", "ž": "zh", "ż": "zh", "ğ": "", "ं": "n",
    "ジ": "ji", "チ": "chi", "シ": "shi", "ティ": "ti", "ディ": "di", "トゥ": "tu", "ドゥ": "du", "ファ": "fa", "フィ": "fi",
    "フェ": "fe", "フォ": "fo", "ウィ": "wi", "ウェ": "we", "ウォ": "wo", "ヴァ": "va", "ヴィ": "vi", "ヴェ": "ve", "ヴォ": "vo",
    "ジャ": "ja", "ジュ": "ju", "ジョ": "jo", "シャ": "sha", "シュ": "shu", "ショ": "sho", "チャ": "cha", "チュ": "chu",
    "チョ": "cho", "シェ": "she", "チェ": "che", "ジェ": "je", "ツ": "tsu", "フ": "fu", "ッ": "", "ー": "",
}  # fmt: skip
"""Letters and groups of them that sound otherwise than letter by letter, by hand."""

_SPELLING_CHARACTERS = (
    "阿埃艾爱奥巴芭班邦保鲍贝本比彼毕别宾波伯博布策查茨丹达戴道德登邓迪蒂丁东杜敦顿多厄恩尔凡范方菲费芬丰夫弗福盖甘冈高戈格根古瓜圭"
    "哈海汉豪赫亨胡华怀惠霍基吉加贾简杰金卡凯坎康考柯科克肯孔库夸奎拉莱兰朗劳勒雷里理丽利莉连列林琳留龙隆卢鲁伦罗洛马玛迈麦曼芒毛梅门蒙米"
    "密明莫墨默姆穆纳娜奈南内尼年涅宁牛纽农努诺欧帕派潘庞培佩彭皮平珀普齐奇钱乔切琴丘让热日荣茹瑞若萨塞赛桑森沙莎山尚绍舍申圣施什石史"
    "舒斯苏孙索塔泰坦汤唐陶特滕提蒂田图托瓦万旺威韦维魏温文翁沃乌伍武西希锡夏香肖谢辛欣兴雄休许逊雅亚扬杨耶叶伊因英尤于约云泽扎詹张珍"
    "哲治朱兹祖佐菜贡赖娅翰逊普京泽连登拜默克尔马龙"
)
"""Characters that Chinese news spells foreign names with."""

_SOUNDS = (("zh", "j"), ("q", "ch"), ("x", "sh"), ("ng", "n"))
"""Letters of pinyin, and letters that sound alike in most of the other languages."""


def letters() -> dict[str, str]:
    """Return the Latin spelling of letters and groups of letters, in lower case."""
    spell = import_module("anyascii").anyascii
    table = {chr(code): spell(chr(code)) for start, end in _RANGES for code in range(start, end + 1)}
    for character in _SPELLING_CHARACTERS:
        spelling = spell(character).lower()
        for own, common in _SOUNDS:
            spelling = re.sub(f"^{own}" if own != "ng" else "ng$", common, spelling)
        table[character] = "ts" + spelling[1:] if re.match("c(?!h)", spelling) else spelling
    table |= _CORRECTIONS
    lowered = {key.lower(): re.sub("[^a-z]", "", value.lower()) for key, value in table.items()}
    return {key: value for key, value in sorted(lowered.items()) if not key.isascii()}


if __name__ == "__main__":
    source = "anyascii 0.3.3 by Hunter WB, ISC License; groups of letters by hand; made by training/transliteration.py"
    content = json.dumps({"source": source, "letters": letters()}, ensure_ascii=False, indent=0)
    TABLE.write_text(content + "\n", "utf-8")
