"""The choices that narrow a search: which answers are taken, and in what order they are offered. No database."""

from groups.search.facets import SHOWN, facet_answers, read_choices, shown_facets

TERMS = {"topic": {f"topic-{number:02}": f"Topic {number:02}" for number in range(SHOWN + 3)}}


def test_question_with_one_answer_takes_the_first_and_the_others_take_all():
    choices, sentences = read_choices({"focus": ["doing", "talking"], "day": ["friday", "monday", "friday"]}, TERMS)

    assert (choices, sentences) == ((("focus", ("doing",)), ("day", ("friday", "monday"))), [])


def test_answer_that_there_is_not_is_left_out_with_a_sentence():
    choices, sentences = read_choices({"focus": ["dancing"], "day": ["monday", "someday"], "stage": [""]}, TERMS)

    assert choices == (("day", ("monday",)),)
    assert sentences == [
        "We could not read your answer to “Talking or doing?”, so we left it out.",
        "We could not read your answer to “Which day?”, so we left it out.",
    ]


def test_words_of_editors_stand_chosen_first_then_by_how_many_they_leave_then_by_name():
    counts = {"topic": {"topic-01": 2, "topic-02": 5, "topic-03": 5, "topic-04": 1}}

    facets = shown_facets({"topic": ("topic-09", "topic-04")}, counts, facet_answers(TERMS))
    [topics] = [row for row in facets if row.facet.name == "topic"]

    assert [(option.label, option.groups, option.is_chosen) for option in topics.options] == [
        ("Topic 04", 1, True),
        ("Topic 09", 0, True),
        ("Topic 02", 5, False),
        ("Topic 03", 5, False),
        ("Topic 01", 2, False),
    ]
    assert len(topics.none.split(", ")) == len(TERMS["topic"]) - 5


def test_more_answers_than_a_box_shows_stand_behind_more():
    counts = {"topic": dict.fromkeys(TERMS["topic"], 1)}

    [topics] = [row for row in shown_facets({}, counts, facet_answers(TERMS)) if row.facet.name == "topic"]

    assert [option.label for option in (*topics.options, *topics.more)] == list(TERMS["topic"].values())
    assert (len(topics.options), len(topics.more), topics.none) == (SHOWN, 3, "")


def test_answers_and_questions_that_leave_nothing_are_not_offered():
    facets = shown_facets({"day": ("friday",)}, {"time": {"evening": 2}}, facet_answers({}))

    offered = {row.facet.name: [(option.label, option.groups) for option in row.options] for row in facets}
    assert offered == {"day": [("Friday", 0)], "time": [("Evening, from 5pm", 2)]}
    assert [row.chosen for row in facets] == ["Friday", ""]
