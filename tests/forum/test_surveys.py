"""A survey and the papers of a round on their pages."""

import io

from django.urls import reverse

from tests.cast import signed_in


def entered(rounds, round_, who):
    from zhengtong.agora.acts import admit_here

    browser = signed_in(who, headers={"Accept-Language": "en"})
    key = admit_here(round_=round_, by=who, now=rounds.now)
    browser.post(reverse("round-voice", args=[round_.case.number]), {"do": "enter", "key": key})
    return browser


def test_each_page_asks_one_question_until_the_last(rounds, cast):
    round_ = rounds.consultation()
    browser, page = entered(rounds, round_, cast.lin_yue), reverse("round-survey", args=[round_.case.number, "survey"])
    for question, answer, next_ in (
        ("concerned", ["never"], "On the whole, are you for this draft?"),
        ("opinion", ["partly"], "What is the main reason?"),
        ("why", ["unclear"], "That was the last question."),
    ):
        answered = browser.post(page, {"question": question, "answer": answer}, follow=True)
        assert next_ in answered.content.decode()
    refused = browser.post(page, {"question": "why", "answer": []})
    assert refused.status_code == 422 and "Choose one of the answers" in refused.content.decode()


def test_without_a_voice_one_is_sent_to_get_one(rounds, client):
    round_ = rounds.consultation()
    page = reverse("round-survey", args=[round_.case.number, "survey"])
    assert client.get(page).url == reverse("round-voice", args=[round_.case.number])
    assert client.get(reverse("round-survey", args=[round_.case.number, "comment"])).status_code == 404


def test_evidence_is_a_download_and_never_a_page_of_ours(rounds, cast, client):
    round_ = rounds.consultation()
    host = signed_in(rounds.host)
    paper = io.BytesIO(b"<script>alert(1)</script>")
    paper.name = "report.html"
    put = reverse("forum-evidence", args=["city-government", "participation", round_.case.number])
    assert host.post(put, {"title": "Effect", "kind": "simulation", "paper": paper}).status_code == 302
    round_page = client.get(reverse("round", args=[round_.case.number])).content.decode()
    assert "Effect" in round_page
    found = client.get(reverse("round-evidence", args=[round_.case.number, round_.case.evidence.get().pk]))
    assert found["Content-Type"] == "application/octet-stream" and "attachment" in found["Content-Disposition"]
    assert client.get(reverse("round-evidence", args=[round_.case.number, 999])).status_code == 404
    assert client.get(reverse("round-answers", args=[round_.case.number])).status_code == 200
