"""Every text of the pages exists in Chinese."""

from tools import messages


def test_every_text_is_translated():
    faces = sorted(path.parent.name for path in messages.FACES.glob("*/apps.py"))
    assert [fault for face in faces for fault in messages.faults(face)] == []


def test_no_text_is_translated_in_two_ways():
    assert messages.contradictions(sorted(path.parent.name for path in messages.FACES.glob("*/apps.py"))) == []


def test_two_faces_that_translate_a_text_in_two_ways_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "FACES", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    for face, chinese in {"desk": "回答", "forum": "答复"}.items():
        (tmp_path / face).mkdir()
        (tmp_path / face / "views.py").write_text('gettext("Answer")\n')
        messages.add(face)
        po = messages.catalogue(face)
        po[0].msgstr = chinese
        po.save()
    (told,) = messages.contradictions(["desk", "forum"])
    assert "'Answer'" in told and "desk and forum" in told


def test_a_text_without_chinese_is_found(tmp_path, monkeypatch):
    face = tmp_path / "shared"
    (face / "templates").mkdir(parents=True)
    (face / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "In a template" %}{% tag label=_("In a tag") %}'
    )
    (face / "views.py").write_text('gettext("In Python")\nngettext("%(n)s day", "%(n)s days", n)\n')
    monkeypatch.setattr(messages, "FACES", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    told = "\n".join(messages.faults("shared"))
    for text in ("In a template", "In a tag", "In Python", "%(n)s day"):
        assert repr(text) in told


def test_what_was_added_and_filled_in_is_found_no_more(tmp_path, monkeypatch):
    face = tmp_path / "shared"
    face.mkdir()
    (face / "views.py").write_text('gettext("Old and new")\n')
    monkeypatch.setattr(messages, "FACES", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    messages.add("shared")
    po = messages.catalogue("shared")
    po[0].msgstr = "新旧"
    po.save()
    assert messages.faults("shared") == []
    (face / "views.py").write_text("")
    assert "shown nowhere" in messages.faults("shared")[0]
